"""The measuring room: engines against labelled faces."""
