"""The card's facts, health facts and talk points."""
