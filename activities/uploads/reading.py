"""``python -m activities.uploads.reading NAME SOURCE CONTENT THUMBNAIL``: look into one file.

Runs in a process of its own, which limits itself before it opens the file. Prints one line of JSON:
``{"content_type": …}`` or ``{"refused": reason}``. A process that prints nothing has met a file
that it could not get over.
"""

import errno
import json
import sys
from importlib import import_module
from pathlib import Path

from activities.uploads.kinds import MEGABYTE, Reason, RefusedFile, kind_of
from units.apart import limit_this_process

MOST_MEMORY = 1024 * MEGABYTE
"""A WebP of 40 million pixels takes 650 MB; everything else less."""
MOST_SECONDS = 20
MOST_WRITTEN = 64 * MEGABYTE
NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


def look_into(name: str, source: Path, content: Path, thumbnail: Path) -> dict[str, str]:
    """What is printed about the file at ``source`` that came in under ``name``."""
    try:
        kind = kind_of(name)
        reader = import_module(f"activities.uploads.{kind.reader}")
        found = reader.take_in(source, kind, content=content, thumbnail=thumbnail)
    except RefusedFile as refused:
        return {"refused": refused.reason}
    except OSError as failure:
        if failure.errno not in NO_ROOM:
            raise
        return {"refused": Reason.DISK_FULL}
    return {"content_type": found}


if __name__ == "__main__":
    limit_this_process(memory=MOST_MEMORY, seconds=MOST_SECONDS, written=MOST_WRITTEN)
    print(json.dumps(look_into(sys.argv[1], *map(Path, sys.argv[2:5]))))  # noqa: T201
