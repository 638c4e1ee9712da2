"""What people agree to: texts with versions, who agreed to which, and what follows from it."""
