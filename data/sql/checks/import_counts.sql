-- rows in = accepted + quarantined + duplicate, in every import record.
SELECT import_id, row_count, accepted_count, quarantined_count, duplicate_count FROM import_record
WHERE kind <> 'area' AND row_count <> accepted_count + quarantined_count + duplicate_count
