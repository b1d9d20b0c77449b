"""How values are worded in a report: 两次, 20余次, 18%, 三分之一, 民革、民盟, 陆仟元整.

Pure functions from plain values to the Chinese of the document: no database, no language setting,
no clock. One module per noun; callers import from here.
"""

from reports.phrases.dates import Occasion, date_word, day_word, month_word, occasions
from reports.phrases.lists import enumerate_cn, join_and, quoted
from reports.phrases.numerals import about, chinese_numeral, digits, measured
from reports.phrases.shares import fraction, most, of_base, percent, rate, several
from units.yuan import yuan, yuan_words

__all__ = [
    "Occasion",
    "about",
    "chinese_numeral",
    "date_word",
    "day_word",
    "digits",
    "enumerate_cn",
    "fraction",
    "join_and",
    "measured",
    "month_word",
    "most",
    "occasions",
    "of_base",
    "percent",
    "quoted",
    "rate",
    "several",
    "yuan",
    "yuan_words",
]
