-- Append-only: rows are inserted once; what happens later is a row in a journal.
CREATE TABLE schema_version (version INTEGER, created_at TIMESTAMP);

CREATE TABLE region_activation (region_code VARCHAR, activated_at TIMESTAMP, actor VARCHAR);
COMMENT ON TABLE region_activation IS 'Journal: the newest row names the region that the tool works on.';

CREATE TABLE import_record (
    import_id VARCHAR, region_code VARCHAR, kind VARCHAR, file_name VARCHAR, file_sha256 VARCHAR,
    file_copy VARCHAR, row_count BIGINT, accepted_count BIGINT, quarantined_count BIGINT,
    duplicate_count BIGINT, rows_hash UBIGINT, simulated BOOLEAN, facts VARCHAR, actor VARCHAR,
    recorded_at TIMESTAMP
);
COMMENT ON COLUMN import_record.kind IS 'area, station or incident';
COMMENT ON COLUMN import_record.row_count IS 'data rows in the file = accepted + quarantined + duplicate';
COMMENT ON COLUMN import_record.rows_hash IS 'exclusive or of row_hash over the accepted rows, to prove the store later';
COMMENT ON COLUMN import_record.facts IS 'JSON: what the import found out about the file (columns ignored, formats decided, counts)';
COMMENT ON COLUMN import_record.recorded_at IS 'UTC';

CREATE TABLE import_undo (import_id VARCHAR, reason VARCHAR, actor VARCHAR, recorded_at TIMESTAMP);
COMMENT ON TABLE import_undo IS 'Journal: an import named here no longer counts anywhere.';

CREATE TABLE area (
    import_id VARCHAR, region_code VARCHAR, area_code VARCHAR, area_name VARCHAR, district_code VARCHAR,
    district_name VARCHAR, area_km2 DOUBLE, geometry BLOB, geometry_simplified BLOB, row_hash UBIGINT
);
COMMENT ON COLUMN area.area_code IS 'Kemendagri code NN.NN.NN.NNNN';
COMMENT ON COLUMN area.geometry IS 'WKB in EPSG:4326 as imported; NULL where no polygon exists';
COMMENT ON COLUMN area.geometry_simplified IS 'WKB in EPSG:4326, simplified once as a coverage, for screens';

CREATE TABLE station (
    import_id VARCHAR, line_number BIGINT, region_code VARCHAR, election_code VARCHAR,
    station_number VARCHAR, place_name VARCHAR, stated_area_code VARCHAR, longitude DOUBLE, latitude DOUBLE,
    voter_count_male INTEGER, voter_count_female INTEGER, police_class VARCHAR, indicators VARCHAR,
    simulated BOOLEAN, row_hash UBIGINT, identity_hash UBIGINT
);
COMMENT ON TABLE station IS 'Polling stations (TPS); a station belongs to one election and is never compared across two.';
COMMENT ON COLUMN station.indicators IS 'JSON object: indicator code -> true or false; unknown ones are absent';

CREATE TABLE incident (
    import_id VARCHAR, line_number BIGINT, region_code VARCHAR, source_id VARCHAR, occurred_on DATE,
    occurred_time VARCHAR, reported_on DATE, report_date_missing BOOLEAN, category_code VARCHAR,
    severity TINYINT, description VARCHAR, stated_area_code VARCHAR, stated_district_code VARCHAR,
    longitude DOUBLE, latitude DOUBLE, "precision" VARCHAR, source_name VARCHAR, verification VARCHAR,
    simulated BOOLEAN, row_hash UBIGINT, identity_hash UBIGINT
);
COMMENT ON COLUMN incident.occurred_on IS 'local calendar day of the event';
COMMENT ON COLUMN incident.reported_on IS 'day the report was made; the day of the event where missing (flagged)';
COMMENT ON COLUMN incident.description IS 'identity numbers, phone numbers, e-mail addresses and handles are masked';
COMMENT ON COLUMN incident."precision" IS 'titik, rt, kelurahan or kecamatan';

CREATE TABLE location (
    boundary_import_id VARCHAR, row_import_id VARCHAR, line_number BIGINT, kind VARCHAR, area_code VARCHAR,
    point_area_code VARCHAR, method VARCHAR, basis VARCHAR, distance_m DOUBLE, disagrees BOOLEAN
);
COMMENT ON TABLE location IS 'Where each incident and station lies, once per boundary set.';
COMMENT ON COLUMN location.method IS 'inside, border, outside or no_coordinate';
COMMENT ON COLUMN location.basis IS 'point, stated, or NULL where no area could be given';
COMMENT ON COLUMN location.disagrees IS 'the point lies in another area than the one stated';

CREATE TABLE quarantine (
    import_id VARCHAR, line_number BIGINT, column_name VARCHAR, value VARCHAR, rule VARCHAR, facts VARCHAR,
    raw_row VARCHAR
);
COMMENT ON TABLE quarantine IS 'One row per fault; a line of the file may have several.';

CREATE TABLE duplicate_row (
    import_id VARCHAR, line_number BIGINT, of_import_id VARCHAR, of_line_number BIGINT
);
COMMENT ON TABLE duplicate_row IS 'Lines that were already in, and where the first of them stands.';

CREATE TABLE score_scale (
    region_code VARCHAR, weights_digest VARCHAR, frozen_on DATE, prior_pressure DOUBLE,
    prior_exposure DOUBLE, theta_reference DOUBLE, incident_count BIGINT, author VARCHAR, reason VARCHAR,
    recorded_at TIMESTAMP
);
COMMENT ON TABLE score_scale IS 'Journal: the frozen scale of the score; the newest row of a region and weight scheme holds.';
COMMENT ON COLUMN score_scale.theta_reference IS 'pressure per unit of exposure that scores 50';
