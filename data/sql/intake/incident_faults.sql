-- Every fault of every line, by name of the rule; the sentences are written where texts are written.
CREATE OR REPLACE TEMP TABLE faults AS
SELECT line_number, 'tanggal_kejadian' AS column_name, NULL::VARCHAR AS value, 'required' AS rule, NULL::VARCHAR AS facts
FROM parsed WHERE tanggal_kejadian IS NULL
UNION ALL
SELECT line_number, 'tanggal_kejadian', tanggal_kejadian, coalesce(rule, 'date'), facts
FROM parsed LEFT JOIN date_faults ON column_name = 'tanggal_kejadian' AND text = tanggal_kejadian
WHERE tanggal_kejadian IS NOT NULL AND occurred_on IS NULL
UNION ALL
SELECT line_number, 'tanggal_laporan', tanggal_laporan, coalesce(rule, 'date'), facts
FROM parsed LEFT JOIN date_faults ON column_name = 'tanggal_laporan' AND text = tanggal_laporan
WHERE tanggal_laporan IS NOT NULL AND reported IS NULL
UNION ALL
SELECT line_number, 'tanggal_laporan', tanggal_laporan, 'reported_before', occurred_on::VARCHAR
FROM parsed WHERE reported < occurred_on
UNION ALL
SELECT line_number, 'tanggal_kejadian', tanggal_kejadian, 'future', $today::VARCHAR
FROM parsed WHERE occurred_on > $today
UNION ALL
SELECT line_number, 'tanggal_laporan', tanggal_laporan, 'future', $today::VARCHAR
FROM parsed WHERE reported > $today
UNION ALL
SELECT line_number, 'tanggal_kejadian', tanggal_kejadian, 'past', NULL
FROM parsed WHERE occurred_on < DATE '1998-01-01'
UNION ALL
SELECT line_number, 'jam', jam, 'time', NULL
FROM parsed WHERE jam IS NOT NULL AND occurred_time IS NULL
UNION ALL
SELECT line_number, 'kategori', NULL, 'required', NULL FROM parsed WHERE kategori IS NULL
UNION ALL
SELECT line_number, 'kategori', kategori, 'category', NULL
FROM parsed WHERE kategori IS NOT NULL AND category_code IS NULL
UNION ALL
SELECT line_number, 'id_sumber', id_sumber, 'example', NULL
FROM parsed WHERE starts_with(upper(id_sumber), 'CONTOH')
UNION ALL
SELECT line_number, 'keparahan', keparahan, CASE WHEN keparahan IS NULL THEN 'required' ELSE 'severity' END, NULL
FROM parsed WHERE severity IS NULL
UNION ALL
SELECT line_number, 'presisi', presisi, 'precision', NULL
FROM parsed WHERE "precision" NOT IN ('titik', 'rt', 'kelurahan', 'kecamatan', 'kabupaten')
UNION ALL
SELECT line_number, 'status', status, 'verification', NULL
FROM parsed WHERE verification NOT IN (
    'masuk', 'terverifikasi', 'ditolak', 'tidak_dapat_dipastikan', 'ditangani', 'selesai')
UNION ALL
SELECT line_number, 'kode_kelurahan', coalesce(kode_kelurahan, concat_ws(', ', kelurahan, kecamatan)), rule, facts
FROM parsed JOIN (SELECT place_id, rule, facts FROM place_lookup WHERE rule IS NOT NULL) USING (place_id)
UNION ALL
SELECT line_number, 'kode_kelurahan', NULL, 'no_place', NULL
FROM parsed
WHERE bujur IS NULL AND lintang IS NULL AND stated_district_code IS NULL AND "precision" <> 'kabupaten'
    AND place_id IN (SELECT place_id FROM place_lookup WHERE rule IS NULL)
UNION ALL
SELECT line_number, column_name, masked(value), rule, masked(facts) FROM coordinate_faults
