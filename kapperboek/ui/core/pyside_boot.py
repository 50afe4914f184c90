"""Boot of PySide without what only a mistake asks for: a fifth of what an empty window takes to start.

PySide carries a part of itself as Python source inside its library, and at every start compiles and runs all of it:
what makes the words of its error messages, its help texts and its stub files. Here the modules of that part are given
to it so that each is run when something of it is first asked for, the message of a ``TypeError`` for instance. Nothing
else is changed, and a PySide that boots in another way boots as it likes: then ``compile`` here is never called.

Byte code kept on disk was tried (PySide has a folder ``files.dir`` for that): it runs everything twice, and saves
a third of this.
"""

from __future__ import annotations

import builtins
import sys
from threading import RLock
from types import CodeType, ModuleType
from typing import Any

LATER = ("layout.py", "parser.py", "lib/enum_sig.py", "lib/pyi_generator.py")
"""Not ``mapping.py``: PySide's library looks into that one without asking for anything."""

_lock = RLock()


def prepare() -> None:
    """Prepare the boot, before anything of PySide is imported; afterwards nothing happens."""
    if "shiboken6" not in sys.modules:
        boot = ModuleType("signature_bootstrap")  # PySide runs its loader in the module of this name, if there is one
        boot.__dict__["compile"] = _compile
        sys.modules[boot.__name__] = boot


def _compile(source: bytes, filename: str, mode: str) -> CodeType:
    """Compile as Python does; of some modules only what runs the rest when it is wanted."""
    if filename.endswith(LATER):
        words = f"from {__name__} import Later\n__getattr__ = Later({source!r}, {filename!r}, globals())"
        return compile(words, filename, mode, dont_inherit=True)
    return compile(source, filename, mode, dont_inherit=True)


class Later:
    """Runs a module when the first of its names is asked for."""

    def __init__(self, source: bytes, filename: str, space: dict[str, Any]) -> None:
        self._source, self._filename, self._space = source, filename, space
        self._running = False

    def __call__(self, name: str) -> Any:
        """Value of a name of the module. AttributeError."""
        with _lock:
            if not self._running:  # while it runs it may ask for a name of its own that is not there yet
                self._running = True
                exec(compile(self._source, self._filename, "exec", dont_inherit=True), self._space)
                if self._space.get("__getattr__") is self:
                    del self._space["__getattr__"]
        if name in self._space:
            return self._space[name]
        raise AttributeError(name)


def put_import_back() -> None:
    """Put Python's own ``import`` back, once PySide has been imported.

    PySide's reads the source of every module that is imported from then on, to see whether it wants Qt's functions
    under other names (``__feature__``). We don't, and it took a tenth of a start and kept all that text in memory.
    Nothing else of PySide needs it.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
