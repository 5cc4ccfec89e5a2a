SELECT import_id, file_name, coalesce(vintage, '') AS vintage, coalesce(code_system, 'kemendagri') AS code_system,
    recorded_at, accepted_count AS area_count,
    import_id IN (SELECT import_id FROM boundary_import) AS in_force
FROM valid_import
WHERE region_code = $region_code AND kind = 'area' ORDER BY recorded_at DESC, import_id DESC
