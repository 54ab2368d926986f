"""The words of the domain: photos, faces, persons, edits, changes. Standard library and numpy only."""
