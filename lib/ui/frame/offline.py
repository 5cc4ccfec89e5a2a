"""Keep every map inside this machine: its scripts and styles come from static/, anything else is refused.

folium names its scripts and styles by addresses on the internet, and streamlit-folium loads them one
after another: the first that does not answer ends the loading, and the page shows an empty rectangle
without a word. So the files that our maps need lie under ``static/vendor`` and three things happen here.

1. The asset lists of folium's classes are pointed at those files (`apply`).
2. What streamlit-folium hands to the browser is read once more on its way out, and a map that would still
   fetch something from elsewhere raises `OfflineAssetError` instead of showing nothing.
3. The frame gets a content security policy, so that the browser itself refuses what no reading of text
   can foresee.

Drawn with: polygons and points (`folium.GeoJson`, `folium.CircleMarker`), `folium.raster_layers.ImageOverlay`
from bytes, `folium.FeatureGroup`, tooltips and popups. Refused: tile layers, `folium.Choropleth` and every
branca colour map (d3 from two hard-coded hosts), `folium.plugins`, `folium.Icon`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import folium
import streamlit_folium
from folium.elements import JSCSSMixin

# Seen from /component/streamlit_folium.st_folium/index.html, so it holds under any server.baseUrlPath.
STATIC: Final = "../../app/static/"
MAP_STYLE: Final = ("petadini_map", f"{STATIC}map.css")

# The version is part of the key: when folium moves to another Leaflet, its address is no longer known here
# and the map is refused, instead of running new calls against the old file.
_VENDORED: Final = {
    "/leaflet@1.9.3/dist/leaflet.js": f"{STATIC}vendor/leaflet/leaflet.js",
    "/leaflet@1.9.3/dist/leaflet.css": f"{STATIC}vendor/leaflet/leaflet.css",
    # folium builds the content of a popup with $(...); nothing else of ours needs it.
    "/jquery-3.7.1.min.js": f"{STATIC}vendor/jquery/jquery.min.js",
}

# Loaded by folium for every map, needed only by `folium.Icon` and by HTML written in Bootstrap's classes.
_DROPPED: Final = frozenset(
    {
        "bootstrap",
        "bootstrap_css",
        "glyphicons_css",
        "awesome_markers",
        "awesome_markers_css",
        "awesome_markers_font_css",
        "awesome_rotate_css",
    }
)
_NEEDS_DROPPED: Final = "L.AwesomeMarkers"

# An address is fine as text or in <a href>: nobody is sent there unasked. It is not fine where the browser
# fetches it: as a source, in a style sheet, as the first argument of a call (L.tileLayer, fetch, $.ajax)
# or as the picture of a custom icon. Addresses are rare in megabytes of geometry, so they are looked for
# first and what stands before each is judged then: one pattern for both takes a second a map.
_ADDRESS: Final = re.compile(r"(?:https?:)?//[\w.{-][^\s\"'`<>)\\]*", re.IGNORECASE)
_FETCHED_BY: Final = re.compile(
    r"""
    (?: \b(?:src|srcset|poster)\s*=\s*\\?["'`]?
      | <link\b[^>]*\bhref\s*=\s*\\?["'`]?
      | @import\s+\\?["'`]
      | \burl\(\s*\\?["'`]?
      | \w\(\s*\\?["'`]
      | (?:icon|retina|shadow|error\w*)_?url\\?["'`]?\s*:\s*\\?["'`]
    )\s*\Z
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BEFORE: Final = 200  # characters; longer than any of the beginnings above

# Inline scripts and eval are how streamlit-folium draws; what matters here is that nothing is fetched.
_POLICY: Final = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'\">"
)


class OfflineAssetError(RuntimeError):
    """A map asked for something that is not on this machine: `asset`, its address or its name."""

    def __init__(self, asset: str) -> None:
        super().__init__(
            f"the map needs {asset}, which is not under static/; "
            "draw with GeoJson, CircleMarker or ImageOverlay, or vendor the file and list it in this module"
        )
        self.asset = asset


def apply() -> None:
    """Make folium and streamlit-folium work without internet, for the whole process.

    Call it before a map is drawn; again is harmless. It changes two libraries in place, because neither
    offers another way: folium keeps its asset lists on its classes, and streamlit-folium collects them from
    there. Classes defined later are not rewritten, and are refused if they ask for anything from elsewhere.
    """
    for element in (JSCSSMixin, *_subclasses(JSCSSMixin)):
        for attribute in ("default_js", "default_css"):
            # Only what the class itself declares: an inherited list belongs to its owner.
            if attribute in vars(element):
                setattr(element, attribute, _local(vars(element)[attribute]))
    if MAP_STYLE not in folium.Map.default_css:
        folium.Map.default_css = [*folium.Map.default_css, MAP_STYLE]

    component = streamlit_folium._component_func  # noqa: SLF001 - the one place every map passes through
    if not isinstance(component, _Guard):
        streamlit_folium._component_func = _Guard(component)  # noqa: SLF001


@dataclass(frozen=True, slots=True)
class _Guard:
    """Call streamlit-folium's component only with a map that fetches nothing from elsewhere."""

    component: Callable[..., Any]

    def __call__(self, **arguments: Any) -> Any:
        for asset in (*arguments.get("js_links", ()), *arguments.get("css_links", ())):
            if not asset.startswith(STATIC):
                raise OfflineAssetError(asset)
        # Every text, not only script, header and html: changing layers travel as `feature_group`.
        for text in arguments.values():
            if isinstance(text, str):
                _refuse_fetching(text)
        arguments["header"] = _POLICY + (arguments.get("header") or "")
        return self.component(**arguments)


def _refuse_fetching(text: str) -> None:
    """Raise OfflineAssetError when `text`, a piece of HTML or JavaScript, would fetch something."""
    for address in _ADDRESS.finditer(text):
        if _FETCHED_BY.search(text, max(0, address.start() - _BEFORE), address.start()):
            raise OfflineAssetError(address.group())
    if _NEEDS_DROPPED in text:
        raise OfflineAssetError(_NEEDS_DROPPED)


def _local(assets: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Point (name, address) pairs at static/; leave out what we never need, keep what is unknown."""
    return [(name, _local_address(address)) for name, address in assets if name not in _DROPPED]


def _local_address(address: str) -> str:
    for tail, local in _VENDORED.items():
        if address.endswith(tail):
            return local
    return address


def _subclasses(of: type[Any]) -> Iterator[type[Any]]:
    subclass: type[Any]
    for subclass in of.__subclasses__():
        yield subclass
        yield from _subclasses(subclass)
