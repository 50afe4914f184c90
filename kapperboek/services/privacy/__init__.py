"""The privacy law's use cases: consent, health facts, dossier, forgetting, retention, data leaks."""
