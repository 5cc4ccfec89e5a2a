-- Every fault of every line of structural indicators.
CREATE OR REPLACE TEMP TABLE faults AS
SELECT line_number, 'indikator' AS column_name, NULL::VARCHAR AS value, 'required' AS rule, NULL::VARCHAR AS facts
FROM parsed WHERE indikator IS NULL
UNION ALL
SELECT line_number, 'indikator', indikator, 'indicator', $known
FROM parsed WHERE indikator IS NOT NULL AND indicator_code IS NULL
UNION ALL
SELECT line_number, 'nilai', nilai, CASE WHEN nilai IS NULL THEN 'required' ELSE 'decimal' END, NULL
FROM parsed WHERE value IS NULL
UNION ALL
SELECT line_number, 'nilai', nilai, 'indicator_range',
    replace(format('{:g} sampai {:g}', least, most), '.', ',')
FROM parsed WHERE value NOT BETWEEN least AND most
UNION ALL
SELECT line_number, 'sumber', NULL, 'required', NULL FROM parsed WHERE sumber IS NULL
UNION ALL
SELECT line_number, 'sumber', sumber, 'example_row', NULL FROM parsed WHERE starts_with(upper(sumber), 'CONTOH')
UNION ALL
SELECT line_number, 'tanggal', NULL, 'required', NULL FROM parsed WHERE tanggal IS NULL
UNION ALL
SELECT line_number, 'tanggal', tanggal, coalesce(rule, 'date'), facts
FROM parsed LEFT JOIN date_faults ON column_name = 'tanggal' AND text = tanggal
WHERE tanggal IS NOT NULL AND observed_on IS NULL
UNION ALL
SELECT line_number, 'tanggal', tanggal, 'future', $today::VARCHAR FROM parsed WHERE observed_on > $today
UNION ALL
SELECT line_number, 'tanggal', tanggal, 'past', NULL FROM parsed WHERE observed_on < DATE '1998-01-01'
UNION ALL
SELECT line_number, 'kode_kelurahan', coalesce(kode_kelurahan, concat_ws(', ', kelurahan, kecamatan)), rule, facts
FROM parsed JOIN (SELECT place_id, rule, facts FROM place_lookup WHERE rule IS NOT NULL) USING (place_id)
UNION ALL
SELECT line_number, 'kode_kelurahan', NULL, 'required', NULL
FROM parsed
WHERE stated_area_code IS NULL AND place_id IN (SELECT place_id FROM place_lookup WHERE rule IS NULL)
