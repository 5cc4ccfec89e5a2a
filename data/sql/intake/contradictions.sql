-- Lines that speak of an event or TPS already known, or named twice here, with another content.
INSERT INTO faults
WITH fresh AS (SELECT line_number, identity_hash FROM hashed ANTI JOIN repeats USING (line_number)),
twice AS (SELECT identity_hash FROM fresh GROUP BY identity_hash HAVING count(*) > 1),
known AS (
    SELECT identity_hash, any_value(import_id || ':' || line_number) AS place FROM stored GROUP BY identity_hash
),
together AS (
    SELECT identity_hash, string_agg(line_number, ', ' ORDER BY line_number) AS lines
    FROM fresh SEMI JOIN twice USING (identity_hash) GROUP BY identity_hash
)
SELECT line_number, $column_name, NULL, 'changed_since', place FROM fresh JOIN known USING (identity_hash)
UNION ALL
SELECT line_number, $column_name, NULL, 'contradiction', lines
FROM fresh JOIN together USING (identity_hash) ANTI JOIN known USING (identity_hash)
