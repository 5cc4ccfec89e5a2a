"""The command line: a parser and one file a subject; the same functions as the pages, no Streamlit."""
