"""Building blocks of every page. Import from the module, not from here: the first window then loads only
what it shows."""
