-- What is new and faultless: the rows that this import brings.
CREATE OR REPLACE TEMP VIEW fresh AS
SELECT hashed.* FROM hashed ANTI JOIN repeats USING (line_number) ANTI JOIN faults USING (line_number)
