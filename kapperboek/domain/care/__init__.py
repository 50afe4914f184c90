"""The relationship: what is due and why, talk points, who needs a word, and what a visit costs."""
