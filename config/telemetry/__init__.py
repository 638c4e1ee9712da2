"""What this server tells of itself: logs, metrics, traces. Never of whom: docs/observability.md."""
