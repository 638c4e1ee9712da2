"""Reads of the coaching room. Each takes the acting user, and knows only what that user may see."""
