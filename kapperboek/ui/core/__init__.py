"""The core of the window, known to all its parts: jobs, the context, signals, drafts."""
