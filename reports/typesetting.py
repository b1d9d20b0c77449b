"""Where a line of Chinese may break: invisible marks put into text before it is laid out.

Unicode's line breaking already keeps 。，》 off a line's start and 《（ off its end. It knows
nothing of three other rules of Chinese offices, and is too strict about one: those are handled
here, by characters without width. They are for the layout only: justification drops them again
and a PDF holds no trace of them.
"""

import re

WORD_JOINER = "\u2060"  # no break here
ZERO_WIDTH_SPACE = "\u200b"  # a break is welcome here
LAYOUT_MARKS = {ord(WORD_JOINER): None, ord(ZERO_WIDTH_SPACE): None}

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
FULL_WIDTH = HAN + "\u3001-\u301f\uff01-\uff60“”‘’—…"
OPENING = "“‘（《〈【「『〔［｛"
CLOSING = "”’）》〉】」』〕］｝，。、；：？！·…—％%"

# A typist's space around a number ("共 19 人") would be stretched when the line is justified.
_TYPED_SPACE = re.compile(
    f"(?<=[{FULL_WIDTH}]) +(?=[0-9{FULL_WIDTH}])|(?<=[0-9]) +(?=[{FULL_WIDTH}])"
)
# A number stays with its measure word or unit: 19|人, 5|日, 6000|元, 3万|元.
_BEFORE_UNIT = re.compile(f"(?<=[0-9])(?=[{HAN}％‰℃])|(?<=[0-9][万亿])(?=[元人次])")
# The dot inside a name (阿卜杜拉·买买提) does not begin a line.
_BEFORE_DOT = re.compile(r"(?<=.)(?=[·•‧])")
# “ and ” look alike to Unicode, which forbids a break on either side of both.
_BEFORE_QUOTE = re.compile(f"(?<=[^{OPENING}])(?=[“‘])")
_AFTER_QUOTE = re.compile(f"(?<=[”’])(?=[^{CLOSING}{ZERO_WIDTH_SPACE}])")


def with_break_marks(text: str) -> str:
    """The text ready for the line breaker: typists' spaces gone, layout marks put in."""
    text = _TYPED_SPACE.sub("", text)
    text = _BEFORE_UNIT.sub(WORD_JOINER, text)
    text = _BEFORE_DOT.sub(WORD_JOINER, text)
    text = _BEFORE_QUOTE.sub(ZERO_WIDTH_SPACE, text)
    return _AFTER_QUOTE.sub(ZERO_WIDTH_SPACE, text)
