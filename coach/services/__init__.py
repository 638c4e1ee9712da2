"""Writes of the coaching room: keywords only, checked before anything is saved."""
