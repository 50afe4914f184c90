"""Calendars (iCalendar) in and out."""
