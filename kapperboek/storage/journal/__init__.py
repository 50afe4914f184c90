"""The journal: every change with what stood there before, and taking a change back."""
