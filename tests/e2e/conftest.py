"""The window in this process, for what is counted rather than looked at."""

from tests.ui.conftest import garbage, make_program, program  # noqa: F401  pytest finds fixtures by their name here
