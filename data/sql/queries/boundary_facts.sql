-- What the import of the boundaries in force found out about their file.
SELECT facts FROM import_record JOIN boundary_import USING (import_id) WHERE boundary_import.region_code = $region_code
