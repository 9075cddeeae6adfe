"""Briefings."""
