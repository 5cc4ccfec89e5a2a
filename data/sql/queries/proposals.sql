-- What was proposed for a region, newest first, with what was decided.
SELECT proposal.proposal_id, kind, subject, content, proposal.reason, proposal.actor, proposal.recorded_at,
    outcome, decision.actor AS decided_by, decision.reason AS decision_reason, decision.recorded_at AS decided_at
FROM proposal LEFT JOIN proposal_decision AS decision USING (proposal_id)
WHERE region_code = $region_code
ORDER BY proposal.recorded_at DESC, proposal.proposal_id DESC
