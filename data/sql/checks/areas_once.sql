-- An area code stands once in a boundary set.
SELECT import_id, area_code, count(*) FROM area GROUP BY import_id, area_code HAVING count(*) > 1
