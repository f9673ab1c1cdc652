"""Pages of contests: find, call, answer."""
