"""Backup and restore: one file format for PostgreSQL and SQLite, read back into either.

`dump` writes, `restore` reads, `archive` knows the file, `sealing` its encryption, `schema` which
tables there were at a migration, `places` how a new database takes the place of the old one, and
`rotation` how long files are kept. docs/backup-format.md describes the bytes.
"""
