"""What the page of a judge sends while it is open, with or without a network."""
