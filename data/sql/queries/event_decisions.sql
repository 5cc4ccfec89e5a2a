-- Decisions about what is one event, newest first, with the reports that each is about.
SELECT decision_id, outcome, reason, actor, decided_on, recorded_at,
    decision_id IN (SELECT decision_id FROM event_decision_undo) AS undone, reports
FROM event_decision
LEFT JOIN (
    SELECT decision_id,
        list({
            'import_id': import_id, 'line_number': line_number, 'occurred_on': occurred_on,
            'category_code': category_code, 'description': description, 'source_name': source_name,
            'area_code': coalesce(placed.area_code, stated_district_code)
        } ORDER BY import_id, line_number) AS reports
    FROM incident JOIN event_decision_member USING (import_id, line_number)
    LEFT JOIN (
        SELECT row_import_id AS import_id, line_number, area_code
        FROM location JOIN boundary_import ON boundary_import_id = boundary_import.import_id
        WHERE kind = 'incident' AND region_code = $region_code
    ) AS placed USING (import_id, line_number)
    GROUP BY decision_id
) USING (decision_id)
WHERE region_code = $region_code
ORDER BY recorded_at DESC, decision_id DESC
