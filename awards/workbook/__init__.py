"""A whole contest as one workbook: what its sheets are, how they are read, checked, loaded and written."""
