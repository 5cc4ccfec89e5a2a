-- The catalog is asked about every column that a query mentions, so these views mention few.
CREATE VIEW valid_import AS
SELECT * FROM import_record WHERE import_id NOT IN (SELECT import_id FROM import_undo);

CREATE VIEW boundary_import AS
SELECT region_code, arg_max(import_id, recorded_at) AS import_id
FROM valid_import WHERE kind = 'area' GROUP BY region_code;

CREATE VIEW current_area AS
SELECT area.* FROM area JOIN boundary_import USING (region_code, import_id);

CREATE VIEW current_incident AS
SELECT incident.*, location.area_code, location.point_area_code, location.method, location.basis,
       location.distance_m, location.disagrees
FROM incident
JOIN boundary_import USING (region_code)
JOIN location ON location.kind = 'incident' AND location.row_import_id = incident.import_id
    AND location.line_number = incident.line_number
    AND location.boundary_import_id = boundary_import.import_id
WHERE incident.import_id NOT IN (SELECT import_id FROM import_undo);

CREATE VIEW current_station AS
SELECT station.*, location.area_code, location.point_area_code, location.method, location.basis,
       location.distance_m, location.disagrees
FROM station
JOIN boundary_import USING (region_code)
JOIN location ON location.kind = 'station' AND location.row_import_id = station.import_id
    AND location.line_number = station.line_number
    AND location.boundary_import_id = boundary_import.import_id
WHERE station.import_id NOT IN (SELECT import_id FROM import_undo);
