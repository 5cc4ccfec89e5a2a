-- Quarantined lines that lines of this import replace, whatever became of these.
WITH named AS (
    SELECT asal_impor AS import_id, try_cast(asal_baris AS BIGINT) AS line_number,
        min(line_number) AS by_line_number
    FROM parsed WHERE asal_impor IS NOT NULL AND asal_impor <> $import_id GROUP BY ALL
),
waiting AS (
    SELECT DISTINCT open_quarantine.import_id, open_quarantine.line_number
    FROM open_quarantine JOIN valid_import USING (import_id)
    WHERE region_code = $region_code AND kind = $kind
)
SELECT import_id, line_number, $import_id AS by_import_id, by_line_number
FROM named JOIN waiting USING (import_id, line_number) ORDER BY import_id, line_number
