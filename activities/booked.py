"""Triggers by which the database itself keeps a closed account as it is, and checks its sums.

While the last step of a round is a closing, none of its entries is added, changed in a column that
counts, or deleted; what was in the account at some closing (``last_gift``, ``last_grant``) stays so
for good, and is reversed instead. A closing is taken only with the sums that the entries give.
Reversals and steps are written once (:mod:`units.write_once`).

A migration that alters one of these tables on SQLite makes it anew and loses its triggers, and
SQLite renames no table that another's trigger names: call :func:`let_go` first, :func:`hold` last.
"""

_ROUND_OF = {
    "activities_gift": "{row}.aid_round_id",
    "activities_grant": "{row}.aid_round_id",
    "activities_giftdonor": "(SELECT aid_round_id FROM activities_gift WHERE id = {row}.gift_id)",
    "activities_reversal": (
        "COALESCE((SELECT aid_round_id FROM activities_gift WHERE id = {row}.gift_id),"
        " (SELECT aid_round_id FROM activities_grant WHERE id = {row}.grant_id))"
    ),
}
_MARK = {
    "activities_gift": ("last_gift", "{row}.id"),
    "activities_grant": ("last_grant", "{row}.id"),
    "activities_giftdonor": ("last_gift", "{row}.gift_id"),
}
_HELD = {
    "activities_gift": ("aid_round_id", "kind", "amount", "received_on", "pledge_id", "unit_id"),
    "activities_grant": (
        *("aid_round_id", "recipient_id", "gift_id", "amount", "granted_on", "unit_id"),
    ),
    "activities_giftdonor": ("gift_id", "share", "position", "unit_id"),
}
"""The columns that count. Words may still be blanked where the law on personal data demands it, and
two entries of one person made one."""

_CLOSED = (
    "COALESCE((SELECT kind FROM activities_roundstep WHERE aid_round_id = {round}"
    " ORDER BY number DESC LIMIT 1), '') = 'close'"
)
_BOOKED = (
    "EXISTS (SELECT 1 FROM activities_roundstep WHERE aid_round_id = {round}"
    " AND kind = 'close' AND {mark} >= {key})"
)
# Cents as whole numbers: SQLite keeps decimals as floating point.
_SUMS = """
    ROUND(100 * NEW.received) <> COALESCE((
        SELECT SUM(ROUND(100 * amount)) FROM activities_gift AS g
        WHERE g.aid_round_id = NEW.aid_round_id AND g.kind IN ('cash', 'transfer')
        AND NOT EXISTS (SELECT 1 FROM activities_reversal AS r WHERE r.gift_id = g.id)
    ), 0)
    OR ROUND(100 * NEW.handed_out) <> COALESCE((
        SELECT SUM(ROUND(100 * amount)) FROM activities_grant AS g
        WHERE g.aid_round_id = NEW.aid_round_id
        AND NOT EXISTS (SELECT 1 FROM activities_reversal AS r WHERE r.grant_id = g.id)
    ), 0)
    OR ROUND(100 * NEW.received) + ROUND(100 * NEW.carried_in)
        <> ROUND(100 * NEW.handed_out) + ROUND(100 * NEW.balance)
    OR ROUND(100 * NEW.carried_in) <> COALESCE((
        SELECT SUM(ROUND(100 * s.balance)) FROM activities_roundstep AS s
        WHERE s.carried_to_id = NEW.aid_round_id AND NOT EXISTS (
            SELECT 1 FROM activities_roundstep AS later
            WHERE later.aid_round_id = s.aid_round_id AND later.number > s.number
        )
    ), 0)
    OR NEW.last_gift <> COALESCE((
        SELECT MAX(id) FROM activities_gift WHERE aid_round_id = NEW.aid_round_id
    ), 0)
    OR NEW.last_grant <> COALESCE((
        SELECT MAX(id) FROM activities_grant WHERE aid_round_id = NEW.aid_round_id
    ), 0)
"""
_STANDS_STILL = "this entry stands in an account that was closed"
_DISAGREES = "the sums of the closing are not those of its entries"


def hold(connection):
    """Create the triggers."""
    _run(connection, [*_rules(connection.vendor), *_sum_rule(connection.vendor)])


def let_go(connection):
    """Drop them: for emptying a test database, and for altering the tables."""
    names = [(table, f"{table}_booked_{verb}") for table, verb, _ in _conditions("")]
    names.append(("activities_roundstep", "activities_roundstep_sums"))
    on = connection.vendor == "postgresql"
    _run(connection, [f"DROP TRIGGER {n} ON {t}" if on else f"DROP TRIGGER {n}" for t, n in names])


def _conditions(differs: str):
    """(table, verb, when a change is refused), for each trigger."""
    for table in _ROUND_OF:
        yield table, "insert", _stands_still(table, "NEW", is_new=True)
        if table not in _HELD:
            continue  # written once
        columns = _HELD[table]
        changed = " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in columns)
        still = f"{_stands_still(table, 'OLD')} OR {_stands_still(table, 'NEW')}"
        yield table, "update", f"({changed}) AND ({still})"
        yield table, "delete", _stands_still(table, "OLD")


def _stands_still(table: str, row: str, *, is_new: bool = False) -> str:
    of = _ROUND_OF[table].format(row=row)
    closed = _CLOSED.format(round=of)
    mark, key = _MARK.get(table, ("", ""))
    # A new row was in no account before, and SQLite does not know its key yet.
    if not mark or (is_new and key == "{row}.id"):
        return closed
    return f"({closed} OR {_BOOKED.format(round=of, mark=mark, key=key.format(row=row))})"


def _rules(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_booked_{verb} BEFORE {verb.upper()} ON {table}"
            f" WHEN {refused} BEGIN SELECT RAISE(ABORT, '{_STANDS_STILL}'); END"
            for table, verb, refused in _conditions("IS NOT")
        ]
    return [
        statement
        for table, verb, refused in _conditions("IS DISTINCT FROM")
        for statement in _postgresql(table, f"{table}_booked_{verb}", verb, refused, _STANDS_STILL)
    ]


def _sum_rule(vendor: str) -> list[str]:
    table, refused = "activities_roundstep", f"NEW.kind = 'close' AND ({_SUMS})"
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_sums BEFORE INSERT ON {table} WHEN {refused}"
            f" BEGIN SELECT RAISE(ABORT, '{_DISAGREES}'); END"
        ]
    return _postgresql(table, f"{table}_sums", "insert", refused, _DISAGREES)


def _postgresql(table: str, name: str, verb: str, refused: str, message: str) -> list[str]:
    returned = "OLD" if verb == "delete" else "NEW"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN IF {refused} THEN RAISE EXCEPTION '{message}'; END IF; RETURN {returned}; END $$",
        f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def _run(connection, statements: list[str]):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
