-- Every valid row is laid once on the boundaries in force, as soon as there are any.
SELECT region_code, import_id, row_count, located_count FROM (
    SELECT region_code, import_id, kind, accepted_count AS row_count FROM valid_import WHERE kind <> 'area'
)
JOIN (SELECT region_code, import_id AS boundary_import_id FROM boundary_import) USING (region_code)
LEFT JOIN (
    SELECT boundary_import_id, row_import_id AS import_id, kind, count(DISTINCT line_number) AS located_count,
        count(*) AS location_count
    FROM location GROUP BY ALL
) USING (boundary_import_id, import_id, kind)
WHERE row_count <> coalesce(located_count, 0) OR located_count <> location_count
