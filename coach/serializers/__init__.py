"""Shapes of docs/data-flow.md: what comes in is checked for form only, what goes out is told."""
