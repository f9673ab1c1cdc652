"""The demo year: invented people, entries, marks and votes, as workbooks. The same seed gives the same bytes."""
