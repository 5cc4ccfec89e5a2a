-- An entry of the calendar holds the election of its code and says who made it, when and why; its number stands once.
SELECT entry_id, min(region_code), min(election_code), count(*) FROM election_entry
GROUP BY entry_id
HAVING count(*) > 1 OR bool_or(
    NOT coalesce(starts_with(content, 'code = "' || election_code || '"'), false) OR withdrawn IS NULL
    OR coalesce(trim(reason), '') = '' OR coalesce(trim(actor), '') = '' OR decided_on IS NULL
)
