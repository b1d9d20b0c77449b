"""The eight democratic parties in their official order; codes of GB/T 4762-1984."""

from django.db import migrations

PARTIES = [
    # code, full name, short name, brief, members are called, basic unit
    ("04", "中国国民党革命委员会", "民革", "民革", "党员", "支部"),
    ("05", "中国民主同盟", "民盟", "民盟", "盟员", "支部"),
    ("06", "中国民主建国会", "民建", "民建", "会员", "支部"),
    ("07", "中国民主促进会", "民进", "民进", "会员", "支部"),
    ("08", "中国农工民主党", "农工党", "农工", "党员", "支部"),
    ("09", "中国致公党", "致公党", "致公", "党员", "支部"),
    ("10", "九三学社", "九三学社", "九三", "社员", "支社"),
    ("11", "台湾民主自治同盟", "台盟", "台盟", "盟员", "支部"),
]


def add_parties(apps, schema_editor):
    """Insert them; a row that is there already is left alone."""
    party = apps.get_model("members", "Party")
    for order, (code, name, short_name, brief, member_word, basic_unit_word) in enumerate(
        PARTIES, start=1
    ):
        party.objects.get_or_create(
            code=code,
            defaults={
                "order": order,
                "name": name,
                "short_name": short_name,
                "brief": brief,
                "member_word": member_word,
                "basic_unit_word": basic_unit_word,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial")]
    operations = [migrations.RunPython(add_parties, migrations.RunPython.noop)]
