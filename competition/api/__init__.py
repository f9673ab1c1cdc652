"""Entering, recommending and checking by JSON: for schools' own systems and for scripts of the office."""
