"""The dialog as a sheet over the window, which sheets are open, and keys typed ahead."""
