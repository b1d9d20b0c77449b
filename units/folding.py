"""Texts made alike before they are compared: full-width and half-width, large and small letters.

What an office types comes from many hands: ２０１７年 and 2017年, ＡＢ and ab, ㎡ and m2. The words
looked for and the stored texts are brought into one form alike (Unicode's NFKC, small letters).
Stored rows stay as they were written; the database folds them when it is asked.
"""

import unicodedata

from django.db.backends.signals import connection_created
from django.db.models import Func, TextField


def folded(text: str) -> str:
    """``text`` in the form in which texts are compared."""
    return unicodedata.normalize("NFKC", text).lower()


class Folded(Func):
    """The same of an expression, worked out by the database."""

    function = "FOLDED"
    arity = 1
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **context):
        """PostgreSQL 13 and later know the forms themselves."""
        return self.as_sql(compiler, connection, template="LOWER(NORMALIZE(%(expressions)s, NFKC))")


def connect():
    """Have every connection to SQLite know the function; called once, when the app is ready."""
    connection_created.connect(_teach, dispatch_uid="units.folding")


def _teach(connection, **_more):
    if connection.vendor == "sqlite":
        connection.connection.create_function("FOLDED", 1, _folded_or_null, deterministic=True)


def _folded_or_null(text: str | None) -> str | None:
    return None if text is None else folded(str(text))
