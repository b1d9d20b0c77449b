"""``verify_report``: a changed byte, a changed seal and a changed record are each told apart."""

from io import StringIO

import pikepdf
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection

from reports.models import Seal
from reports.models.seal import sha256
from reports.verifying import Differs, findings, seal_of_file
from tests import factories
from units.append_only import protect, unprotect
from units.models import Event
from units.write_once import allow_changes

ALL_WELL = 0


@pytest.fixture
def seal(in_scope, cast):
    """The report of 2017, signed, over one visit."""
    factories.unit_year(in_scope)
    factories.activity(in_scope, "参观航海博物馆", kind="visit", place="航海博物馆")
    report = factories.report(in_scope)
    factories.section(report, body="参观{visit_places}。")
    factories.sealed(report, author=cast.clerk, signer=cast.secretary)
    return Seal.objects.get()


@pytest.fixture
def file(seal, tmp_path):
    path = tmp_path / "总结.pdf"
    path.write_bytes(bytes(seal.pdf))
    return path


def by_hand(statement: str, *values: str):
    """What somebody with the database in hand might do."""
    allow_changes(connection, "reports_seal")
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def verified(*args) -> tuple[int, list[str]]:
    """(exit status, lines) of the command."""
    out = StringIO()
    try:
        call_command("verify_report", *map(str, args), stdout=out)
    except CommandError as error:
        return error.returncode, str(error).splitlines()
    return ALL_WELL, out.getvalue().splitlines()


def test_sealed_file_and_records_as_they_were(seal, file):
    """Check 77."""
    whole = [f"普陀区教育学院 2017：与签发时完全一致（{seal.digest}）。"]
    assert verified(file) == (0, whole)
    assert verified("--unit", "putuo-jy", "--year", 2017) == (0, whole)
    assert verified(file, "--unit", "putuo-jy", "--year", 2017) == (0, whole)


@pytest.mark.parametrize("place", [0, 1000, -1])
def test_changed_byte_of_the_file(seal, file, place):
    """Check 77: one byte, wherever it stands."""
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)
    status, lines = verified(file, "--unit", "putuo-jy", "--year", 2017)
    position = place % len(content) + 1
    assert status == Differs.FILE
    assert lines == [
        f"文件与封存的文件不同：从第{position}字节起不一致（本文件{len(content)}字节，"
        f"封存文件{len(content)}字节）。"
    ]


def test_file_that_was_cut_or_added_to_names_its_seal(seal, file):
    """The seal is found by what the file says of itself."""
    file.write_bytes(file.read_bytes() + b"\n% more")
    assert verified(file)[0] == Differs.FILE
    assert seal_of_file(file.read_bytes()) == seal


@pytest.mark.parametrize("content", [b"", b"not a pdf", b"%PDF-1.7\n%%EOF"])
def test_file_that_is_none_of_ours(seal, file, content):
    file.write_bytes(content)
    status, lines = verified(file)
    assert (status, len(lines)) == (Differs.FILE, 1)
    assert "该文件不是本系统封存的文件" in lines[0]
    assert verified(file, "--unit", "putuo-jy", "--year", 2017)[0] == Differs.FILE


def test_changed_register(seal, file):
    """Check 77: the content altered in the database, and nothing else."""
    by_hand("UPDATE reports_seal SET content = replace(content, '航海博物馆', '规划馆')")
    status, lines = verified(file)
    assert (status, lines) == (Differs.SEAL, ["封存的内容与签发时不符：校验值不一致。"])


def test_changed_register_with_its_checksum_made_to_fit(seal, file):
    """Whoever alters both is found by the change log, which noted the checksum at the signing."""
    content = seal.content.replace("航海博物馆", "规划馆")
    by_hand("UPDATE reports_seal SET content = %s, digest = %s", content, sha256(content.encode()))
    status, lines = verified("--unit", "putuo-jy", "--year", 2017)
    assert status == Differs.SEAL
    assert "封存件的校验值与签发时写入操作日志的不一致。" in lines


def test_changed_pdf_in_the_database(seal, file):
    by_hand("UPDATE reports_seal SET pdf = substr(pdf, 2)")
    status, lines = verified(file)
    assert status == Differs.SEAL
    assert lines == ["数据库中封存的PDF与签发时不符：校验值不一致。"]


def test_event_of_the_signing_altered_or_gone(seal, file):
    """Check 68: the log and the seal vouch for each other."""
    event = Event.objects.get(action="sign")
    unprotect(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE units_event SET reason = 'x' WHERE number = %s", [event.number])
    assert verified(file)[0] == Differs.SEAL
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM units_eventdetail WHERE event_id = %s", [event.pk])
        cursor.execute("DELETE FROM units_event WHERE id = %s", [event.pk])
    status, lines = verified(file)
    assert (status, lines) == (Differs.SEAL, ["操作日志中没有这份总结的签发记录。"])
    protect(connection)


def test_head_of_the_log_that_is_not_what_was_printed(seal, file):
    """Check 68: a chain that somebody wrote anew does not fit the paper."""
    unprotect(connection)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE units_event SET digest = %s WHERE number = %s", ["0" * 64, seal.log_number]
        )
    status, lines = verified(file)
    assert (status, lines) == (Differs.SEAL, ["操作日志与封存件记载的日志末条不符。"])
    protect(connection)


def test_changed_record(seal, file):
    """Check 77: a record changed by hand; the paper and the seal are what they were."""
    by_hand("UPDATE activities_activity SET place = '规划馆'")
    status, lines = verified(file)
    assert status == Differs.RECORDS
    assert lines == [
        "指标“参观考察地点”（visit_places）：封存时为“航海博物馆”，按现有记录为“规划馆”。"
    ]


def test_changed_record_that_moves_no_figure(seal, file):
    by_hand("UPDATE activities_activity SET summary = '改'")
    status, lines = verified(file)
    assert status == Differs.RECORDS
    assert len(lines) == 1
    assert lines[0].startswith("记录“活动 参观航海博物馆”（编号")
    assert lines[0].endswith("封存后已修改。")


def test_file_and_records_add_up(seal, file):
    by_hand("UPDATE activities_activity SET place = '规划馆'")
    file.write_bytes(file.read_bytes() + b"\n")
    status, lines = verified(file)
    assert (status, len(lines)) == (Differs.FILE + Differs.RECORDS, 2)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((), "请给出文件"),
        (("--offline",), "请指明要核对的文件"),
        (("--unit", "putuo-jy", "--year", 2016), "没有2016年度的封存总结"),
        (("--unit", "nowhere", "--year", 2017), "没有2017年度的封存总结"),
        (("/nowhere/x.pdf",), "无法读取"),
    ],
)
def test_nothing_to_compare_is_one_line_and_status_2(seal, args, words):
    status, lines = verified(*args)
    assert (status, len(lines), words in lines[0]) == (2, 1, True)


# --- without the records ---


def test_offline_a_sealed_file_agrees_with_itself(seal, file):
    """Check 77: no database is asked, whoever has the file can check it."""
    by_hand("DELETE FROM reports_seal")
    assert verified(file, "--offline") == (0, ["文件的页面与其所附指标登记完全一致。"])


def test_offline_a_changed_page_is_found(seal, file):
    """The page turned round: the file still opens, and carries its register."""
    with pikepdf.open(file) as pdf:
        pdf.pages[0].Rotate = 180
        pdf.save(file.with_name("turned.pdf"), deterministic_id=True)
    status, lines = verified(file.with_name("turned.pdf"), "--offline")
    assert (status, lines) == (Differs.FILE, ["文件的页面与其所附指标登记不符。"])


def test_offline_a_changed_register_is_found(seal, file):
    content = seal.content.replace("航海博物馆", "规划馆").encode()
    with pikepdf.open(file) as pdf:
        pdf.attachments["content.json"] = pikepdf.AttachedFileSpec(pdf, content)
        pdf.save(file.with_name("other.pdf"))
    status, lines = verified(file.with_name("other.pdf"), "--offline")
    assert (status, lines) == (Differs.SEAL, ["文件内所附的指标登记与签发时不符。"])


@pytest.mark.parametrize("content", [b"", b"not a pdf", b"%PDF-1.7\n%%EOF"])
def test_offline_a_file_without_a_register_cannot_be_checked(seal, file, content):
    file.write_bytes(content)
    status, lines = verified(file, "--offline")
    assert (status, len(lines)) == (2, 1)
    assert "该文件未附本系统的指标登记" in lines[0]


def test_findings_name_where(seal):
    with time_machine.travel("2018-03-03T10:00:00+08:00"):
        by_hand("UPDATE activities_activity SET place = '规划馆'")
    assert [finding.where for finding in findings(seal, b"x")] == [Differs.FILE, Differs.RECORDS]
