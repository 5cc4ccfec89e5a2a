CREATE OR REPLACE TEMP TABLE faults AS
SELECT line_number, 'pemilihan' AS column_name, pemilihan AS value,
    CASE WHEN pemilihan IS NULL THEN 'required' ELSE 'election' END AS rule, $elections AS facts
FROM parsed WHERE election_code IS NULL
UNION ALL
SELECT line_number, 'no_tps', no_tps, CASE WHEN no_tps IS NULL THEN 'required' ELSE 'station_number' END, NULL
FROM parsed WHERE station_number IS NULL
UNION ALL
SELECT line_number, 'kode_kelurahan', coalesce(kode_kelurahan, concat_ws(', ', kelurahan, kecamatan)), place_rule,
    place_facts
FROM parsed WHERE place_rule IS NOT NULL
UNION ALL
SELECT line_number, 'kode_kelurahan', NULL, 'required', NULL
FROM parsed WHERE place_rule IS NULL AND stated_area_code IS NULL
UNION ALL
SELECT line_number, 'dpt_l', dpt_l, 'count', NULL
FROM parsed WHERE dpt_l IS NOT NULL AND voter_count_male IS NULL
UNION ALL
SELECT line_number, 'dpt_p', dpt_p, 'count', NULL
FROM parsed WHERE dpt_p IS NOT NULL AND voter_count_female IS NULL
UNION ALL
SELECT line_number, 'dpt_l', (voter_count_male + voter_count_female)::VARCHAR, 'too_many_voters', max_voters::VARCHAR
FROM parsed WHERE voter_count_male + voter_count_female > max_voters
UNION ALL
SELECT line_number, 'kelas_polri', kelas_polri, 'police_class', NULL
FROM parsed WHERE police_class NOT IN ('kurang rawan', 'rawan', 'sangat rawan', 'khusus')
UNION ALL
SELECT * FROM coordinate_faults
UNION ALL
SELECT * FROM indicator_faults
