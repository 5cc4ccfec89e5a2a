-- The election calendar that offices keep beside the shipped one. Append-only like all else.
CREATE TABLE election_entry (
    entry_id VARCHAR, region_code VARCHAR, election_code VARCHAR, content VARCHAR, withdrawn BOOLEAN,
    reason VARCHAR, actor VARCHAR, decided_on DATE, recorded_at TIMESTAMP
);
COMMENT ON TABLE election_entry IS 'Journal: the newest entry of a code holds, in place of a shipped election of that code.';
COMMENT ON COLUMN election_entry.content IS 'the whole election with its stages and legal basis, as a table of calendar.toml';
COMMENT ON COLUMN election_entry.withdrawn IS 'true: the region has no such election';
COMMENT ON COLUMN election_entry.decided_on IS 'local day of the entry';
