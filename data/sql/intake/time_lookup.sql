-- The times of day as HH:MM, each text looked at once.
CREATE OR REPLACE TEMP TABLE time_lookup AS
SELECT jam AS text, lpad(regexp_extract(jam, '^[0-9]+'), 2, '0') || ':' || regexp_extract(jam, '[.:]([0-9]{2})', 1)
    AS code
FROM (SELECT DISTINCT jam FROM lines)
WHERE regexp_full_match(jam, '([01]?[0-9]|2[0-3])[.:][0-5][0-9]([.:][0-5][0-9])?')
