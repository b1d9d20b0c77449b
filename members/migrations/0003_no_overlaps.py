"""One person is in one party once on a day, and has one employment: the database holds it."""

from django.db import migrations

from units.overlaps import allow_overlaps, refuse_overlaps

ALIKE = {
    "members_membership": ["member_id", "party_id"],
    "members_employment": ["member_id"],
}


def refuse(apps, schema_editor):
    for table, same in ALIKE.items():
        refuse_overlaps(schema_editor.connection, table, same)


def allow(apps, schema_editor):
    for table in ALIKE:
        allow_overlaps(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("members", "0002_parties")]
    operations = [migrations.RunPython(refuse, allow)]
