-- A line about a known TPS that says nothing else than its lists do completes them.
CREATE OR REPLACE TEMP TABLE completing AS
SELECT stated.line_number
FROM parsed AS stated JOIN station_known AS known ON known.identity_hash = stated.identity_hash
WHERE coalesce(stated.lokasi = known.place_name, true)
    AND coalesce(stated.longitude = known.longitude, true) AND coalesce(stated.latitude = known.latitude, true)
    AND coalesce(stated.voter_count_male = known.voter_count_male, true)
    AND coalesce(stated.voter_count_female = known.voter_count_female, true)
    AND coalesce(stated.police_class = known.police_class, true)
    AND coalesce(nullif(stated.indicators, '{}') = known.indicators, true);
DELETE FROM faults WHERE rule = 'changed_since' AND line_number IN (SELECT line_number FROM completing)
