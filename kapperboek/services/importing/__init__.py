"""Import and export of customers and calendars."""
