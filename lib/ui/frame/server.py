"""Serve app.py: `python -m lib.ui.frame.server`, with the options of `streamlit run`."""

from __future__ import annotations

import sys
from pathlib import Path

from streamlit.runtime.pages_manager import PagesManager
from streamlit.web.cli import main

APP = Path(__file__).parents[3] / "app.py"


def serve() -> None:
    """Run the app with the menu of app.py as the only way to a page, from the first session on.

    Beside a folder named pages, Streamlit takes every file in it for a page until some session has run
    st.navigation; so the first link to a page of ours would be met by "page not found" (streamlit#8860).
    """
    PagesManager.uses_pages_directory = False
    sys.argv = ["streamlit", "run", str(APP), *sys.argv[1:]]
    main()


if __name__ == "__main__":
    serve()
