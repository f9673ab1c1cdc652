"""Pure: no Django, no clock, no files, no chance. Plain values in, plain values out."""

VERSION = "0.1.0"
