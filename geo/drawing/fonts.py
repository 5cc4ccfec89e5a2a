"""The five weights of the sheet's typeface: their files, and how wide a text is when set in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Literal

import matplotlib as mpl
import numpy as np
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.path import Path
from matplotlib.textpath import TextToPath

if TYPE_CHECKING:
    from numpy.typing import NDArray

Weight = Literal["regular", "medium", "semibold", "bold", "extrabold"]

FILES: dict[Weight, str] = {
    "regular": "Inter-Regular.ttf",
    "medium": "Inter-Medium.ttf",
    "semibold": "Inter-SemiBold.ttf",
    "bold": "Inter-Bold.ttf",
    "extrabold": "Inter-ExtraBold.ttf",
}
CAP_HEIGHT, ASCENT, DESCENT = 0.727, 0.76, 0.21  # of Inter, in parts of the size: capitals, "l", "p"
_SIZE = 100.0  # at which matplotlib's outlines are made


@dataclass(frozen=True, slots=True)
class Fonts:
    """The folder that holds the TTF files of every weight."""

    folder: FilePath

    def width(self, text: str, *, size: float, weight: Weight) -> float:
        """Measure how wide a text runs, in the unit of `size`."""
        return _width(str(self._file(text, weight)), text) * size / _SIZE

    def outline(self, text: str, *, weight: Weight) -> Path:
        """Return the outline of a text of size 1 whose baseline begins at the origin.

        Texts are drawn as shapes: matplotlib's text is fitted to whole pixels letter by letter,
        which widens it differently on every size of sheet.
        """
        vertices, codes = _outline(str(self._file(text, weight)), text)
        return Path(vertices / _SIZE, codes)

    def _file(self, text: str, weight: Weight) -> FilePath:
        """Take DejaVu Sans, which comes with matplotlib, for a text with a glyph that the typeface lacks."""
        own = self.folder / FILES[weight]
        if _glyphs(str(own)).issuperset(map(ord, text)):
            return own
        bold = weight in ("semibold", "bold", "extrabold")
        return FilePath(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")


def fonts(folder: FilePath) -> Fonts:
    """Find the typeface in a folder.

    Raises
    ------
    FileNotFoundError
        If a weight is missing: a sheet in another typeface would not have the measures it was set in.
    """
    missing = [name for name in FILES.values() if not (folder / name).is_file()]
    if missing:
        raise FileNotFoundError(f"{folder} lacks {', '.join(missing)}")
    return Fonts(folder)


@lru_cache(maxsize=32)
def _glyphs(file: str) -> frozenset[int]:
    """List the characters that a font file can set."""
    return frozenset(get_font(file).get_charmap())


@lru_cache(maxsize=4096)
def _outline(file: str, text: str) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """Set a text once, large and without hinting: the corners of its outline, and how they are joined."""
    vertices, codes = TextToPath().get_text_path(FontProperties(fname=file), text)
    return np.asarray(vertices, dtype=float).reshape(-1, 2), np.asarray(codes, dtype=np.uint8)


@lru_cache(maxsize=4096)
def _width(file: str, text: str) -> float:
    """Set a text as its outline is set, and measure it; far quicker, and asked for many more texts."""
    font = get_font(file)
    font.set_size(_SIZE, 72)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0]) / 64
