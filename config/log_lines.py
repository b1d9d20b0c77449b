"""What the program says about itself: a line of JSON for each thing, with nothing about people.

A failure is told by its kind and the lines of code it came through. Its message is left out:
databases and forms put the very values into theirs.
"""

import json
import logging
import traceback
from datetime import UTC, datetime

from units.log_text import visible


class LineFormatter(logging.Formatter):
    """One line: ``at`` (UTC), ``level``, ``from``, ``says``; of a failure its ``kinds``, the last
    of which is the one that came out, and ``lines``, the innermost last."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. Signs that are not seen, such as line breaks, are written out."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "says": visible(record.getMessage()),
        }
        failure = record.exc_info and record.exc_info[1]
        return json.dumps(line | (_told(failure) if failure else {}), ensure_ascii=False)


def handler(file: str) -> dict:
    """The handler, as ``logging.config`` takes it: a file that may be rotated, or the error output
    for "-"."""
    kind = {"class": "logging.StreamHandler"}
    if file != "-":
        kind = {"class": "logging.handlers.WatchedFileHandler", "filename": file, "delay": True}
        kind["encoding"] = "utf-8"
    return {**kind, "formatter": "lines"}


def logging_to(file: str) -> dict:
    """The whole of the ``LOGGING`` setting: warnings and worse, those of every library too."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "config.log_lines.LineFormatter"}},
        "handlers": {"lines": handler(file)},
        "root": {"handlers": ["lines"], "level": "WARNING"},
        "loggers": {
            # Django's own handlers print only while developing, or send mail.
            "django": {"handlers": [], "level": "WARNING"},
            # Refusals, such as pages not found, are answers; failures say their number themselves.
            "django.request": {"level": "CRITICAL"},
            # What it passes over in a style sheet.
            "weasyprint": {"level": "ERROR"},
            "fontTools": {"level": "ERROR"},
        },
    }


def _told(failure: BaseException) -> dict:
    chain = [failure]
    while before := chain[0].__cause__ or chain[0].__context__:
        if before in chain:
            break
        chain.insert(0, before)
    return {
        "kinds": [f"{type(each).__module__}.{type(each).__qualname__}" for each in chain],
        "lines": [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(failure.__traceback__)
        ],
    }
