-- The catalog is asked about every column that a query mentions, so these views mention few.
CREATE OR REPLACE VIEW valid_import AS
SELECT * FROM import_record WHERE import_id NOT IN (SELECT import_id FROM import_undo);

-- Boundaries that were proposed are not in force before another person confirmed them.
CREATE OR REPLACE VIEW boundary_import AS
SELECT region_code, arg_max(import_id, recorded_at) AS import_id
FROM valid_import
WHERE kind = 'area' AND coalesce(code_system, 'kemendagri') = 'kemendagri' AND import_id NOT IN (
    SELECT subject FROM proposal WHERE kind = 'batas' AND proposal_id NOT IN (
        SELECT proposal_id FROM proposal_decision WHERE outcome = 'setuju'
    )
)
GROUP BY region_code;

CREATE OR REPLACE VIEW current_area AS
SELECT area.* FROM area JOIN boundary_import USING (region_code, import_id);

CREATE OR REPLACE VIEW current_incident AS
SELECT incident.*, location.area_code, location.point_area_code, location.method, location.basis,
       location.distance_m, location.disagrees,
       -- Nothing places it in the region, and its words or its point place it elsewhere.
       location.basis IS NULL AND stated_district_code IS NULL
           AND coalesce(stated_regency <> region_code, location.method = 'outside') AS outside_region
FROM incident
JOIN boundary_import USING (region_code)
JOIN location ON location.kind = 'incident' AND location.row_import_id = incident.import_id
    AND location.line_number = incident.line_number
    AND location.boundary_import_id = boundary_import.import_id
WHERE incident.import_id NOT IN (SELECT import_id FROM import_undo);

-- One row a TPS: lists complete each other (KPU its voters, Bawaslu its indicators) and never contradict.
CREATE OR REPLACE VIEW current_station AS
SELECT station.region_code, station.election_code, station.station_number, station.stated_area_code,
       max(station.place_name) AS place_name, max(station.longitude) AS longitude, max(station.latitude) AS latitude,
       max(station.voter_count_male) AS voter_count_male, max(station.voter_count_female) AS voter_count_female,
       max(station.police_class) AS police_class,
       coalesce(max(nullif(station.indicators, '{}')), '{}') AS indicators, bool_or(station.simulated) AS simulated,
       max(location.area_code) AS area_code, max(location.point_area_code) AS point_area_code,
       coalesce(max(location.method) FILTER (WHERE location.method <> 'no_coordinate'), 'no_coordinate') AS method,
       max(location.basis) AS basis, max(location.distance_m) AS distance_m, bool_or(location.disagrees) AS disagrees
FROM station
JOIN boundary_import USING (region_code)
JOIN location ON location.kind = 'station' AND location.row_import_id = station.import_id
    AND location.line_number = station.line_number
    AND location.boundary_import_id = boundary_import.import_id
WHERE station.import_id NOT IN (SELECT import_id FROM import_undo)
GROUP BY station.region_code, station.election_code, station.station_number, station.stated_area_code,
    station.identity_hash;

CREATE OR REPLACE VIEW current_nil_report AS
SELECT * FROM nil_report WHERE import_id NOT IN (SELECT import_id FROM import_undo);

CREATE OR REPLACE VIEW current_event_decision AS
SELECT * FROM event_decision WHERE decision_id NOT IN (SELECT decision_id FROM event_decision_undo);

CREATE OR REPLACE VIEW open_quarantine AS
SELECT quarantine.* FROM quarantine
JOIN valid_import USING (import_id)
WHERE (import_id, line_number) NOT IN (
    SELECT (quarantine_resolution.import_id, quarantine_resolution.line_number)
    FROM quarantine_resolution JOIN valid_import ON valid_import.import_id = by_import_id
);

CREATE OR REPLACE VIEW current_agency_class AS
SELECT * FROM agency_class WHERE import_id NOT IN (SELECT import_id FROM import_undo);

CREATE OR REPLACE VIEW current_area_indicator AS
SELECT * FROM area_indicator WHERE import_id NOT IN (SELECT import_id FROM import_undo);
