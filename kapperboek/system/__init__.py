"""System: what depends on the computer, such as folders and the log. Imported by bootstrap only, and handed on."""
