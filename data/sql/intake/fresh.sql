-- The rows that this import brings: faultless and new.
CREATE OR REPLACE TEMP VIEW fresh AS SELECT hashed.* FROM hashed ANTI JOIN repeats USING (line_number)
