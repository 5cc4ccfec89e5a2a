"""Pure statistics: arrays and frames in, arrays and frames out; no files, no SQL, no Streamlit."""

CLASS_COUNT = 5  # of the score; here, so that rules that name it load no numpy
