SELECT import_id FROM boundary_import WHERE region_code = $region_code
