"""The Chinese catalogue is complete, is compiled, and keeps to the rules of Chinese text."""

import ast
import gettext
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

CATALOGUE = settings.BASE_DIR / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
NOT_SOURCE = {".git", ".venv", "locale", "node_modules", "tests", "var"}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{[\w|]+\}|</?[a-z][^>]*>")
HAN = "[\u3400-\u9fff]"
HALF_WIDTH = re.compile(rf"{HAN}[,:;?!]|{HAN}\.(?!\w)|[,:;?!]\s*{HAN}")
SAME_IN_CHINESE = {
    *("…", "IPv4", "IPv6", "URL", "AM", "PM", "a.m.", "p.m.", "%(class_name)s %(instance)s"),
    *("%s KB", "%s MB", "%s GB", "%s TB", "%s PB"),
}


@dataclass
class Entry:
    """One entry of a catalogue; ``strings`` holds msgid, msgctxt, msgstr[0] … by keyword."""

    flags: set[str] = field(default_factory=set)
    is_obsolete: bool = False
    strings: dict[str, str] = field(default_factory=dict)

    @property
    def source(self) -> tuple[str, str]:
        """Context and English text: what a program asks the catalogue for."""
        return self.strings.get("msgctxt", ""), self.strings["msgid"]

    @property
    def asked_as(self) -> tuple[str, str, str]:
        """``source`` and the English plural, without which a counted string is not found."""
        return *self.source, self.strings.get("msgid_plural", "")

    @property
    def translations(self) -> list[str]:
        """The Chinese text, or one for each plural form."""
        return [text for key, text in self.strings.items() if key.startswith("msgstr")]


def entries_of(path: Path) -> list[Entry]:
    """The entries of a .po or .pot file, without its header."""
    blocks = path.read_text(encoding="utf-8").strip().split("\n\n")
    entries = [_entry(block.splitlines()) for block in blocks]
    return [entry for entry in entries if entry.strings.get("msgid")]


def _entry(lines: list[str]) -> Entry:
    entry = Entry()
    keyword = ""
    for line in lines:
        if line.startswith("#,"):
            entry.flags |= set(line[2:].replace(" ", "").split(","))
        if line.startswith("#~"):
            entry.is_obsolete = True
        text = line.removeprefix("#~ ")
        if text.startswith("#"):
            continue
        before, quote, rest = text.partition('"')
        keyword = before.strip() or keyword
        entry.strings[keyword] = entry.strings.get(keyword, "") + ast.literal_eval(quote + rest)
    return entry


def compiled(path: Path) -> dict:
    """What a .mo file answers, by context and source string."""
    with path.open("rb") as file:
        return vars(gettext.GNUTranslations(file))["_catalog"]


def source_files() -> list[Path]:
    """The Python files and templates whose strings are translated."""
    files = [*settings.BASE_DIR.rglob("*.py"), *settings.BASE_DIR.rglob("*.html")]
    paths = [path.relative_to(settings.BASE_DIR) for path in files]
    return [path for path in paths if not NOT_SOURCE & set(path.parts)]


@pytest.fixture
def entries() -> list[Entry]:
    """The entries of our catalogue, obsolete ones included."""
    return entries_of(CATALOGUE)


@pytest.fixture
def sources(tmp_path, settings, monkeypatch) -> set[tuple[str, str, str]]:
    """What ``makemessages`` finds, run on a copy because it writes beside the templates."""
    for path in source_files():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(settings.BASE_DIR / path, tmp_path / path)
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    (tmp_path / "locale").mkdir()
    monkeypatch.chdir(tmp_path)
    call_command("makemessages", locale=["zh_Hans"], keep_pot=True, no_wrap=True, verbosity=0)
    return {entry.asked_as for entry in entries_of(tmp_path / "locale" / "django.pot")}


def test_catalogue_has_no_untranslated_entry(entries):
    assert [entry.source for entry in entries if not all(entry.translations)] == []


def test_catalogue_has_no_fuzzy_entry(entries):
    assert [entry.source for entry in entries if "fuzzy" in entry.flags] == []


def test_catalogue_has_no_obsolete_entry(entries):
    assert [entry.source for entry in entries if entry.is_obsolete] == []


def test_catalogue_holds_the_source_strings_and_no_others(entries, sources):
    held = {entry.asked_as for entry in entries if not entry.is_obsolete}
    assert {"missing": sources - held, "gone": held - sources} == {"missing": set(), "gone": set()}


def test_compiled_catalogue_answers_what_its_source_says(tmp_path):
    fresh = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--check-format", "-o", fresh, CATALOGUE], check=True)  # noqa: S603, S607
    assert compiled(CATALOGUE.with_suffix(".mo")) == compiled(fresh)


def test_translations_keep_placeholders_and_tags(entries):
    changed = {
        text
        for entry in entries
        for text in entry.translations
        if sorted(PLACEHOLDER.findall(text))
        != sorted(PLACEHOLDER.findall(entry.strings.get("msgid_plural", entry.source[1])))
    }
    assert changed == set()


def test_translations_have_no_half_width_punctuation_beside_han(entries):
    texts = [text for entry in entries for text in entry.translations]
    assert [text for text in texts if HALF_WIDTH.search(text)] == []


def test_translation_functions_are_imported_by_names_the_extraction_knows():
    """Under another name their strings are never found, and stay English unnoticed."""
    unknown = [
        f"{path}: {imported.name} as {imported.asname}"
        for path in source_files()
        if path.suffix == ".py"
        for node in ast.walk(ast.parse((settings.BASE_DIR / path).read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for imported in node.names
        if "gettext" in imported.name and imported.asname not in (None, "_")
    ]
    assert unknown == []


@pytest.mark.parametrize("package", ["conf", "contrib/admin"])
def test_strings_of_django_are_chinese(package):
    """Django's Chinese catalogues lag behind: ``config/library_strings.py`` names the gaps."""
    english = Path(django.__file__).parent / package / "locale" / "en" / "LC_MESSAGES" / "django.po"
    with translation.override("zh-hans"):
        left = [entry.source for entry in entries_of(english) if _stays_english(entry)]
    assert left == []


def _stays_english(entry: Entry) -> bool:
    context, singular = entry.source
    plural = entry.strings.get("msgid_plural", singular)
    chinese = {
        translation.npgettext(context, singular, plural, 2)
        if context
        else translation.ngettext(singular, plural, 2),
        translation.pgettext(context, singular) if context else translation.gettext(singular),
    }
    return singular not in SAME_IN_CHINESE and chinese <= {singular, plural}


def test_tables_of_the_lockout_have_chinese_labels():
    """The register of stored data lists them among ours."""
    with translation.override("zh-hans"):
        labels = [
            str(label)
            for model in apps.get_app_config("axes").get_models()
            for label in (
                model._meta.verbose_name,
                model._meta.verbose_name_plural,
                *(each.verbose_name for each in model._meta.fields if not each.auto_created),
            )
        ]
    assert [label for label in labels if not re.search(HAN, label)] == []
