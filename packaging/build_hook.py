"""Build hook of hatchling: compiles the translations before a wheel or an sdist is put together.

Whoever builds gets the catalogues: a checkout that was never run has none, and git keeps none.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTranslations(BuildHookInterface[Any]):
    """The one step that is ours; hatchling does the rest."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile with the same code as ``dev.py``, into the source tree, where hatchling takes it from."""
        spec = importlib.util.spec_from_file_location("dev", Path(self.root) / "dev.py")
        if spec is None or spec.loader is None:
            raise FileNotFoundError("dev.py, which compiles the translations, is missing")
        dev = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(dev)
        dev.compile_translations()
