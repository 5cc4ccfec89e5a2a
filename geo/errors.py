"""What can be wrong with geometry, said as a code and facts; sentences are made elsewhere."""

from collections.abc import Mapping
from types import MappingProxyType


class GeoError(ValueError):
    """Refuse geometry, naming the reason by a code and the evidence by facts.

    Attributes
    ----------
    code
        Stable name of the reason.
    facts
        The evidence: text, numbers, or tuples of them.
    """

    code: str
    facts: Mapping[str, object]

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = MappingProxyType(facts)
        super().__init__(f"{code}: " + ", ".join(f"{name}={value!r}" for name, value in facts.items()))


class BoundaryError(GeoError):
    """Refuse a boundary file.

    As raised by `geo.files.boundaries.read_boundaries` every error has the fact `file`, the file's name without
    folders. The codes and their other facts:

    ``file_missing``
        No such file.
    ``format_unknown`` : suffix, suffixes
        The file's ending is none of `suffixes`, or its content is of a kind that is not read.
    ``unreadable`` : detail
        The reading library gave up; `detail` is its (English) message.
    ``several_files_in_zip`` : members
        The archive holds several boundary files, so it is not clear which is meant.
    ``no_file_in_zip`` : suffixes
        The archive holds no file with one of these endings.
    ``no_features``
        The file holds no row at all.
    ``no_polygons`` : row_count, geometry_types
        There are rows, but none has a polygon.
    ``no_crs`` : west, south, east, north
        The file does not say its coordinate system, and its coordinates are not degrees within Indonesia.
    ``not_in_indonesia`` : crs_name, west, south, east, north
        Taken by its coordinate system, the file lies (partly) outside Indonesia; bounds in degrees.
        Exchanged axes look like this too.
    ``no_code_column`` : columns
        No column holds ten-digit area codes.
    ``no_name_column`` : columns
        No column holds the areas' names, without which codes cannot be checked.
    ``bps_codes`` : column, examples, region_code, region_bps_code
        The codes are those of BPS, not of Kemendagri; `examples` up to 3 codes as written in the file.
        `region_bps_code` may be None.
    ``codes_unclear`` : column, examples, region_code
        The codes have ten digits but follow neither system.
    ``region_absent`` : column, region_code, row_count, regions
        No code belongs to the region; `regions` up to 5 region codes that the file does hold.
    ``codes_not_known`` : region_code, unknown_count, area_count, examples
        More than half of the region's codes in the file are not known; `examples` up to 3 codes.
    ``names_disagree`` : column, disagreeing_count, compared_count, examples
        Codes fit but names do not; `examples` up to 3 of (area_code, name in the file, known name).
    ``code_repeated`` : area_code, names
        Rows with one code have different names.
    ``not_bps_codes`` : column, examples, region_code
        The file was said to hold codes of BPS, and does not.
    ``bps_region_unknown`` : region_code
        To read a region from a file of BPS, its BPS code must be known.
    ``crs_unknown`` : crs
        The coordinate system that was given is none.
    ``too_many_vertices`` : limit
        The geometry has more vertices than `limit`.
    ``area_too_detailed`` : limit
        A single area has more vertices than `limit`.
    ``shape_too_large`` : detail
        A single shape is more than is read from GeoJSON.
    ``truncated`` : row_count, declared_count
        The file declares more rows than can be read.
    ``cut_short`` : size_bytes, declared_bytes
        The shapefile is shorter than it says.
    ``zip_path`` : member
        A member of the archive lies outside its folder.
    ``zip_bomb`` : unpacked_bytes, limit_bytes
        The archive (or GeoParquet file) would grow beyond the limit or out of proportion when unpacked.
    ``several_layers`` : layers
        For files of places: it is not clear which layer is meant.
    ``layer_unknown`` : layer, layers
        The file has no layer of that name.
    ``too_large`` : size_bytes, limit_bytes
        An interface's answer or a TopoJSON beyond what is read at once.
    ``no_points`` : geometry_types
        A TopoJSON of lines or areas where places are wanted.
    """
