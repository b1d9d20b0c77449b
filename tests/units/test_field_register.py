"""The register of stored data and the models say the same."""

import pytest
from django.apps import apps
from django.db import models

from members.notice import register_lines
from units.field_register import (
    BLANK,
    KEEP,
    NAME,
    SEALED,
    TEXT,
    not_to_be_recorded,
    register,
    stored_fields,
)

STORED = {(model._meta.label_lower, field.name) for model, field in stored_fields()}


def undescribed(stored, entries):
    """What is stored without an entry, and what has an entry without being stored."""
    return sorted(stored - set(entries)), sorted(set(entries) - stored)


def test_every_stored_field_has_an_entry_and_every_entry_a_field():
    """Check 53. On a failure: write the field into units/field_register.toml."""
    assert undescribed(STORED, register().entries) == ([], [])


def test_comparison_finds_a_new_field_and_a_dropped_one():
    """Without this, a mistake in the comparison would let both pass."""
    entries = register().entries
    with_new = set(entries) | {("members.member", "nickname")}
    without_old = set(entries) - {("members.member", "note")}
    assert undescribed(with_new, entries) == ([("members.member", "nickname")], [])
    assert undescribed(without_old, entries) == ([], [("members.member", "note")])


def test_stored_fields_cover_history_links_and_the_frameworks_tables():
    assert {
        ("members.historicalmember", "note"),
        ("members.historicalmember", "history_user"),
        ("consultations.suggestion_proposers", "member"),
        ("activities.historicalactivity_themes", "theme"),
        ("sessions.session", "session_data"),
        ("members.contact", "phone_sealed"),
    } <= STORED


def test_every_entry_says_all_five_things():
    """Check 53: purpose, basis, sensitivity, retention, and what erasing does."""
    content = register()
    for entry in content.entries.values():
        assert entry.purpose.strip()
        assert entry.basis in content.basis
        assert entry.sensitivity in content.sensitivity
        assert entry.retention in content.classes
        assert entry.on_erasure in {KEEP, BLANK, NAME, TEXT, SEALED}


def test_every_retention_class_gives_a_reason_and_a_clear_end():
    """Check 60."""
    for rule in register().classes.values():
        assert rule.reason
        assert (rule.years is not None) == bool(rule.since) == bool(rule.action), rule.key
    used = {entry.retention for entry in register().entries.values()}
    used |= {also["retention"] for rows in register().also.values() for also in rows}
    assert used == set(register().classes)


def test_classes_with_years_have_a_clock():
    with_years = {key for key, rule in register().classes.items() if rule.years is not None}
    for label, name in register().written:
        if register().entries[label, name].retention in with_years:
            assert label in register().clocks, label


def test_clocks_are_dates():
    for label, clock in register().clocks.items():
        field = apps.get_model(label)
        for part in clock.split("__"):
            field = field._meta.get_field(part)
            model = field.related_model
            field = model or field
        assert isinstance(field, models.DateField), (label, clock)


def test_blanked_fields_can_be_empty():
    for (label, name), entry in register().entries.items():
        if entry.on_erasure == BLANK:
            field = apps.get_model(label)._meta.get_field(name)
            assert field.null or isinstance(field, models.CharField | models.TextField)


def test_party_affiliation_is_handled_as_sensitive():
    """Check 57."""
    sensitive = {
        key for key, entry in register().entries.items() if entry.sensitivity == "sensitive"
    }
    assert {
        ("members.membership", "party"),
        ("members.historicalmembership", "party"),
        ("members.appointment", "party"),
        ("members.contact", "phone_sealed"),
        ("consultations.suggestion", "proposers"),
    } <= sensitive


def test_nothing_stored_that_is_not_to_be_recorded():
    """Check 56, domain.md: religion, relatives, identity number … have no field anywhere."""
    assert not_to_be_recorded(field for _model, field in stored_fields()) == []


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("religion", "x"),
        ("religious_belief", "x"),
        ("faith", "宗教信仰"),
        ("extra", "政治表现"),
        ("extra", "思想动态"),
        ("extra", "attendance score"),
        ("extra", "履职积分"),
        ("extra", "到会排名"),
        ("spouse_name", "x"),
        ("extra", "亲属姓名"),
        ("extra", "海外关系"),
        ("marital_status", "x"),
        ("id_card", "x"),
        ("id_number", "x"),
        ("extra", "身份证号"),
        ("bank_card", "x"),
        ("home_address", "x"),
        ("extra", "家庭住址"),
        ("blood_type", "x"),
        ("extra", "健康状况"),
        ("fingerprint", "x"),
        ("gps", "x"),
        ("extra", "入党原因"),
        ("hardship_story", "x"),
        ("school_class", "x"),
        ("extra", "考察材料"),
        ("extra", "密级"),
    ],
)
def test_field_that_is_not_to_be_recorded_is_found(name, label):
    assert not_to_be_recorded([models.CharField(label, name=name)])


def test_register_lists_as_lines():
    lines = register_lines()
    assert len(lines) == len(register().written)
    assert all(line.purpose and line.basis and line.term for line in lines)
    phone = next(line for line in lines if line.field == "members.contact.phone_sealed")
    assert phone.term == "离开本单位之日起1年"
