"""The colours around the data: what a sheet on paper and a slide on a dark wall do differently."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by their role; `land_ink` is what is written on the land, whose colours no theme changes."""

    paper: str
    # what surrounds the region: nothing is known of it; known sea; known neighbours; the region beyond the question
    unknown: str
    sea: str
    neighbour: str
    rest: str
    net: str
    ink: str
    muted: str
    rule: str
    border: str
    outline: str
    watermark: tuple[str, float]
    land_ink: str = "#14202b"
    district_ink: str = "#26394a"
    badge: str = "#14202b"
    badge_text: str = "#ffffff"


LIGHT = Theme(
    paper="#ffffff",
    unknown="#e9e8e4",
    sea="#c5dbeb",
    neighbour="#d9d7d0",
    rest="#f7f6f3",
    net="#ffffff",
    ink="#14202b",
    muted="#4b5965",
    rule="#b9c6d0",
    border="#ffffff",
    outline="#14202b",
    watermark=("#14202b", 0.075),
)
DARK = Theme(
    paper="#0b141c",
    unknown="#13212d",
    sea="#173247",
    neighbour="#22303b",
    rest="#2b3944",
    net="#4f7f9f",
    ink="#f2f6f9",
    muted="#a9b8c4",
    rule="#2b3d4b",
    border="#ffffff",
    outline="#f2f6f9",
    watermark=("#7a8894", 0.26),  # a middle grey shows on the dark ground and on the light classes
)
