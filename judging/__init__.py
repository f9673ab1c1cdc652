"""Who marks what: judges, conflicts, rounds, rubrics, assignments, sheets, marks; scores and standings."""
