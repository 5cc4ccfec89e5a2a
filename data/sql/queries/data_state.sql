-- How far the data of a region reach, and what they are.
SELECT incidents.*, imports.*, areas.*, boundaries.*
FROM (
    SELECT count(*) AS incident_count, min(occurred_on) AS first_occurred_on,
        max(reported_on) AS last_reported_on, least(min(reported_on), (
            SELECT min(reported_on) FROM nil_report
            WHERE region_code = $region_code AND import_id NOT IN (SELECT import_id FROM import_undo)
        )) AS first_reported_on
    FROM incident WHERE region_code = $region_code AND import_id NOT IN (SELECT import_id FROM import_undo)
) AS incidents,
(
    SELECT max(recorded_at) AS last_recorded_at, coalesce(bool_or(simulated), false) AS simulated
    FROM valid_import WHERE region_code = $region_code
) AS imports,
(
    SELECT count(*) AS area_count, count(*) FILTER (WHERE geometry IS NULL) AS without_polygon_count
    FROM current_area WHERE region_code = $region_code
) AS areas,
(
    SELECT max(coalesce(vintage, file_name)) AS boundary_edition
    FROM import_record JOIN boundary_import USING (import_id) WHERE boundary_import.region_code = $region_code
) AS boundaries
