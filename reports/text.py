"""The text of a report as its author writes it: words of their own, and tokens for the figures.

``{members_total}`` stands for a figure in its usual wording, ``{aid_total|words}`` for another of
its wordings; ``{{`` and ``}}`` are braces that get printed. That is the whole language: the text
is data from a user and never meets a template engine or ``str.format``.

Every fault of a text is found in one go and raised together as ``TextErrors``.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext_lazy as _

from reports.document import Run

EXCERPT_BEFORE = 8
EXCERPT_AFTER = 24

# Every character of a text belongs to exactly one piece. A fault takes the rest of its line up to
# the next brace, so that one slip is one message and what follows is read as usual.
_PIECE = re.compile(
    r"""
      (?P<words>   [^{}｛]+ )
    | (?P<brace>   \{\{ | \}\} )
    | (?P<token>   \{ (?P<key>[a-z][a-z0-9_]*) (?:\| (?P<wording>[a-z][a-z0-9_]*) )? \} )
    | (?P<empty>   \{ \s* \} )
    | (?P<misspelt>\{ [^{}\n]* \} )
    | (?P<unclosed>\{ [^{}\n]* )
    | (?P<unopened>\} )
    | (?P<wide>    ｛ \s* [A-Za-z] [A-Za-z0-9_|｜\s]* [}｝] )
    | (?P<wide_brace> ｛ )
    """,
    re.VERBOSE,
)

_LITERAL = {"words", "brace", "wide_brace"}

_FAULTS = {
    "empty": _(
        "No figure is named between the braces at character %(position)s, near “%(excerpt)s”. "
        "Put the name of a figure between them, or take them out."
    ),
    "misspelt": _(
        "What the braces at character %(position)s hold, near “%(excerpt)s”, is not the name of "
        "a figure. Write it in small letters, digits and _ without spaces, with | before a "
        "wording, such as {members_total} or {symposia_count|cn}."
    ),
    "unclosed": _(
        "The brace at character %(position)s, near “%(excerpt)s”, is not closed. Put } behind "
        "the name of the figure, or write {{ for a brace that is to be printed."
    ),
    "unopened": _(
        "The closing brace at character %(position)s, near “%(excerpt)s”, has no opening one. "
        "Take it out, or write }} for a brace that is to be printed."
    ),
    "wide": _(
        "The braces at character %(position)s, near “%(excerpt)s”, are full-width. Write the "
        "figure with the half-width braces { and }."
    ),
}
_UNKNOWN_FIGURE = _("There is no figure “%(token)s” (character %(position)s).")
_UNKNOWN_WORDING = _(
    "The figure of “%(token)s” (character %(position)s) does not have this wording."
)
_NEAREST = _("%(fault)s Did you mean %(nearest)s?")
_NONE_NEAR = _("%(fault)s Choose one from the list of figures.")
_IN_SECTION = _("Section “%(section)s”: %(fault)s")


@dataclass(frozen=True)
class Token:
    """A figure named in a text: its register key, the wording ("" for the usual one), its place.

    ``start`` is the offset of the opening brace in the text, counted from 0.
    """

    key: str
    wording: str
    start: int

    def __str__(self) -> str:
        return f"{{{self.key}|{self.wording}}}" if self.wording else f"{{{self.key}}}"


class TextError(ValueError):
    """One fault of a text.

    ``position`` counts characters from 1, as a person does; ``excerpt`` is the place in the text;
    ``section`` is empty where it is not known. ``str()`` says, in the language of whoever reads
    it, what is wrong, where, and what to do.
    """

    def __init__(self, template: str, *, position: int, excerpt: str, section: str = "") -> None:
        super().__init__(template)
        self.template = template
        self.position = position
        self.excerpt = excerpt
        self.section = section

    def __str__(self) -> str:
        fault = self._fault()
        if not self.section:
            return fault
        return str(_IN_SECTION) % {"section": self.section, "fault": fault}

    def _fault(self) -> str:
        return str(self.template) % {"position": self.position, "excerpt": self.excerpt}


class UnknownToken(TextError):  # noqa: N818 - what it says is that a token is unknown
    """A well-formed token without a figure, or with a wording its figure does not have.

    ``nearest`` are the tokens that may have been meant, ready to be copied into the text.
    """

    def __init__(
        self, template: str, token: Token, *, nearest: Sequence[str], excerpt: str, section: str
    ) -> None:
        super().__init__(template, position=token.start + 1, excerpt=excerpt, section=section)
        self.token = token
        self.nearest = tuple(nearest)

    def _fault(self) -> str:
        fault = str(self.template) % {"token": self.token, "position": self.position}
        if not self.nearest:
            return str(_NONE_NEAR) % {"fault": fault}
        return str(_NEAREST) % {"fault": fault, "nearest": " / ".join(self.nearest)}


class TextErrors(ValueError):  # noqa: N818 - several, hence the plural
    """All faults of a text, in the order of their places: ``errors``, and ``messages`` for a form.

    ``str()`` has one line for each.
    """

    def __init__(self, errors: Sequence[TextError]) -> None:
        super().__init__(*errors)
        self.errors = tuple(errors)

    @property
    def messages(self) -> list[str]:
        """One sentence for each fault, in the language of whoever reads it."""
        return [str(error) for error in self.errors]

    def __str__(self) -> str:
        return "\n".join(self.messages)


def parse(text: str) -> tuple[str | Token, ...]:
    """The text as literal strings and tokens in turn; never an empty string, never two in a row.

    ``TextErrors`` with every fault: a brace without its other, nothing or something else than
    ``key`` or ``key|wording`` between them, or a figure in full-width braces.
    """
    parts, errors = _read(text, section="")
    if errors:
        raise TextErrors(errors)
    return parts


def tokens(text: str) -> tuple[str, ...]:
    """The keys of the figures a text uses, in its order, repeated where it repeats them.

    ``TextErrors`` as for ``parse``.
    """
    return tuple(part.key for part in parse(text) if isinstance(part, Token))


def spans(text: str) -> tuple[tuple[int, int, Token | None], ...]:
    """(start, end, token) of each token and of each stretch of words between, None for these.

    They cover the whole text, and never fail: a fault is taken for words.
    """
    found: list[tuple[int, int, Token | None]] = []
    for piece in _PIECE.finditer(text):
        token = _token(piece) if piece.lastgroup == "token" else None
        if token is None and found and found[-1][2] is None:
            found[-1] = (found[-1][0], piece.end(), None)
        else:
            found.append((*piece.span(), token))
    return tuple(found)


def check(text: str, *, section: str, known: Mapping[str, Collection[str]]) -> None:
    """Raise ``TextErrors`` with every fault of the text of ``section``, or return nothing.

    ``known`` has the register's keys, each with the names of its wordings; every figure also has
    its usual wording, which has no name. Beside the faults of ``parse``, each token that is not
    known is an ``UnknownToken``.
    """
    parts, errors = _read(text, section=section)
    for token in (part for part in parts if isinstance(part, Token)):
        unknown = _unknown(token, section=section, excerpt=_excerpt(text, token.start), known=known)
        if unknown:
            errors.append(unknown)
    if errors:
        raise TextErrors(sorted(errors, key=lambda error: error.position))


def compose(text: str, word: Callable[[Token], Run]) -> tuple[Run, ...]:
    """The text as runs, each token replaced by what ``word`` makes of it.

    ``TextErrors`` as for ``parse``; what ``word`` raises passes through.
    """
    return tuple(word(part) if isinstance(part, Token) else Run(part) for part in parse(text))


def _read(text: str, *, section: str) -> tuple[tuple[str | Token, ...], list[TextError]]:
    parts: list[str | Token] = []
    errors: list[TextError] = []
    literal = ""
    for piece in _PIECE.finditer(text):
        if piece.lastgroup in _LITERAL:
            literal += piece[0][0] if piece.lastgroup == "brace" else piece[0]
        elif piece.lastgroup == "token":
            parts += [*_filled(literal), _token(piece)]
            literal = ""
        else:
            errors.append(_fault(piece, section=section))
    return (*parts, *_filled(literal)), errors


def _filled(literal: str) -> list[str]:
    return [literal] if literal else []


def _token(piece: re.Match[str]) -> Token:
    return Token(key=piece["key"], wording=piece["wording"] or "", start=piece.start())


def _fault(piece: re.Match[str], *, section: str) -> TextError:
    return TextError(
        _FAULTS[piece.lastgroup],
        position=piece.start() + 1,
        excerpt=_excerpt(piece.string, piece.start()),
        section=section,
    )


def _unknown(
    token: Token, *, section: str, excerpt: str, known: Mapping[str, Collection[str]]
) -> UnknownToken | None:
    if token.key not in known:
        template, nearest = _UNKNOWN_FIGURE, _nearest_figures(token, known)
    elif token.wording and token.wording not in known[token.key]:
        template, nearest = _UNKNOWN_WORDING, _nearest_wordings(token, known[token.key])
    else:
        return None
    return UnknownToken(template, token, nearest=nearest, excerpt=excerpt, section=section)


def _nearest_figures(token: Token, known: Mapping[str, Collection[str]]) -> list[str]:
    """Up to three figures; each keeps the wording that was asked for where it has it."""
    words = sorted(token.key.split("_"))
    same_words = [key for key in sorted(known) if sorted(key.split("_")) == words]
    alike = get_close_matches(token.key, sorted(known), n=3, cutoff=0.5)
    return [
        str(Token(key, token.wording if token.wording in known[key] else "", 0))
        for key in list(dict.fromkeys([*same_words, *alike]))[:3]
    ]


def _nearest_wordings(token: Token, wordings: Collection[str]) -> list[str]:
    """The wordings that look alike; where none does, all of them and the usual one."""
    near = get_close_matches(token.wording, sorted(wordings), n=3, cutoff=0.5)
    return [str(Token(token.key, wording, 0)) for wording in near or ["", *sorted(wordings)]]


def _excerpt(text: str, start: int) -> str:
    """The surroundings of a place on one line, with … where something was cut off."""
    first, last = max(0, start - EXCERPT_BEFORE), start + EXCERPT_AFTER
    words = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{words}{'…' if last < len(text) else ''}"
