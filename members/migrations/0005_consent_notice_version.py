from django.db import migrations, models


class Migration(migrations.Migration):
    """The version of the notice gets a name of its own; ``version`` counts changes, as everywhere."""

    dependencies = [
        ('members', '0004_personal_data'),
    ]

    operations = [
        operation
        for model in ('consent', 'historicalconsent')
        for operation in (
            migrations.RenameField(model, 'version', 'notice_version'),
            migrations.AddField(
                model,
                'version',
                models.PositiveIntegerField(default=1, editable=False, verbose_name='version'),
            ),
        )
    ]
