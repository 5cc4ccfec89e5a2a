SELECT decision_id IN (SELECT decision_id FROM event_decision_undo) AS undone
FROM event_decision WHERE region_code = $region_code AND decision_id = $decision_id
