"""The SQLite file and what it knows: questions, scans written down, and edits that can be undone."""
