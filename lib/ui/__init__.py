"""The only Streamlit below pages/."""
