"""Days and moments: clock, dates as people type them, closing days, fitting appointments, a customer's rhythm."""
