"""What stands between the values of one cell: Google's way, and ours."""

SEPARATOR = ":::"
