"""Triggers that keep answers to the checks of a text as they are."""

from django.db import migrations

from units.write_once import allow_changes, write_once

TABLES = {
    "reports_textanswer": (),
}


def protect(apps, schema_editor):
    for table, free in TABLES.items():
        write_once(schema_editor.connection, table, but=free)


def unprotect(apps, schema_editor):
    for table in TABLES:
        allow_changes(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0004_textanswer"),
    ]
    operations = [
        migrations.RunPython(protect, unprotect),
    ]
