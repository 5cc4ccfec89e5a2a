-- What people do with reports after they came in, and reports that are no incidents.
ALTER TABLE import_record ADD COLUMN code_system VARCHAR;
ALTER TABLE import_record ADD COLUMN vintage VARCHAR;
COMMENT ON COLUMN import_record.code_system IS 'kemendagri or bps; NULL where the file has no area codes';
COMMENT ON COLUMN import_record.vintage IS 'the edition of the codes or boundaries, as the importer stated it';

CREATE TABLE repair (
    import_id VARCHAR, line_number BIGINT, column_name VARCHAR, original_value VARCHAR, repaired_value VARCHAR,
    rule VARCHAR, confidence DOUBLE
);
COMMENT ON TABLE repair IS 'Every value that was not taken as it stood in the file, with the original.';
COMMENT ON COLUMN repair.confidence IS 'share of the column''s rows that the rule explains, 0 to 1';

CREATE TABLE quarantine_resolution (
    import_id VARCHAR, line_number BIGINT, by_import_id VARCHAR, by_line_number BIGINT
);
COMMENT ON TABLE quarantine_resolution IS 'Journal: a quarantined line that a line of a later import has replaced.';

CREATE TABLE verification_entry (
    entry_id VARCHAR, region_code VARCHAR, import_id VARCHAR, line_number BIGINT, state VARCHAR,
    source_grade VARCHAR, content_grade VARCHAR, reason VARCHAR, actor VARCHAR, decided_on DATE,
    recorded_at TIMESTAMP
);
COMMENT ON TABLE verification_entry IS 'Journal of an incident; the newest entry holds, without one the status of its file.';
COMMENT ON COLUMN verification_entry.entry_id IS 'rows decided together share it';
COMMENT ON COLUMN verification_entry.state IS 'masuk, terverifikasi, ditolak, tidak_dapat_dipastikan, ditangani or selesai';
COMMENT ON COLUMN verification_entry.source_grade IS 'A (always reliable) to F (cannot be judged); NULL: not graded';
COMMENT ON COLUMN verification_entry.content_grade IS '1 (confirmed) to 6 (cannot be judged); NULL: not graded';
COMMENT ON COLUMN verification_entry.decided_on IS 'local day; a score per day D knows only entries decided until D';

CREATE TABLE event_decision (
    decision_id VARCHAR, region_code VARCHAR, outcome VARCHAR, reason VARCHAR, actor VARCHAR, decided_on DATE,
    recorded_at TIMESTAMP
);
COMMENT ON COLUMN event_decision.outcome IS 'satu: its members are reports of one event; terpisah: they are not';
CREATE TABLE event_decision_member (decision_id VARCHAR, import_id VARCHAR, line_number BIGINT);
CREATE TABLE event_decision_undo (decision_id VARCHAR, reason VARCHAR, actor VARCHAR, recorded_at TIMESTAMP);

CREATE TABLE nil_report (
    import_id VARCHAR, line_number BIGINT, region_code VARCHAR, source_name VARCHAR, stated_area_code VARCHAR,
    stated_district_code VARCHAR, period_start DATE, period_end DATE, reported_on DATE, simulated BOOLEAN,
    row_hash UBIGINT, identity_hash UBIGINT
);
COMMENT ON TABLE nil_report IS 'A source saw nothing (nihil) in an area, a district or, without either, the whole region.';

CREATE TABLE meeting_note (
    import_id VARCHAR, line_number BIGINT, region_code VARCHAR, held_on DATE, title VARCHAR, item_kind VARCHAR,
    item_day DATE, category_code VARCHAR, item_text VARCHAR, simulated BOOLEAN, row_hash UBIGINT,
    identity_hash UBIGINT
);
COMMENT ON TABLE meeting_note IS 'What a text about a meeting holds: no incidents.';
COMMENT ON COLUMN meeting_note.item_kind IS 'tanggal, isu or tindak_lanjut';

CREATE TABLE column_mapping (
    mapping_name VARCHAR, kind VARCHAR, content VARCHAR, digest VARCHAR, actor VARCHAR, recorded_at TIMESTAMP
);
COMMENT ON TABLE column_mapping IS 'Journal: named mappings of foreign columns to ours (TOML); the newest of a name holds.';
