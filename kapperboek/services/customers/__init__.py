"""Customers: finding them, opening the card, and keeping what we know of them."""
