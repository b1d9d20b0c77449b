"""An account of aid, and the deeds on it, as tests do them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from activities.aid_deeds import close, reopen, reverse
from tests import factories


def account(unit):
    """A round of two gifts (1000 and 500 yuan) and one grant of 1200."""
    aid = factories.aid_round(unit, "2017年助学")
    factories.gift(aid, "1000", donors=[factories.organisation(unit, "第一支部")])
    factories.gift(aid, "500", donors=[factories.party("民盟")])
    factories.grant(aid, factories.recipient(unit), "1200")
    return aid


def closed(aid, by, **options):
    """The account closed by ``by``; what is left stays with the finance office."""
    options = {"rest": "finance", "reason": "年终结清", **options}
    return close(aid, by=by, moment=timezone.now(), **options)


def opened_again(aid, by):
    """The account opened again."""
    return reopen(aid, by=by, moment=timezone.now(), reason="漏记一笔")


def taken_back(entry, by):
    """A reversal of ``entry``."""
    return reverse(entry, by=by, day=timezone.localdate(), reason="金额记错")


def refusal(deed, *args, **options) -> str:
    """What somebody is told whose ``deed`` is refused."""
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        deed(*args, **options)
    return "".join(refused.value.messages)
