"""What trends are made of: plain arithmetic that knows no database, no athlete and no clock."""
