"""Everything that is seen inside a window."""
