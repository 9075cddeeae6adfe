"""Pairs of reports with known changes."""
