"""The card's history of contact moments, and its rhythm."""
