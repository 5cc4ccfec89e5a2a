-- One typed row for each staged line of what a text about a meeting holds.
-- A sentence may name several days and issues, each an item of its own: identity_hash is row_hash.
CREATE OR REPLACE TEMP TABLE parsed AS
SELECT *,
    (md5_number(concat_ws(chr(31), held_on, judul, item_kind, coalesce(item_day::VARCHAR, ''),
        coalesce(category_code, ''), isi)) >> 64)::UBIGINT AS row_hash,
    row_hash AS identity_hash
FROM (
    SELECT lines.* REPLACE (
            CASE WHEN held.day IS NULL THEN masked(lines.tanggal) ELSE lines.tanggal END AS tanggal,
            CASE WHEN item.day IS NULL THEN masked(lines.hari) ELSE lines.hari END AS hari,
            CASE WHEN category.code IS NULL THEN masked(lines.kategori) ELSE lines.kategori END AS kategori,
            masked(lines.jenis) AS jenis
        ),
        held.day AS held_on,
        item.day AS item_day,
        replace(replace(lower(lines.jenis), ' ', '_'), '-', '_') AS item_kind,
        category.code AS category_code,
        coalesce(contains(lower(lines.penanda), 'simulasi'), false)
            OR coalesce(contains(lower(lines.judul), 'simulasi'), false) AS simulated
    FROM lines
    LEFT JOIN date_lookup AS held ON held.column_name = 'tanggal' AND held.text = lines.tanggal
    LEFT JOIN date_lookup AS item ON item.column_name = 'hari' AND item.text = lines.hari
    LEFT JOIN category_lookup AS category ON category.text = lines.kategori
)
