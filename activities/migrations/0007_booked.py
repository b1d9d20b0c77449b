"""Grants keep the stage and community of their day; triggers keep closed accounts as they are."""

from django.db import migrations
from django.db.models import OuterRef, Subquery

from activities.booked import hold, let_go
from units.write_once import allow_changes, write_once

TABLES = {
    "activities_roundstep": (),
    "activities_reversal": (),
}


def copy_from_recipients(apps, schema_editor):
    """What was known of each recipient until now holds for the grants made until now."""
    Recipient = apps.get_model("activities", "Recipient")
    of = Recipient.objects.filter(pk=OuterRef("recipient"))
    apps.get_model("activities", "Grant").objects.update(
        stage=Subquery(of.values("stage")[:1]), community=Subquery(of.values("community")[:1])
    )


def protect(apps, schema_editor):
    for table, free in TABLES.items():
        write_once(schema_editor.connection, table, but=free)
    hold(schema_editor.connection)


def unprotect(apps, schema_editor):
    let_go(schema_editor.connection)
    for table in TABLES:
        allow_changes(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("activities", "0006_aid_ledger")]
    operations = [
        migrations.RunPython(copy_from_recipients, migrations.RunPython.noop),
        migrations.RunPython(protect, unprotect),
    ]
