"""Pages of judges and of those who wait for their sheets."""
