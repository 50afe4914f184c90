"""The window in this process, for what is counted rather than looked at."""

from tests.ui.conftest import garbage, lasting, make_program, program  # noqa: F401  found by their names
