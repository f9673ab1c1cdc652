"""What an office takes home: lists, standings, certificates, the report, and the figures for a script."""
