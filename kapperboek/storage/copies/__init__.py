"""Copies of the file: their names and keys, how they are verified, and a file that moved or got another key."""
