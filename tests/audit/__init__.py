"""Rules of the audit, each with a report that holds together and one that does not."""
