#!/usr/bin/env python
"""Laurel's commands. On a server set LAUREL_MODE=production; at a desk nothing needs to be set."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("LAUREL_MODE", "desk")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
