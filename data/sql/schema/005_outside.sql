-- Rows that are known to a kabupaten only count for it alone.
ALTER TABLE incident ADD COLUMN stated_regency VARCHAR;
COMMENT ON COLUMN incident.stated_regency IS 'code of the region where the row names it, lain where it names another kabupaten or kota, NULL where it names none';
