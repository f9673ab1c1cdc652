"""The award list in the form in which an office hands it in: one choice, four kinds of file."""
