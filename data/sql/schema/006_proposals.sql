-- What one person proposed and another confirmed or declined. Append-only like all else.
CREATE TABLE proposal (
    proposal_id VARCHAR, region_code VARCHAR, kind VARCHAR, subject VARCHAR, content VARCHAR, reason VARCHAR,
    actor VARCHAR, recorded_at TIMESTAMP
);
COMMENT ON TABLE proposal IS 'Journal: a deed that waits for a second person; without a row in proposal_decision it still waits.';
COMMENT ON COLUMN proposal.kind IS 'batal_impor, bobot, batas, status_berkas, peringatan or ramalan';
COMMENT ON COLUMN proposal.subject IS 'the import, the digest of the weights, or the day that it is about';
COMMENT ON COLUMN proposal.content IS 'what the deed needs to be carried out, as JSON';

CREATE TABLE proposal_decision (
    proposal_id VARCHAR, outcome VARCHAR, reason VARCHAR, actor VARCHAR, recorded_at TIMESTAMP
);
COMMENT ON TABLE proposal_decision IS 'Journal: what a second person decided, once for each proposal.';
COMMENT ON COLUMN proposal_decision.outcome IS 'setuju: carried out in the same commit; tolak: not carried out';
