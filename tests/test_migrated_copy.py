"""A kept copy of the test database is never used for other migrations than its own."""

from django.conf import settings

from tests.migrated_copy import origin, sources


def test_sources_are_all_migrations_and_what_they_import():
    here = settings.BASE_DIR
    migrations = set(here.glob("*/migrations/0*.py"))
    assert migrations
    # Triggers stand in modules of their own, which the migrations import.
    assert migrations | {here / "units" / "append_only.py"} <= set(sources())
    assert any(file.match("django/contrib/auth/migrations/0001_initial.py") for file in sources())


def test_origin_differs_with_every_change_of_a_source(tmp_path):
    first, second = tmp_path / "0001_initial.py", tmp_path / "0002_more.py"
    first.write_text("a")
    second.write_text("b")
    before = origin([first, second])
    assert origin([first, second]) == before
    second.write_text("c")
    assert origin([first, second]) != before
    assert origin([first]) != origin([first, second])
    assert origin([first], owner="records_ci") != origin([first])
