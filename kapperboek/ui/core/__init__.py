"""The core of the window, known to all its parts: jobs, the context, signals, shortcuts, and the base of a page."""
