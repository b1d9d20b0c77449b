"""Triggers that keep the change log append-only."""

from django.db import migrations

from units.append_only import protect_events, unprotect_events


class Migration(migrations.Migration):
    dependencies = [
        ("units", "0001_initial"),
    ]
    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: protect_events(schema_editor.connection),
            lambda apps, schema_editor: unprotect_events(schema_editor.connection),
        )
    ]
