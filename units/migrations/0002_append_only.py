"""Triggers that keep the change log append-only."""

from django.db import migrations

from units.append_only import protect, unprotect


class Migration(migrations.Migration):
    dependencies = [
        ("units", "0001_initial"),
    ]
    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: protect(schema_editor.connection),
            lambda apps, schema_editor: unprotect(schema_editor.connection),
        )
    ]
