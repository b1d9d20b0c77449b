"""``manage.py annual_report``: one whole file, or one clear line and exit status 2."""

import json
import os

import pytest
from django.core.management import CommandError, call_command

from reports.management.commands.annual_report import Command
from tests import factories

NAME = "总结.json"


@pytest.fixture
def year(in_scope):
    """The unit's year, with one member."""
    factories.member(in_scope, party="民盟")
    return factories.unit_year(in_scope)


def write(path, *, unit="putuo-jy", year=2017, file_format="json", **options):
    """Run the command."""
    call_command("annual_report", unit=unit, year=year, format=file_format, output=path, **options)


def refusal(path, **options) -> str:
    """The one line the command ends with, at exit status 2."""
    with pytest.raises(CommandError) as refused:
        write(path, **options)
    assert refused.value.returncode == 2
    assert len(str(refused.value).splitlines()) == 1
    return str(refused.value)


def left_in(folder) -> list[str]:
    """The names in a folder, temporary files included."""
    return sorted(os.listdir(folder))


def test_report_is_written_and_named(year, tmp_path, capsys):
    write(tmp_path / NAME)
    assert json.loads((tmp_path / NAME).read_bytes())["year"] == 2017
    assert capsys.readouterr().out.strip() == str(tmp_path / NAME)
    assert left_in(tmp_path) == [NAME]


@pytest.mark.parametrize(
    ("file_format", "begins"),
    [("pdf", b"%PDF-"), ("docx", b"PK"), ("html", b"<!DOCTYPE html>"), ("json", b"{")],
)
def test_same_records_give_the_same_bytes(year, tmp_path, file_format, begins):
    for name in ("first", "second"):
        write(tmp_path / name, file_format=file_format)
    first = (tmp_path / "first").read_bytes()
    assert first == (tmp_path / "second").read_bytes()
    assert first.lower().startswith(begins.lower())


def test_file_that_exists_is_replaced_whole(year, tmp_path):
    path = tmp_path / NAME
    path.write_text("旧" * 1_000_000)
    with path.open() as reading:
        write(path)
        # Who had the old file open still has all of it: it was replaced, not overwritten.
        assert len(reading.read()) == 1_000_000
    assert json.loads(path.read_bytes())["year"] == 2017
    assert left_in(tmp_path) == [NAME]


def test_longest_file_name(year, tmp_path):
    # 83 characters of three bytes each, and ".json": 254 of the 255 bytes a name may have.
    name = "总" * 83 + ".json"
    write(tmp_path / name)
    assert left_in(tmp_path) == [name]


def test_unknown_unit(year, tmp_path):
    assert "putuo-jy" in refusal(tmp_path / NAME, unit="putuo-jx")
    assert left_in(tmp_path) == []


def test_unknown_unit_in_an_empty_installation(db, tmp_path):
    assert "nobody" in refusal(tmp_path / NAME, unit="nobody")


def test_unknown_year_names_the_known_ones(year, in_scope, tmp_path):
    factories.report(in_scope, year=2015)
    assert "2017、2015" in refusal(tmp_path / NAME, year=2016)
    assert left_in(tmp_path) == []


def test_year_of_another_unit_is_unknown(year, other_school, tmp_path):
    assert "2017" in refusal(tmp_path / NAME, unit=other_school.code)


def test_unwritable_in_a_folder_that_does_not_exist(year, tmp_path):
    assert "nowhere" in refusal(tmp_path / "nowhere" / NAME)


def test_unwritable_below_a_file(year, tmp_path):
    (tmp_path / "file").write_text("旧")
    assert "file" in refusal(tmp_path / "file" / NAME)


def test_unwritable_where_a_folder_is(year, tmp_path):
    (tmp_path / NAME).mkdir()
    assert NAME in refusal(tmp_path / NAME)
    assert left_in(tmp_path) == [NAME]


def test_unwritable_where_a_device_or_pipe_is(year, tmp_path):
    # Replacing it would do away with the device itself: /dev/null, for somebody who is root.
    os.mkfifo(tmp_path / NAME)
    assert NAME in refusal(tmp_path / NAME)
    assert (tmp_path / NAME).is_fifo()
    assert left_in(tmp_path) == [NAME]


def test_text_with_unknown_figures_leaves_the_old_file(year, in_scope, tmp_path):
    report = factories.report(in_scope)
    factories.section(report, heading="队伍", body="{members_totl}\n{visits}")
    (tmp_path / NAME).write_text("旧")
    line = refusal(tmp_path / NAME, file_format="html")
    assert ("{members_total}" in line, "队伍" in line) == (True, True)
    assert (tmp_path / NAME).read_text() == "旧"


def test_exit_status_of_the_program(year, tmp_path, capsys):
    arguments = ["--unit", "nobody", "--year", "2017", "--output", str(tmp_path / NAME)]
    with pytest.raises(SystemExit) as ended:
        # pytest-django puts a marker into the templates settings that Django's own checks refuse.
        Command().run_from_argv(["manage.py", "annual_report", "--skip-checks", *arguments])
    assert ended.value.code == 2
    printed = capsys.readouterr()
    assert (printed.out, len(printed.err.strip().splitlines())) == ("", 1)
