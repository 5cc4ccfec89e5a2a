-- Names that are only alike to one of ours, each once, for a person to answer.
SELECT coalesce(area_text, '') AS name, coalesce(district_text, '') AS district, count(*) AS row_count,
    asked.area_code, asked.area_name, replace(asked.similarity, ',', '.')::DOUBLE AS similarity
FROM parsed JOIN (
    SELECT place_id, area_text, district_text,
        regexp_extract(facts, '^(\S+) (.*) \(([0-9,]+)\)$', ['area_code', 'area_name', 'similarity']) AS asked
    FROM place_lookup WHERE rule = 'name_question'
) USING (place_id)
GROUP BY ALL ORDER BY row_count DESC, name, district
