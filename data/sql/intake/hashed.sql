-- The faultless lines.
CREATE OR REPLACE TEMP VIEW hashed AS
SELECT parsed.* EXCLUDE (place_rule, place_facts) FROM parsed ANTI JOIN faults USING (line_number)
