-- A checklist speaks of TPS that exist: where the TPS of a kelurahan are in, another number is a slip.
INSERT INTO faults
SELECT line_number, 'no_tps', no_tps, 'station_unknown', numbers
FROM hashed
JOIN (
    SELECT election_code, stated_area_code, min(station_number) || '–' || max(station_number) AS numbers
    FROM station_known GROUP BY ALL
) USING (election_code, stated_area_code)
WHERE indicators <> '{}' AND identity_hash NOT IN (SELECT identity_hash FROM station_known)
