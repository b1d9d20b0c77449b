"""Triggers that keep closed years, and what was changed under which exception, as they are."""

from django.db import migrations

from units.write_once import allow_changes, write_once

TABLES = {
    "units_closedyear": (),
    "units_yearexception": ("withdrawn_at", "version"),
    "units_changeunderexception": (),
}


def protect(apps, schema_editor):
    for table, free in TABLES.items():
        write_once(schema_editor.connection, table, but=free)


def unprotect(apps, schema_editor):
    for table in TABLES:
        allow_changes(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [
        ("units", "0005_closed_years"),
    ]
    operations = [
        migrations.RunPython(protect, unprotect),
    ]
