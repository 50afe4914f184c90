"""Reading what the privacy law asks for: consents, health facts, the dossier, retention."""
