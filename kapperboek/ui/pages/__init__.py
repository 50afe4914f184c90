"""The pages. The shell imports each one when it is first opened."""
