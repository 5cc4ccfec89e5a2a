"""What the tool does with places and rows: judge them, word them, draw them."""
