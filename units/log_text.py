"""Words of the change log made safe to look at: nothing hidden in them stays hidden."""

import json
import unicodedata

_NOT_SEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# What a spreadsheet takes for the beginning of a formula (OWASP: CSV injection).
_FORMULA = frozenset("=+-@＝＋－＠\t\r\n")


def visible(value: object) -> str:
    """``value`` as one line of text; every character that is not seen is written ⟨U+202E⟩.

    Line breaks would fake further lines of a log, and direction marks turn its words round. Nothing
    is left of None.
    """
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    if text.isprintable():
        return text
    return "".join(_shown(each) for each in text)


def cell(value: object) -> str:
    """``visible`` for a spreadsheet, which must not take it for a formula."""
    text = visible(value)
    return f"'{text}" if text[:1] in _FORMULA else text


def _shown(character: str) -> str:
    if unicodedata.category(character) in _NOT_SEEN:
        return f"⟨U+{ord(character):04X}⟩"
    return character
