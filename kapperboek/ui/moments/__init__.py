"""The dialogs of contact moments: visit, call, contact and appointment."""
