"""The one way in: what is refused before Streamlit sees it, the entrance, and who looks at a page."""
