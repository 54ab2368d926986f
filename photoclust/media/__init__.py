"""Pixels and files: walking folders, opening photos upright and colour-managed, EXIF, thumbnails."""
