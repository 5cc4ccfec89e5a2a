-- Places that were not taken as they stood in the file, with the original.
INSERT INTO repairs
SELECT line_number, column_name, original_value, repaired_value, rule, confidence
FROM parsed JOIN (
    SELECT place_id, CASE WHEN code_text IS NULL THEN 'kelurahan' ELSE 'kode_kelurahan' END AS column_name,
        coalesce(code_text, area_text, district_text) AS original_value,
        coalesce(area_code, district_code) AS repaired_value, note AS rule, coalesce(confidence, 1) AS confidence
    FROM place_lookup WHERE note IS NOT NULL AND rule IS NULL
) USING (place_id)
