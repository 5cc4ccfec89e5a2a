from __future__ import annotations

import html
import json
import re
import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Any

import branca.colormap
import folium
import folium.plugins
import numpy as np
import pytest
import streamlit_folium
from folium.folium import _default_css, _default_js
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.output.palette import palette
from lib.ui.frame import offline

ROOT = Path(__file__).parents[3]
STATIC = ROOT / "static"
SQUARE = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "id": "1",
            "properties": {"nama": "Desa Satu", "nilai": 1, "sumber": "https://contoh.example/(1)"},
            "geometry": {"type": "Polygon", "coordinates": [[[101, -1], [102, -1], [102, 0], [101, -1]]]},
        }
    ],
}
PIXELS = np.zeros((2, 2, 4))
BOUNDS = [[-1.0, 101.0], [0.0, 102.0]]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What reaches the browser: the guard stays in place, only the wire behind it is cut."""
    offline.apply()
    arguments: dict[str, Any] = {}
    monkeypatch.setattr(streamlit_folium, "_component_func", offline._Guard(arguments.update))
    return arguments


def empty_map(**options: Any) -> folium.Map:
    return folium.Map(location=[-0.5, 101.5], **{"tiles": None} | options)


def full_map() -> folium.Map:
    drawn = empty_map()
    folium.GeoJson(
        SQUARE,
        style_function=lambda _: {"fillColor": "#f5aa59"},
        tooltip=folium.GeoJsonTooltip(["nama"]),
        popup=folium.GeoJsonPopup(["nama", "sumber"]),
    ).add_to(drawn)
    link = '<a href="https://contoh.example/berita">berita</a>'
    folium.CircleMarker([-0.5, 101.5], popup=folium.Popup(link), tooltip="TPS 1").add_to(drawn)
    folium.raster_layers.ImageOverlay(PIXELS, bounds=BOUNDS).add_to(drawn)
    return drawn


def local_file(link: str) -> Path:
    return STATIC / link.removeprefix(offline.STATIC)


# What is relied on in the two libraries


def test_every_asset_that_folium_gives_a_map_is_either_here_or_known_to_be_unneeded() -> None:
    undecided = [asset for asset in offline._local([*_default_js, *_default_css]) if "//" in asset[1]]
    assert undecided == []


def test_the_unneeded_assets_are_still_called_what_we_call_them() -> None:
    assert {name for name, _ in (*_default_js, *_default_css)} >= offline._DROPPED


def test_the_vendored_files_have_the_version_in_their_key() -> None:
    first_line = (STATIC / "vendor/leaflet/leaflet.js").read_text(encoding="utf-8")[:200]
    assert "Leaflet 1.9.3" in first_line
    assert "jQuery v3.7.1" in (STATIC / "vendor/jquery/jquery.min.js").read_text(encoding="utf-8")[:200]


def test_streamlit_folium_still_has_one_way_to_the_browser() -> None:
    source = Path(streamlit_folium.__file__).read_text(encoding="utf-8")
    assert source.count("_component_func(") == 1
    assert callable(streamlit_folium._component_func)


# What may pass


def test_a_map_of_ours_loads_local_files_only_and_they_exist(sent: dict[str, Any]) -> None:
    streamlit_folium.st_folium(full_map(), returned_objects=[])

    links = [*sent["js_links"], *sent["css_links"]]
    assert [local_file(link).name for link in links] == ["leaflet.js", "jquery.min.js", "leaflet.css", "map.css"]
    assert all(link.startswith(offline.STATIC) and local_file(link).is_file() for link in links)


def test_the_links_lead_from_the_frame_to_the_static_folder(sent: dict[str, Any]) -> None:
    streamlit_folium.st_folium(empty_map(), returned_objects=[])
    frame = "/component/streamlit_folium.st_folium/"
    assert frame.count("/") - 1 == sent["js_links"][0].count("../")


def test_changing_layers_pass(sent: dict[str, Any]) -> None:
    layer = folium.FeatureGroup(name="kejadian")
    folium.CircleMarker([-0.5, 101.5]).add_to(layer)
    streamlit_folium.st_folium(empty_map(), feature_group_to_add=layer, returned_objects=[])
    assert "circleMarker" in sent["feature_group"]


def test_the_browser_is_told_to_fetch_nothing_from_elsewhere(sent: dict[str, Any]) -> None:
    streamlit_folium.st_folium(empty_map(), returned_objects=[])
    assert sent["header"].startswith('<meta http-equiv="Content-Security-Policy" content="default-src \'self\'')
    assert "http:" not in offline._POLICY
    assert "https:" not in offline._POLICY


def test_what_the_style_sheets_name_lies_beside_them() -> None:
    for sheet in (STATIC / "map.css", STATIC / "app.css", STATIC / "vendor/leaflet/leaflet.css"):
        for name in re.findall(r"url\(\s*[\"']?([^)\"'#]+)", sheet.read_text(encoding="utf-8")):
            assert (sheet.parent / name).is_file(), f"{sheet.name} names {name}"


# What may not


def choropleth() -> folium.Map:
    drawn = empty_map()
    folium.Choropleth(SQUARE, data={"1": 1.0}, key_on="feature.id").add_to(drawn)
    return drawn


REFUSED: dict[str, tuple[Any, str]] = {
    "tiles of the map": (lambda: empty_map(tiles="OpenStreetMap"), "tile.openstreetmap.org"),
    "tile layer": (lambda: folium.TileLayer("https://petak.example/{z}/{x}/{y}.png", attr="x"), "petak.example"),
    "web map service": (lambda: folium.WmsTileLayer("https://wms.example/", layers="x"), "wms.example"),
    "choropleth": (choropleth, "d3"),
    "colour map": (lambda: branca.colormap.linear.Reds_05.scale(0, 1), "d3"),
    "plugin": (folium.plugins.MarkerCluster, "markercluster"),
    "font awesome icon": (lambda: folium.Marker([0, 0], icon=folium.Icon()), "L.AwesomeMarkers"),
    "custom icon": (
        lambda: folium.Marker([0, 0], icon=folium.CustomIcon("https://ikon.example/a.png", icon_size=(9, 9))),
        "ikon.example",
    ),
    "picture by address": (
        lambda: folium.raster_layers.ImageOverlay("https://gambar.example/a.png", bounds=BOUNDS),
        "gambar.example",
    ),
    "picture in a popup": (
        lambda: folium.Marker([0, 0], popup=folium.Popup('<img src="//gambar.example/a.png">')),
        "gambar.example",
    ),
    "frame in a popup": (
        lambda: folium.Marker([0, 0], popup=folium.Popup("<iframe src=https://bingkai.example></iframe>")),
        "bingkai.example",
    ),
    "own script": (lambda: folium.Element("<style>@import 'https://gaya.example/a.css';</style>"), "gaya.example"),
}


@pytest.mark.parametrize(("make", "asset"), REFUSED.values(), ids=REFUSED.keys())
def test_a_map_that_would_fetch_is_refused_by_name(sent: dict[str, Any], make: Any, asset: str) -> None:
    element = make()
    drawn = element if isinstance(element, folium.Map) else empty_map()
    if isinstance(element, (folium.elements.MacroElement, branca.colormap.ColorMap)) and element is not drawn:
        element.add_to(drawn)
    elif element is not drawn:
        drawn.get_root().html.add_child(element)

    with pytest.raises(offline.OfflineAssetError, match=re.escape(asset)) as refusal:
        streamlit_folium.st_folium(drawn, returned_objects=[])
    assert asset in refusal.value.asset
    assert sent == {}


def test_a_fetching_layer_is_refused_also_when_it_is_added_later(sent: dict[str, Any]) -> None:
    layer = folium.FeatureGroup(name="latar")
    folium.TileLayer("https://petak.example/{z}/{x}/{y}.png", attr="x").add_to(layer)
    with pytest.raises(offline.OfflineAssetError, match=re.escape("petak.example")):
        streamlit_folium.st_folium(empty_map(), feature_group_to_add=layer, returned_objects=[])
    assert sent == {}


def test_a_script_that_someone_adds_to_a_class_is_refused(
    sent: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    added = [*folium.Map.default_js, ("extra", "https://skrip.example/a.js")]
    monkeypatch.setattr(folium.Map, "default_js", added)
    with pytest.raises(offline.OfflineAssetError, match=re.escape("skrip.example")):
        streamlit_folium.st_folium(full_map(), returned_objects=[])
    assert sent == {}


HOSTS = st.from_regex(r"[a-z][a-z0-9-]{0,20}\.(?:id|example)", fullmatch=True)
SCHEMES = st.sampled_from(["http:", "https:", "HTTPS:", ""])


@settings(max_examples=50)
@given(scheme=SCHEMES, host=HOSTS, text=st.text(max_size=20))
def test_law_an_address_may_be_text_but_not_a_source(scheme: str, host: str, text: str) -> None:
    address = f"{scheme}//{host}/a"
    offline._refuse_fetching(json.dumps({"nama": text, "alamat": address}))
    offline._refuse_fetching(f'<a href="{address}">{html.escape(text)}</a>')
    for piece in (f'<img src="{address}">', f"L.tileLayer(\n    '{address}'", f"url({address})"):
        with pytest.raises(offline.OfflineAssetError):
            offline._refuse_fetching(piece)


# Applying


def test_applying_twice_changes_nothing_more() -> None:
    offline.apply()
    guard, style = streamlit_folium._component_func, list(folium.Map.default_css)
    offline.apply()
    assert streamlit_folium._component_func is guard
    assert isinstance(guard, offline._Guard)
    assert not isinstance(guard.component, offline._Guard)
    assert folium.Map.default_css == style
    assert style.count(offline.MAP_STYLE) == 1


def test_applying_reaches_classes_below_classes() -> None:
    offline.apply()
    assert folium.plugins.BeautifyIcon in set(offline._subclasses(folium.elements.JSCSSMixin))
    assert folium.features.Vega in set(offline._subclasses(folium.elements.JSCSSMixin))
    assert dict(folium.features.Vega.default_js)["jquery"].startswith(offline.STATIC)


# The configuration


def config() -> dict[str, Any]:
    return tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))


def test_the_configuration_names_no_place_outside() -> None:
    assert "//" not in (ROOT / ".streamlit/config.toml").read_text(encoding="utf-8")
    assert config()["browser"]["gatherUsageStats"] is False
    assert config()["server"]["enableStaticServing"] is True
    assert config()["client"]["showErrorDetails"] == "none"


def test_the_fonts_of_the_configuration_exist() -> None:
    faces = config()["theme"]["fontFaces"]
    assert [face["weight"] for face in faces] == [400, 500, 600, 700, 800]
    assert all((STATIC / face["url"].removeprefix("app/static/")).is_file() for face in faces)


def test_the_map_takes_its_colours_from_the_light_palette() -> None:
    declared = dict(re.findall(r"--(\w+): (#\w{6});", (STATIC / "map.css").read_text(encoding="utf-8")))
    shared = asdict(palette("light"))
    differing = {name for name in declared.keys() & shared.keys() if declared[name] != shared[name]}
    assert differing == set()
    assert declared.keys() & shared.keys() == {"ink", "muted", "line", "paper", "accent"}
