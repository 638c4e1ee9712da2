class BackupError(Exception):
    """Told to whoever runs the command: what is wrong, and what would be right."""
