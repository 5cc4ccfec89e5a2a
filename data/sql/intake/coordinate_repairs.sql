-- Coordinates that were not taken as they stood in the file, with the original.
INSERT INTO repairs
SELECT line_number, column_name, masked(original_value), repaired_value, rule, confidence FROM coordinate_repairs
