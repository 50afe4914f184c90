"""The program around the window: starting it, opening and reopening the notebook, crashes, the self-test."""
