"""The dialogs of the privacy law: consent, health facts, forgetting, retention, data leaks."""
