"""Settings of the notebook's safety: copies, check, passphrase, recovery key, export, privacy."""
