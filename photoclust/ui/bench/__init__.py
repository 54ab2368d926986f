"""The window, measured: how soon it is there, what a frame and an edit take, and what it holds."""
