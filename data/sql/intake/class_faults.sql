-- Every fault of every line of other bodies' classes.
CREATE OR REPLACE TEMP TABLE faults AS
SELECT line_number, 'lembaga' AS column_name, NULL::VARCHAR AS value, 'required' AS rule, NULL::VARCHAR AS facts
FROM parsed WHERE lembaga IS NULL
UNION ALL
SELECT line_number, 'lembaga', lembaga, 'example_row', NULL FROM parsed WHERE starts_with(upper(lembaga), 'CONTOH')
UNION ALL
SELECT line_number, 'edisi', NULL, 'required', NULL FROM parsed WHERE edisi IS NULL
UNION ALL
SELECT line_number, 'tanggal', NULL, 'required', NULL FROM parsed WHERE tanggal IS NULL
UNION ALL
SELECT line_number, 'tanggal', tanggal, coalesce(rule, 'date'), facts
FROM parsed LEFT JOIN date_faults ON column_name = 'tanggal' AND text = tanggal
WHERE tanggal IS NOT NULL AND assessed_on IS NULL
UNION ALL
SELECT line_number, 'tanggal', tanggal, 'future', $today::VARCHAR FROM parsed WHERE assessed_on > $today
UNION ALL
SELECT line_number, 'tanggal', tanggal, 'past', NULL FROM parsed WHERE assessed_on < DATE '1998-01-01'
UNION ALL
SELECT line_number, 'kelas', NULL, 'required', NULL FROM parsed WHERE kelas IS NULL
UNION ALL
SELECT line_number, 'kelas', kelas,
    CASE WHEN regexp_full_match(kelas, '[+-]?[0-9]+([.,][0-9]+)*\s*(%|/\s*[0-9]+)?') THEN 'class_number'
         ELSE 'class_word' END,
    NULL
FROM parsed WHERE kelas IS NOT NULL AND class_code IS NULL
UNION ALL
SELECT line_number, 'kode_kelurahan', coalesce(kode_kelurahan, concat_ws(', ', kelurahan, kecamatan)), rule, facts
FROM parsed JOIN (SELECT place_id, rule, facts FROM place_lookup WHERE rule IS NOT NULL) USING (place_id)
UNION ALL
SELECT line_number, 'kode_kelurahan', NULL, 'required', NULL
FROM parsed
WHERE stated_area_code IS NULL AND place_id IN (SELECT place_id FROM place_lookup WHERE rule IS NULL)
