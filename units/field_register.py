"""The register of stored data: what every field is for, on which basis, and for how long.

The entries stand in ``field_register.toml``. History tables and link tables follow by rule from the
tables they belong to. A test compares the register with the models.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import translation

PATH = Path(__file__).with_suffix(".toml")

KEEP, BLANK, NAME, TEXT, SEALED = "keep", "blank", "name", "text", "sealed"
"""What erasing a person does to a field of theirs; TEXT also concerns rows about others.

SEALED words are written once and stay, for archives have a law of their own (PIPL 72); whoever
erases is told where the name still stands.
"""

# domain.md calls these "not recorded": PIPL 28 by name, minimisation, dignity. Whole words of a
# field's name in English, and any part of its label in Chinese.
_NOT_RECORDED_WORDS = re.compile(
    r"(?<![a-z])("
    r"religio\w*|belief\w*|faith|ideolog\w*|attitude\w*|reliab\w*|loyalt\w*|opinion_of|"
    r"score\w*|points|ranking|"
    r"relatives?|spouse|marital\w*|married|children|parents|famil\w*|household|overseas|"
    r"residence|residence_permit|hukou|"
    r"id_?card\w*|id_?number|identity\w*|passport\w*|bank\w*|account_number|"
    r"home_?address|postal_?address|blood\w*|health\w*|illness\w*|disease\w*|medical\w*|"
    r"biometric\w*|fingerprint\w*|face|iris|location|gps|latitude|longitude|"
    r"join\w*_reason|leav\w*_reason|reason_for_(join|leav)ing|objection\w*|application_state|"
    r"hardship\w*|income\w*|school_class|talk_content|denunciation\w*|secret_level"
    r")(?![a-z])"
)
_NOT_RECORDED_LABELS = re.compile(
    "宗教|信仰|政治表现|思想动态|思想表现|可靠|立场|积分|得分|打分|排名|"
    "亲属|家属|配偶|婚姻|子女|父母|家庭|海外关系|港澳台关系|居留|户籍|"
    "身份证|证件号|护照|银行|开户|住址|家庭地址|血型|健康|病史|疾病|指纹|人脸|虹膜|生物特征|定位|经纬度|"
    "入党原因|加入原因|退出原因|离开原因|反对意见|申请进度|困难原因|收入|班级|谈心内容|谈话内容|"
    "考察材料|举报|密级|涉密"
)


@dataclass(frozen=True)
class Entry:
    """One field's line of the register; every text is Chinese, as the page shows it."""

    model: str
    field: str
    purpose: str
    basis: str
    sensitivity: str
    retention: str
    on_erasure: str = KEEP


@dataclass(frozen=True)
class RetentionClass:
    """How long a class of data is kept: ``years`` after ``since``, ``until`` something, or forever.

    ``action`` says what happens then: "blank" needs no decision, "decide" is put to the secretary.
    """

    key: str
    name: str
    reason: str
    years: int | None = None
    since: str = ""
    until: str = ""
    action: str = ""

    @property
    def words(self) -> str:
        """The term as the register prints it: 离开本单位之日起5年, 永久."""
        if self.years is not None:
            return f"{self.since}起{self.years}年"
        return self.until or "永久"


@dataclass(frozen=True)
class Register:
    """The whole register, by (model label in small letters, field name).

    ``written`` are the keys of the file itself; the other entries follow by rule.
    """

    entries: dict[tuple[str, str], Entry]
    written: frozenset[tuple[str, str]]
    classes: dict[str, RetentionClass]
    clocks: dict[str, str]
    also: dict[str, list[dict]]
    basis: dict[str, str]
    sensitivity: dict[str, str]

    def of(self, model: type[models.Model]) -> dict[str, Entry]:
        """The entries of one model's own table, by field name."""
        label = model._meta.concrete_model._meta.label_lower
        return {name: entry for (of, name), entry in self.entries.items() if of == label}


@cache
def register() -> Register:
    """The register as written in the file, with what follows by rule added."""
    content = tomllib.loads(PATH.read_text(encoding="utf-8"))
    tables = content["model"]
    entries = {}
    for label, table in tables.items():
        for name, entry in table["fields"].items():
            entries[label, name] = _entry(label, name, entry, table)
    written = frozenset(entries)
    for model in apps.get_models(include_auto_created=True):
        table = tables.get(_base(model)._meta.label_lower)
        for name, entry in _by_rule(model, content).items() if table else ():
            key = model._meta.label_lower, name
            entries.setdefault(key, _entry(*key, entry, table))
    return Register(
        entries=entries,
        written=written,
        classes={key: RetentionClass(key, **row) for key, row in content["retention"].items()},
        clocks={label: table["clock"] for label, table in tables.items() if "clock" in table},
        also={label: table["also"] for label, table in tables.items() if "also" in table},
        basis=content["basis"],
        sensitivity=content["sensitivity"],
    )


def stored_fields() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Every stored field of every model, links and history tables included; proxies store none."""
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.proxy:
            for field in (*model._meta.local_concrete_fields, *model._meta.local_many_to_many):
                yield model, field


def not_to_be_recorded(fields: Iterable[models.Field]) -> list[str]:
    """The fields whose name or label, in either language, is of something that is not recorded."""
    found = []
    for field in fields:
        labels = []
        for language in ("en", "zh-hans"):
            with translation.override(language):
                labels.append(str(getattr(field, "verbose_name", "")))
        words = " ".join([field.name, *labels]).lower()
        if _NOT_RECORDED_WORDS.search(words) or _NOT_RECORDED_LABELS.search(words):
            found.append(str(field))
    return found


def _by_rule(model: type[models.Model], content: dict) -> dict[str, str | dict]:
    """Fields whose entry need not be written: common columns, earlier versions, links."""
    base = _base(model)
    names = {f.name for f in (*model._meta.local_concrete_fields, *model._meta.local_many_to_many)}
    rules = dict(content["common"])
    if model._meta.auto_created or _is_history_of_links(model):
        rules = dict.fromkeys(names, content["links"]["purpose"]) | rules
    if base is not model:
        rules |= content["model"].get(base._meta.label_lower, {}).get("fields", {})
        rules |= content["history"]
    return {name: written for name, written in rules.items() if name in names}


def _base(model: type[models.Model]) -> type[models.Model]:
    """The model whose entry holds for ``model``: what it keeps versions of, or what it links."""
    if model._meta.auto_created:
        return model._meta.auto_created
    instance = getattr(model, "instance_type", None)
    if instance is not None:
        return _base(instance)
    return model


def _is_history_of_links(model: type[models.Model]) -> bool:
    return bool(getattr(getattr(model, "instance_type", None), "_meta", None)) and bool(
        model.instance_type._meta.auto_created
    )


def _entry(label: str, name: str, written: str | dict, table: dict) -> Entry:
    own = {"purpose": written} if isinstance(written, str) else written
    inherited = {key: table[key] for key in ("basis", "sensitivity", "retention")}
    if "on_erasure" not in own:
        own = {**own, "on_erasure": TEXT if _is_free_text(label, name) else KEEP}
    return Entry(model=label, field=name, **{**inherited, **own})


def _is_free_text(label: str, name: str) -> bool:
    """Whether people can write a name into the field."""
    try:
        field = apps.get_model(label)._meta.get_field(name)
    except (LookupError, FieldDoesNotExist):
        return False
    return isinstance(field, models.CharField | models.TextField) and not field.choices
