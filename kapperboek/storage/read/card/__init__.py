"""Reading one customer's card."""
