"""Grouping of embeddings: engines, graphs, networks, measures. Knows nothing of photos, files or SQL."""
