"""Generated examples may take as long as they need: speed has its own benchmarks."""

from hypothesis import settings

settings.register_profile("unit", deadline=None)
settings.load_profile("unit")
