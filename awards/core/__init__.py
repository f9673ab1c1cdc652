"""Pure: no Django, no clock, no files, no chance. Arrays and frames in, new ones out."""
