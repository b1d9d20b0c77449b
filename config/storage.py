"""How files are stored: static ones under hashed names without source maps, and private ones."""

import os
from pathlib import Path

from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


def _without_source_maps(patterns):
    """Drop Django's two ``sourceMappingURL`` rules and keep ``url()`` and ``@import``."""
    return tuple(
        (extension, rules)
        for extension, all_rules in patterns
        if (rules := tuple(rule for rule in all_rules if "sourceMappingURL" not in str(rule)))
    )


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Whitenoise's storage that does not follow ``sourceMappingURL`` comments.

    Bootstrap's files end in such a comment. Following it makes ``collectstatic`` fail wherever the
    map is left out, and the maps are larger than everything else that is served, together.
    """

    patterns = _without_source_maps(CompressedManifestStaticFilesStorage.patterns)
    keep_only_hashed_files = True


class PrivateFiles(FileSystemStorage):
    """Files that no address leads to. What is stored is on the disk, or not there at all."""

    def url(self, name):
        """ValueError, always: a page that checks who asks hands the file out."""
        raise ValueError("This file has no address.")

    def _save(self, name, content):
        try:
            name = super()._save(name, content)
            for path in (self.path(name), *Path(self.path(name)).parents[:3]):
                _flush(path)
        except BaseException:
            # A disk that is full leaves the beginning of a file behind.
            self.delete(name)
            raise
        return name


def _flush(path: str | Path):
    """See that a file, or the names in a folder, survive a power cut."""
    is_folder = os.path.isdir(path)
    if is_folder and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
