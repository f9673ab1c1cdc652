"""Pages of lists, prizes and certificates, and those that need all three apps."""
