"""Lists whose rows carry their actions, and how a row is laid out."""
