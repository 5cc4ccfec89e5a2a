-- Lines that speak of an event or TPS already known, or named twice here, with another content.
INSERT INTO faults
WITH fresh AS (
    SELECT * FROM hashed WHERE line_number NOT IN (SELECT line_number FROM repeats)
),
twice AS (
    SELECT identity_hash, string_agg(line_number, ', ' ORDER BY line_number) AS lines
    FROM fresh GROUP BY identity_hash HAVING count(*) > 1
)
SELECT fresh.line_number, $column_name, NULL, 'changed_since', stored.import_id || ':' || stored.line_number
FROM fresh JOIN (SELECT identity_hash, any_value(import_id) AS import_id, any_value(line_number) AS line_number
    FROM stored GROUP BY identity_hash) AS stored USING (identity_hash)
UNION ALL
SELECT fresh.line_number, $column_name, NULL, 'contradiction', twice.lines
FROM fresh JOIN twice USING (identity_hash)
WHERE fresh.identity_hash NOT IN (SELECT identity_hash FROM stored)
