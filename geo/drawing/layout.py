"""The page's division: band, header, map, text beside or below the map, footer."""

from typing import NamedTuple

from geo.drawing.canvas import Frame

MARGIN = 56.0
BAND_HEIGHT = 44.0
GAP = 34.0
COLUMN, USUAL_COLUMN = 440.0, 560.0  # the narrowest, and how wide it may grow beside a region of usual shape
LEAST_MAP = 0.42  # of the body's width, however tall the region
TICK_SPACE = 26.0  # below the map, for the degrees
PORTRAIT_TEXT_HEIGHT = 500.0
FURNITURE = 150.0  # beside the region, for scale bar and north arrow


class Page(NamedTuple):
    """The map's frame, and the columns for legend and list: one shared by both, or one each."""

    map: Frame
    columns: tuple[Frame, ...]


def divide(width: float, body: Frame, *, region_aspect: float | None) -> Page:
    """Divide the body of a page between map and text, by the shape of the region.

    On a landscape page the text stands beside the map in one column. A tall region would leave
    half of the widest map empty, so its map is narrower and the column broader. A portrait page
    has the map above and two columns below.

    Parameters
    ----------
    width
        Of the page, in design units.
    body
        The page without band, header and footer.
    region_aspect
        Width of the region divided by its height; None asks for the widest map.
    """
    if width < body.height:
        split = body.bottom + PORTRAIT_TEXT_HEIGHT
        middle = (body.left + body.right) / 2
        below = body._replace(top=split - GAP / 2)
        return Page(
            body._replace(bottom=split + TICK_SPACE),
            (below._replace(right=middle - GAP / 2), below._replace(left=middle + GAP / 2)),
        )
    widest = body.width - COLUMN - GAP
    map_width = widest
    if region_aspect is not None:
        wanted = body.height * region_aspect + FURNITURE
        usual = body.width - USUAL_COLUMN - GAP
        tall = wanted < 0.75 * usual
        map_width = min(max(wanted, LEAST_MAP * body.width if tall else usual), widest)
    frame = Frame(body.left, body.bottom + TICK_SPACE, body.left + map_width, body.top)
    return Page(frame, (body._replace(left=frame.right + GAP),))
