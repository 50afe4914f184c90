"""Days and moments: the one clock, dates as people type them, closing days, and a customer's own rhythm."""
