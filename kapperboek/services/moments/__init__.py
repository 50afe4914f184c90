"""Contact moments: visits, calls, appointments, talk points and follow-ups."""
