"""Who is honoured: prize plans, award lists, the Mayor's Award, recognitions, certificates."""
