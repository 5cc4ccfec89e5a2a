-- Every fault of every line of a TPS list, by name of the rule.
CREATE OR REPLACE TEMP TABLE faults AS
SELECT line_number, 'pemilihan' AS column_name, pemilihan AS value,
    CASE WHEN pemilihan IS NULL THEN 'required' ELSE 'election' END AS rule, $elections AS facts
FROM parsed WHERE election_code IS NULL
UNION ALL
SELECT line_number, 'no_tps', no_tps, CASE WHEN no_tps IS NULL THEN 'required' ELSE 'station_number' END, NULL
FROM parsed WHERE station_number IS NULL
UNION ALL
SELECT line_number, 'kode_kelurahan', coalesce(kode_kelurahan, concat_ws(', ', kelurahan, kecamatan)), rule, facts
FROM parsed JOIN (SELECT place_id, rule, facts FROM place_lookup WHERE rule IS NOT NULL) USING (place_id)
UNION ALL
SELECT line_number, 'kode_kelurahan', NULL, 'required', NULL
FROM parsed WHERE stated_area_code IS NULL AND place_id IN (SELECT place_id FROM place_lookup WHERE rule IS NULL)
UNION ALL
SELECT line_number, 'dpt_l', dpt_l, 'count', $male_style
FROM parsed WHERE dpt_l IS NOT NULL AND voter_count_male IS NULL
UNION ALL
SELECT line_number, 'dpt_p', dpt_p, 'count', $female_style
FROM parsed WHERE dpt_p IS NOT NULL AND voter_count_female IS NULL
UNION ALL
SELECT line_number, 'dpt', dpt, 'count', $total_style
FROM parsed WHERE dpt IS NOT NULL AND voter_count IS NULL
UNION ALL
SELECT line_number, 'dpt', dpt, 'sum_of_voters', (voter_count_male + voter_count_female)::VARCHAR
FROM parsed WHERE voter_count_male + voter_count_female <> voter_count
UNION ALL
SELECT line_number, CASE WHEN voter_count_male IS NULL THEN 'dpt' ELSE 'dpt_l' END,
    coalesce(voter_count_male + voter_count_female, voter_count)::VARCHAR, 'too_many_voters', max_voters::VARCHAR
FROM parsed WHERE coalesce(voter_count_male + voter_count_female, voter_count) > max_voters
UNION ALL
SELECT line_number, 'kelas_polri', kelas_polri, 'police_class', NULL
FROM parsed WHERE police_class NOT IN ('kurang rawan', 'rawan', 'sangat rawan', 'khusus')
UNION ALL
SELECT line_number, column_name, masked(value), rule, masked(facts) FROM coordinate_faults
UNION ALL
SELECT * FROM indicator_faults
UNION ALL
SELECT line_number, 'lokasi', lokasi, 'example_row', NULL FROM parsed WHERE starts_with(upper(lokasi), 'CONTOH')
