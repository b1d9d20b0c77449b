"""How every factory stores its row, and the values nobody named."""

from itertools import count

from units.scoping import scope_of_unit

_numbers = count(1)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
_GIVEN = "安邦成达恩方国海嘉凯立明宁平清瑞"


def saved(row):
    """Check and store ``row`` within its own unit; return it."""
    with scope_of_unit(row.unit):
        row.full_clean()
        row.save()
    return row


def next_number() -> int:
    """A number no row has had yet."""
    return next(_numbers)


def made_up_name() -> str:
    """A name of three characters; 4096 of them before one comes again."""
    rest, last = divmod(next_number(), len(_GIVEN))
    rest, middle = divmod(rest, len(_GIVEN))
    return _SURNAMES[rest % len(_SURNAMES)] + _GIVEN[middle] + _GIVEN[last]
