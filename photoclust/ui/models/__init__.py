"""Item models: lists of ids, with details looked up when they are shown."""
