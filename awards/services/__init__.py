"""Every write of this app. Keyword-only, one transaction, one event, or a Refused that tells why."""
