"""How fast and how small: every figure against a floor measured in the same run, on the same computer."""
