-- row_hash names the whole content; identity_hash names the event that the row speaks of.
CREATE OR REPLACE TEMP TABLE hashed AS
SELECT parsed.* EXCLUDE (reported_on, place_rule, place_facts),
    coalesce(reported_on, occurred_on) AS reported_on,
    reported_on IS NULL AS report_date_missing,
    md5_number_lower(concat_ws(chr(31), coalesce(source_id, ''), coalesce(source_name, ''), occurred_on,
        coalesce(occurred_time, ''), coalesce(reported_on::VARCHAR, ''), category_code, severity,
        coalesce(description, ''), coalesce(stated_area_code, ''), coalesce(stated_district_code, ''),
        coalesce(longitude::VARCHAR, ''), coalesce(latitude::VARCHAR, ''), "precision", verification))
        AS row_hash,
    md5_number_lower(CASE WHEN source_id IS NOT NULL
        THEN concat_ws(chr(31), 'id', coalesce(source_name, ''), source_id)
        ELSE concat_ws(chr(31), 'row', coalesce(source_name, ''), occurred_on, coalesce(occurred_time, ''),
            category_code, coalesce(description, ''), coalesce(stated_area_code, ''),
            coalesce(stated_district_code, ''), coalesce(longitude::VARCHAR, ''),
            coalesce(latitude::VARCHAR, '')) END) AS identity_hash
FROM parsed
WHERE line_number NOT IN (SELECT line_number FROM faults)
