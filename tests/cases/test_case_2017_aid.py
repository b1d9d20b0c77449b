"""The aid of the 2017 case: 6000 yuan in every grouping, whoever is asked (check 74)."""

import ast
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from activities.aid_ledger import ledger_of
from activities.models import AidRound
from cases.loading import load
from units.scoping import scope_of_unit


@pytest.mark.django_db
def test_6000_yuan_in_every_grouping():
    """Check 74, probe 11: one gift of three parties together, one of each of three branches, four
    students; nobody's share is on record, and none is asked for."""
    unit = load("2017")
    with scope_of_unit(unit):
        ledger = ledger_of(AidRound.objects.get())
        by_givers, by_student, by_stage = defaultdict(Decimal), {}, defaultdict(Decimal)
        for grant in ledger.grants:
            givers = "、".join(str(giver) for giver in grant.gift.donors.all())
            by_givers[givers] += grant.amount
            by_student[grant.recipient.code] = grant.amount
            by_stage[grant.stage] += grant.amount
        shares = {giver.share for gift in ledger.gifts for giver in gift.donors.all()}
    # 4 × 1500 = 6000
    assert dict(by_givers) == {
        **{"民进、民盟、农工党": 1500, "第一支部": 1500, "第二支部": 1500, "第三支部": 1500},
    }
    assert by_student == {f"受助学生0{n}": 1500 for n in range(1, 5)}
    assert dict(by_stage) == {"junior": 3000, "senior": 1500, "primary": 1500}
    assert (ledger.received, ledger.handed_out, ledger.balance) == (6000, 6000, 0)
    assert (ledger.received_words, ledger.helped, shares) == ("陆仟元整", 4, {None})
    assert ledger.obstacles == []


def test_no_float_in_the_code_of_money():
    """Check 73."""
    root = Path(settings.BASE_DIR)
    files = [root / "units" / "money.py", root / "units" / "yuan.py"]
    files += sorted((root / "activities").glob("aid_*.py"))
    files += [
        root / "activities" / "models" / f"{n}.py" for n in ("aid", "gift", "grant", "pledge")
    ]
    floats = [
        (path.name, node.lineno)
        for path in files
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.Name) and node.id == "float")
        or (isinstance(node, ast.Constant) and isinstance(node.value, float))
    ]
    assert floats == []
    assert len(files) > 10
