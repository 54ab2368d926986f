"""The verbs of photoclust without a window: import, group, export."""
