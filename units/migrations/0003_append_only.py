"""Triggers that keep the change log append-only."""

from django.db import migrations

from units.append_only import protect, unprotect


class Migration(migrations.Migration):
    dependencies = [
        ("units", "0002_event_department_version_unityear_version_and_more"),
    ]
    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: protect(schema_editor.connection),
            lambda apps, schema_editor: unprotect(schema_editor.connection),
        )
    ]
