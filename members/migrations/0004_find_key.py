from django.db import migrations, models

from members.pinyin import find_key_of, sort_key_of


def write_keys(apps, schema_editor):
    """Keys of names read before: they sort by tone and character now, and find other readings."""
    for kind in ("Member", "HistoricalMember"):
        rows = apps.get_model("members", kind).objects
        for key, name in rows.values_list("pk", "name"):
            rows.filter(pk=key).update(
                sort_key=sort_key_of(name)[:200], find_key=find_key_of(name)[:400]
            )


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0003_no_overlaps"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalmember",
            name="find_key",
            field=models.CharField(default="", editable=False, max_length=400),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="member",
            name="find_key",
            field=models.CharField(default="", editable=False, max_length=400),
            preserve_default=False,
        ),
        migrations.RunPython(write_keys, migrations.RunPython.noop),
    ]
