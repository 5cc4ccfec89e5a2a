-- Every fault of every line of reports that say nothing happened.
CREATE OR REPLACE TEMP TABLE faults AS
SELECT line_number, 'sumber' AS column_name, NULL::VARCHAR AS value, 'required' AS rule, NULL::VARCHAR AS facts
FROM parsed WHERE sumber IS NULL
UNION ALL
SELECT line_number, 'tanggal_mulai', NULL, 'required', NULL FROM parsed WHERE tanggal_mulai IS NULL
UNION ALL
SELECT line_number, 'tanggal_mulai', tanggal_mulai, coalesce(rule, 'date'), facts
FROM parsed LEFT JOIN date_faults ON column_name = 'tanggal_mulai' AND text = tanggal_mulai
WHERE tanggal_mulai IS NOT NULL AND period_start IS NULL
UNION ALL
SELECT line_number, 'tanggal_selesai', tanggal_selesai, coalesce(rule, 'date'), facts
FROM parsed LEFT JOIN date_faults ON column_name = 'tanggal_selesai' AND text = tanggal_selesai
WHERE tanggal_selesai IS NOT NULL AND period_end IS NULL
UNION ALL
SELECT line_number, 'tanggal_laporan', tanggal_laporan, coalesce(rule, 'date'), facts
FROM parsed LEFT JOIN date_faults ON column_name = 'tanggal_laporan' AND text = tanggal_laporan
WHERE tanggal_laporan IS NOT NULL AND reported IS NULL
UNION ALL
SELECT line_number, 'tanggal_selesai', tanggal_selesai, 'period', period_start::VARCHAR
FROM parsed WHERE period_end < period_start
UNION ALL
SELECT line_number, 'tanggal_laporan', tanggal_laporan, 'reported_before', period_start::VARCHAR
FROM parsed WHERE reported < period_start
UNION ALL
SELECT line_number, 'tanggal_mulai', tanggal_mulai, 'future', $today::VARCHAR FROM parsed WHERE period_start > $today
UNION ALL
SELECT line_number, 'tanggal_selesai', tanggal_selesai, 'future', $today::VARCHAR
FROM parsed WHERE tanggal_selesai IS NOT NULL AND period_end > $today
UNION ALL
SELECT line_number, 'tanggal_laporan', tanggal_laporan, 'future', $today::VARCHAR FROM parsed WHERE reported > $today
UNION ALL
SELECT line_number, 'tanggal_mulai', tanggal_mulai, 'past', NULL FROM parsed WHERE period_start < DATE '1998-01-01'
UNION ALL
SELECT line_number, 'kode_kelurahan', coalesce(kode_kelurahan, concat_ws(', ', kelurahan, kecamatan)), rule, facts
FROM parsed JOIN (SELECT place_id, rule, facts FROM place_lookup WHERE rule IS NOT NULL) USING (place_id)
UNION ALL
SELECT line_number, 'sumber', sumber, 'example_row', NULL FROM parsed WHERE starts_with(upper(sumber), 'CONTOH')
