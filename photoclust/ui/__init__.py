"""The window: the only place that knows Qt. It asks the library, and changes it by edits only."""
