-- Every fault of every line of what a text about a meeting holds. A day that it names may lie in the future.
CREATE OR REPLACE TEMP TABLE faults AS
SELECT line_number, 'tanggal' AS column_name, NULL::VARCHAR AS value, 'required' AS rule, NULL::VARCHAR AS facts
FROM parsed WHERE tanggal IS NULL
UNION ALL
SELECT line_number, 'tanggal', tanggal, coalesce(rule, 'date'), facts
FROM parsed LEFT JOIN date_faults ON column_name = 'tanggal' AND text = tanggal
WHERE tanggal IS NOT NULL AND held_on IS NULL
UNION ALL
SELECT line_number, 'hari', hari, coalesce(rule, 'date'), facts
FROM parsed LEFT JOIN date_faults ON column_name = 'hari' AND text = hari
WHERE hari IS NOT NULL AND item_day IS NULL
UNION ALL
SELECT line_number, 'tanggal', tanggal, 'future', $today::VARCHAR FROM parsed WHERE held_on > $today
UNION ALL
SELECT line_number, 'tanggal', tanggal, 'past', NULL FROM parsed WHERE held_on < DATE '1998-01-01'
UNION ALL
SELECT line_number, 'judul', NULL, 'required', NULL FROM parsed WHERE judul IS NULL
UNION ALL
SELECT line_number, 'isi', NULL, 'required', NULL FROM parsed WHERE isi IS NULL
UNION ALL
SELECT line_number, 'jenis', jenis, CASE WHEN jenis IS NULL THEN 'required' ELSE 'item_kind' END, NULL
FROM parsed WHERE jenis IS NULL OR item_kind NOT IN ('tanggal', 'isu', 'tindak_lanjut')
UNION ALL
SELECT line_number, 'hari', NULL, 'required', NULL FROM parsed WHERE item_kind = 'tanggal' AND hari IS NULL
UNION ALL
SELECT line_number, 'kategori', kategori, 'category', NULL
FROM parsed WHERE kategori IS NOT NULL AND category_code IS NULL
