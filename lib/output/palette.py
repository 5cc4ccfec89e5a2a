"""The colours of the page, light and dark, from the file where Streamlit's own theme takes them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from lib.rules.toml import read_table

_CONFIG: Final = Path(__file__).parents[2] / ".streamlit" / "config.toml"

BAND: Final = "#8b1a1a"
ON_BAND: Final = "#ffffff"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one mode.

    None of them is red or orange: on a screen of this app these belong to the level of risk and to the band.
    `ink`, `muted` and `accent` are read on `paper` and on `surface`; `paper` is also read on `accent`.
    """

    ink: str
    muted: str
    accent: str
    line: str
    surface: str
    paper: str


@cache
def palette(mode: Literal["light", "dark"]) -> Palette:
    """Read the colours of one mode."""
    theme = read_table(_CONFIG).table("theme").table(mode).values
    return Palette(
        ink=theme["textColor"],
        muted=theme["grayTextColor"],
        accent=theme["primaryColor"],
        line=theme["borderColor"],
        surface=theme["secondaryBackgroundColor"],
        paper=theme["backgroundColor"],
    )
