-- A proposal says what and who; a decision is about a proposal, made once, by another person.
SELECT proposal_id, min(region_code), min(kind), count(*) FROM proposal
GROUP BY proposal_id
HAVING count(*) > 1 OR bool_or(
    coalesce(kind NOT IN ('batal_impor', 'bobot', 'batas', 'status_berkas', 'peringatan', 'ramalan'), true)
    OR coalesce(trim(actor), '') = '' OR coalesce(trim(subject), '') = ''
)
UNION ALL
SELECT proposal_id, min(proposal.region_code), min(outcome), count(*)
FROM proposal_decision LEFT JOIN proposal USING (proposal_id)
GROUP BY proposal_id
HAVING count(*) > 1 OR bool_or(
    coalesce(outcome NOT IN ('setuju', 'tolak'), true) OR coalesce(trim(proposal_decision.actor), '') = ''
    OR proposal.actor IS NULL OR proposal.actor = proposal_decision.actor
)
