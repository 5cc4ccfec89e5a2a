"""What a person may not see is in no cache that the person can reach."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from lib.ui import load

if TYPE_CHECKING:
    from collections.abc import Iterator

from pathlib import Path

UI = Path(load.__file__).parents[1]
CACHES = ("cache_data", "shared")
# Alike for everybody: what the region is, aggregates of all of it, and settings.
FOR_ALL = {
    *(
        "states",
        "region",
        "prepared_regions",
        "state",
        "elections",
        "districts",
        "sources",
        "weights",
        "mappings",
        "area_names",
        "outlines",
    ),
    *("saved_sets", "day", "standing", "issued", "_completeness", "_complete_until"),
    "_comparison",  # of two boundary sets
    "_preview",  # of a file that lies in the asker's own session
}


def cached() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any(
                cache in ast.unparse(one) for one in node.decorator_list for cache in CACHES
            ):
                yield path.relative_to(UI).as_posix(), node


CACHED = list(cached())


def test_there_are_caches_to_look_at() -> None:
    assert len(CACHED) > 50


@pytest.mark.parametrize(("file", "node"), CACHED, ids=lambda part: getattr(part, "name", part))
def test_a_cached_loader_has_the_scope_in_its_key(file: str, node: ast.FunctionDef) -> None:
    kinds = {argument.arg: ast.unparse(argument.annotation or ast.Constant("")) for argument in node.args.args}
    assert not [name for name in kinds if name.startswith("_")], "Streamlit leaves it out of the key"
    assert node.name in FOR_ALL or {"Filters", "Scope"} & set(kinds.values()), f"{file}: {node.name}"


def test_what_is_shared_is_asked_with_a_scope_that_holds_no_report() -> None:
    shared = [node.name for _, node in CACHED if any("shared" in ast.unparse(one) for one in node.decorator_list)]
    assert {"_assessment", "incidents", "reasons", "forecasts"} <= set(shared)
    assert not {"reports", "_report_pairs", "area_detail", "area_layer", "incident_layer"} & set(shared)
