"""Two people are a pair once on a day: the database holds it."""

from django.db import migrations

from units.overlaps import allow_overlaps, refuse_overlaps

TABLE = "activities_talkpair"


class Migration(migrations.Migration):
    dependencies = [("activities", "0002_evidence_talks_targets")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: refuse_overlaps(
                editor.connection, TABLE, ["leader_id", "friend_id"]
            ),
            lambda apps, editor: allow_overlaps(editor.connection, TABLE),
        )
    ]
