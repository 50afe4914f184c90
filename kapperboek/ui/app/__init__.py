"""The program around the window: opening and closing, watching the file, copies, crashes, the self-test."""
