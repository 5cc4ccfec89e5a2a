-- Every import has brought exactly the rows its record says.
SELECT import_id, accepted_count, found FROM import_record
JOIN (
    SELECT import_id, sum(n) AS found FROM (
        SELECT import_id, count(*) AS n FROM incident GROUP BY import_id
        UNION ALL SELECT import_id, count(*) FROM station GROUP BY import_id
        UNION ALL SELECT import_id, count(*) FROM area GROUP BY import_id
        UNION ALL SELECT import_id, count(*) FROM nil_report GROUP BY import_id
        UNION ALL SELECT import_id, count(*) FROM meeting_note GROUP BY import_id
        UNION ALL SELECT import_id, count(*) FROM agency_class GROUP BY import_id
        UNION ALL SELECT import_id, count(*) FROM area_indicator GROUP BY import_id
        UNION ALL SELECT import_id, 0 FROM import_record
    ) GROUP BY import_id
) USING (import_id)
WHERE accepted_count <> found
