"""Views: what the pages show, as frozen plain data, ready to be painted.

One module per subject, so that the first window imports no more than it shows. Days are ``datetime.date``; texts are in
the user's language where they are reasons.
"""
