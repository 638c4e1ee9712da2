"""Reads of the training room. Each takes the acting user, and knows nothing of anybody else's."""
