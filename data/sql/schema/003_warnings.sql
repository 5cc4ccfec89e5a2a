-- What the tool judged and issued, and what other bodies say. Append-only like all else.
CREATE TABLE weight_set (
    region_code VARCHAR, digest VARCHAR, content VARCHAR, author VARCHAR, reason VARCHAR, recorded_at TIMESTAMP
);
COMMENT ON TABLE weight_set IS 'Journal: the newest row of a region holds its weights; without one the shipped weights hold.';
COMMENT ON COLUMN weight_set.content IS 'the whole weights.toml, each value with author, date and reason';

CREATE TABLE issue (
    issue_id VARCHAR, region_code VARCHAR, kind VARCHAR, as_of DATE, horizon_days INTEGER, snapshot BIGINT,
    weights_digest VARCHAR, method VARCHAR, row_count BIGINT, rows_sha256 VARCHAR, previous_sha256 VARCHAR,
    sha256 VARCHAR, simulated BOOLEAN, actor VARCHAR, issued_on DATE, recorded_at TIMESTAMP
);
COMMENT ON TABLE issue IS 'Warnings as they were issued: forecasts and alerts frozen before the outcome, each chained to the one before.';
COMMENT ON COLUMN issue.kind IS 'ramalan or peringatan';
COMMENT ON COLUMN issue.issued_on IS 'local day on which it was issued; later than as_of where a past day was worked out again';
COMMENT ON COLUMN issue.sha256 IS 'over all other columns of the row but recorded_at, rows_sha256 and previous_sha256 included';

CREATE TABLE forecast_row (
    issue_id VARCHAR, region_code VARCHAR, area_code VARCHAR, group_code VARCHAR, horizon_days INTEGER,
    mean DOUBLE, dispersion DOUBLE, low_50 INTEGER, high_50 INTEGER, low_80 INTEGER, high_80 INTEGER,
    low_95 INTEGER, high_95 INTEGER, probability_any DOUBLE, baseline DOUBLE, own_history DOUBLE,
    own_recent DOUBLE, neighbours DOUBLE, baseline_only BOOLEAN
);
COMMENT ON COLUMN forecast_row.area_code IS 'NULL for the whole region';

CREATE TABLE alert_row (
    issue_id VARCHAR, region_code VARCHAR, alert_id VARCHAR, area_code VARCHAR, group_code VARCHAR,
    tier VARCHAR, window_days INTEGER, observed INTEGER, expected DOUBLE, probability DOUBLE, facts VARCHAR
);
COMMENT ON COLUMN alert_row.area_code IS 'NULL for the whole region';
COMMENT ON COLUMN alert_row.tier IS 'waspada, siaga or kejadian (event rule)';

CREATE TABLE alert_step (
    step_id VARCHAR, region_code VARCHAR, alert_id VARCHAR, state VARCHAR, note VARCHAR, actor VARCHAR,
    decided_on DATE, recorded_at TIMESTAMP
);
COMMENT ON TABLE alert_step IS 'Journal: what people did about an alert: dilihat, ditindaklanjuti, ditutup; none: baru.';

CREATE TABLE agency_class (
    import_id VARCHAR, line_number BIGINT, region_code VARCHAR, agency VARCHAR, edition VARCHAR,
    assessed_on DATE, stated_area_code VARCHAR, class_code VARCHAR, reason VARCHAR, simulated BOOLEAN,
    row_hash UBIGINT, identity_hash UBIGINT
);
COMMENT ON TABLE agency_class IS 'Classes that other bodies gave to areas; class_code is rendah, sedang or tinggi.';

CREATE TABLE area_indicator (
    import_id VARCHAR, line_number BIGINT, region_code VARCHAR, indicator_code VARCHAR, stated_area_code VARCHAR,
    value DOUBLE, observed_on DATE, source_name VARCHAR, simulated BOOLEAN, row_hash UBIGINT,
    identity_hash UBIGINT
);
COMMENT ON TABLE area_indicator IS 'Structural indicators of areas; the newest observed_on of an area and indicator holds.';
