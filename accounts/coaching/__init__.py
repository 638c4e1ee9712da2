"""Becoming a coach, and being one no longer."""
