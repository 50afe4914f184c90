"""The same use cases as the window's, for scripts, for checking and for moving house."""
