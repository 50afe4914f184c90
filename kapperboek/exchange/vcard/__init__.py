"""vCards in and out."""
