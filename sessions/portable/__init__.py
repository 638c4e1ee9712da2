"""An athlete's data on the move: out as one zip or one table, in from a zip or another app."""
