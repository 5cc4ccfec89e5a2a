"""Pure statistics: arrays and frames in, arrays and frames out; no files, no SQL, no Streamlit."""
