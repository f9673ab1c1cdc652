"""Who and what: contests, schools, students, tutors, entries; people and roles; the event log; importing."""
