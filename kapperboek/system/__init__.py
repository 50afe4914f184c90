"""What depends on the computer it runs on: folders and the log. Imported by bootstrap only, and handed on."""
