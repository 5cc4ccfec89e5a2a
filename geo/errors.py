"""What can be wrong with geometry: one class a reason, its fields the evidence; sentences are made elsewhere."""

import re
from dataclasses import dataclass
from typing import ClassVar, dataclass_transform


@dataclass_transform(kw_only_default=True, eq_default=False)
class GeoError(ValueError):
    """Refuse geometry; `code` is a stable name of the reason, `facts` the evidence by name."""

    code: ClassVar[str]

    def __init_subclass__(cls, *, code: str = "") -> None:
        """Name the reason, by default the class in small letters, and make its fields keywords."""
        super().__init_subclass__()
        cls.code = code or re.sub(r"(?<=.)(?=[A-Z])", "_", cls.__name__.removesuffix("Error")).lower()
        dataclass(eq=False, kw_only=True)(cls)

    def __str__(self) -> str:
        """Write code and evidence, for logs."""
        return f"{self.code} {self.facts}"

    @property
    def facts(self) -> dict[str, object]:
        """Give the evidence by name, without what is not known."""
        return {name: value for name, value in vars(self).items() if value is not None and not name.startswith("_")}


class BoundaryError(GeoError):
    """Refuse a boundary file; `file` is its name without folders, added on the way up."""

    file: str | None = None


class FileMissingError(BoundaryError):
    """No such file."""


class FormatUnknownError(BoundaryError):
    """The ending is none of `suffixes`, or the content is of a kind that is not read."""

    suffix: str
    suffixes: tuple[str, ...]


class UnreadableError(BoundaryError):
    """The reading library gave up; `detail` is its (English) message."""

    detail: str


class ShapeTooLargeError(BoundaryError):
    """A single shape is more than is read from GeoJSON."""

    detail: str


class SeveralFilesInZipError(BoundaryError):
    """The archive holds several boundary files, so it is not clear which is meant."""

    members: tuple[str, ...]


class NoFileInZipError(BoundaryError):
    """The archive holds no file with one of these endings."""

    suffixes: tuple[str, ...]


class NoFeaturesError(BoundaryError):
    """The file holds no row at all."""


class NoPolygonsError(BoundaryError):
    """There are rows, but none has a polygon."""

    row_count: int
    geometry_types: tuple[str, ...]


class NoCrsError(BoundaryError):
    """No coordinate system is stated, and the coordinates are not degrees within Indonesia."""

    west: float
    south: float
    east: float
    north: float


class NotInIndonesiaError(BoundaryError):
    """Taken by its coordinate system, the file lies (partly) outside Indonesia; bounds in degrees."""

    crs_name: str
    west: float
    south: float
    east: float
    north: float


class NoCodeColumnError(BoundaryError):
    """No column holds ten-digit area codes."""

    columns: tuple[str, ...]


class NoNameColumnError(BoundaryError):
    """No column holds the areas' names, without which codes cannot be checked."""

    columns: tuple[str, ...]


class BpsCodesError(BoundaryError):
    """The codes are those of BPS, not of Kemendagri; up to 3 `examples` as written in the file."""

    column: str
    examples: tuple[str, ...]
    region_code: str
    region_bps_code: str | None


class CodesUnclearError(BoundaryError):
    """The codes have ten digits but follow neither system."""

    column: str
    examples: tuple[str, ...]
    region_code: str


class RegionAbsentError(BoundaryError):
    """No code belongs to the region; `regions` up to 5 codes of those that the file does hold."""

    column: str
    region_code: str
    row_count: int
    regions: tuple[str, ...]


class CodesNotKnownError(BoundaryError):
    """More than half of the region's codes in the file are not known; up to 3 `examples`."""

    region_code: str
    unknown_count: int
    area_count: int
    examples: tuple[str, ...]


class NamesDisagreeError(BoundaryError):
    """Codes fit but names do not; up to 3 `examples` of code, name in the file, known name."""

    column: str
    disagreeing_count: int
    compared_count: int
    examples: tuple[tuple[str, str, str], ...]


class CodeRepeatedError(BoundaryError):
    """Rows with one code have different names."""

    area_code: str
    names: tuple[str, ...]


class NotBpsCodesError(BoundaryError):
    """The file was said to hold codes of BPS, and does not."""

    column: str
    examples: tuple[str, ...]
    region_code: str


class BpsRegionUnknownError(BoundaryError):
    """To read a region from a file of BPS, its BPS code must be known."""

    region_code: str


class CrsUnknownError(BoundaryError):
    """The coordinate system that was given is none."""

    crs: str


class TooManyVerticesError(BoundaryError):
    """The geometry has more vertices than `limit`."""

    limit: int


class AreaTooDetailedError(BoundaryError):
    """A single area has more vertices than `limit`."""

    limit: int


class TruncatedError(BoundaryError):
    """The file declares more rows than can be read."""

    row_count: int
    declared_count: int


class CutShortError(BoundaryError):
    """The shapefile is shorter than it says."""

    size_bytes: int
    declared_bytes: int


class ZipPathError(BoundaryError):
    """A member of the archive lies outside its folder."""

    member: str


class ZipBombError(BoundaryError):
    """The archive (or GeoParquet file) would grow beyond the limit or out of proportion."""

    unpacked_bytes: int
    limit_bytes: int


class SeveralLayersError(BoundaryError):
    """For files of places: it is not clear which layer is meant."""

    layers: tuple[str, ...]


class LayerUnknownError(BoundaryError):
    """The file has no layer of that name."""

    layer: str
    layers: tuple[str, ...]


class TooLargeError(BoundaryError):
    """An interface's answer or a TopoJSON beyond what is read at once."""

    size_bytes: int
    limit_bytes: int


class NoPointsError(BoundaryError):
    """A TopoJSON of lines or areas where places are wanted."""

    geometry_types: tuple[str, ...]
