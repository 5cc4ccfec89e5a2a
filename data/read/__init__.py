"""A file of any kind in, numbered rows of text out; decides nothing about what a text means."""
