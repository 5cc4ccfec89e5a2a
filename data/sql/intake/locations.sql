-- The area that counts for each row: by its point or by its statement, with both kept.
-- Nothing that is known to a kecamatan or the region only counts for an area.
-- An incident known to a street follows its point; everything else, and every TPS, follows the statement.
-- A stated area without a polygon always holds: no point can fall into it, only into the neighbour it lies in.
SELECT $boundary_import_id AS boundary_import_id, row_import_id, line_number, $kind AS kind,
    CASE basis WHEN 'point' THEN point_area_code WHEN 'stated' THEN stated_area_code END AS area_code,
    point_area_code, method, basis, distance_m,
    coalesce(point_area_code <> stated_area_code, false) AND stated_has_polygon AS disagrees
FROM (
    SELECT located.*, coalesce(area.geometry IS NOT NULL, false) AS stated_has_polygon,
        CASE
            WHEN NOT not_coarser_than_area THEN NULL
            WHEN area.area_code IS NOT NULL AND (area.geometry IS NULL OR NOT follows_point) THEN 'stated'
            WHEN point_area_code IS NOT NULL AND (follows_point OR stated_area_code IS NULL) THEN 'point'
            WHEN area.area_code IS NOT NULL THEN 'stated'
        END AS basis
    FROM located
    LEFT JOIN area ON area.import_id = $boundary_import_id AND area.area_code = located.stated_area_code
)
