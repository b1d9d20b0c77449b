"""Import WeasyPrint in half the time, leaving no trace for other users of the same modules."""

import ctypes.util
import gc
import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import ModuleType

# Loaded by WeasyPrint for machines without HarfBuzz's subsetter and for variable fonts: a quarter
# of a second that a PDF of ours never uses.
SELDOM_USED = ("fontTools.subset", "fontTools.varLib", "fontTools.varLib.instancer")

LIBRARIES = ("gobject-2.0", "pango-1.0", "pangoft2-1.0", "harfbuzz", "fontconfig")


@contextmanager
def quick_import() -> Iterator[None]:
    """For the time of an import: no library searches, no seldom used modules, no collections."""
    with ExitStack() as stack:
        stack.enter_context(without_collecting())
        stack.enter_context(_without_library_search())
        stack.enter_context(_with_deferred(SELDOM_USED))
        yield


@contextmanager
def without_collecting() -> Iterator[None]:
    """Look for no unreachable cycles meanwhile: where everything made is kept, none are found."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@contextmanager
def _without_library_search() -> Iterator[None]:
    """Answer "not found" when WeasyPrint's libraries, and no others, are searched for.

    It tries names such as ``gobject-2.0`` before the real ``libgobject-2.0.so.0``, and for each of
    them ctypes runs compilers and linkers as processes (0.4 s in all). On Linux the real name is
    always among those tried, and is loaded without a search.
    """
    find_library = ctypes.util.find_library

    def answer(name: str) -> str | None:
        if name.removeprefix("lib").startswith(LIBRARIES):
            return None
        return find_library(name)

    if sys.platform == "linux":
        ctypes.util.find_library = answer
    try:
        yield
    finally:
        ctypes.util.find_library = find_library


class _Deferred(ModuleType):
    """Stands for a module whose functions and classes are only ever called."""

    def __getattr__(self, name: str) -> Callable:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*args: object, **kwargs: object) -> object:
            return getattr(importlib.import_module(self.__name__), name)(*args, **kwargs)

        return call


@contextmanager
def _with_deferred(names: tuple[str, ...]) -> Iterator[None]:
    """Put stand-ins for modules that are not loaded yet, and take them away afterwards."""
    stand_ins = {name: _Deferred(name) for name in names if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, stand_in in stand_ins.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]
