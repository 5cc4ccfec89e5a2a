-- A decision is about two or more incidents of its region, each named once, and it is taken back at most once.
WITH decision AS MATERIALIZED (SELECT decision_id, region_code, outcome FROM event_decision),
member AS MATERIALIZED (SELECT decision_id, import_id, line_number FROM event_decision_member),
counted AS (
    SELECT decision_id, incident.region_code, count(*) AS named_count,
        count(DISTINCT (import_id, line_number)) AS row_count
    FROM member
    LEFT JOIN (SELECT import_id, line_number, region_code FROM incident SEMI JOIN member USING (import_id, line_number))
        AS incident USING (import_id, line_number)
    GROUP BY decision_id, incident.region_code
)
SELECT decision_id, decision.region_code, outcome, sum(named_count), sum(row_count)
FROM decision LEFT JOIN counted USING (decision_id)
GROUP BY ALL
HAVING outcome NOT IN ('satu', 'terpisah') OR count(row_count) <> 1 OR sum(row_count) < 2
    OR sum(row_count) <> sum(named_count) OR bool_or(counted.region_code IS DISTINCT FROM decision.region_code)
UNION ALL
SELECT decision_id, NULL, 'dibatalkan', count(*), NULL
FROM event_decision_undo
GROUP BY decision_id
HAVING count(*) > 1 OR decision_id NOT IN (SELECT decision_id FROM decision)
