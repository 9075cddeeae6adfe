"""Random reports that are set, read and compared."""
