"""Writes of the training room. Each may be repeated; what is queued is queued on commit."""
