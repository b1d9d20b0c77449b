"""Earlier versions of every record (django-simple-history), inside the same scope as the record."""

from django.db import models
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from units.acting import current_act
from units.closed_manager import closed_manager


def _acting_user(instance, **kwargs):
    return current_act().user


def change_reason() -> str | None:
    """Why a change is made, where a reason was asked for."""
    return current_act().reason[:100] or None


class ScopedHistory(models.Model):
    """Base of every history table: its rows are as closed as those they are versions of."""

    objects = closed_manager()

    class Meta:
        abstract = True


class ScopedHistoryManager(HistoryManager):
    """``row.history`` and ``Model.history``: only versions of rows of the units in scope."""

    def get_super_queryset(self):
        """The versions in scope; ScopeError outside any scope."""
        return self.model.objects.get_queryset()


class RowHistory(HistoricalRecords):
    """History of every model derived from the one it stands on; a proxy shares its model's table.

    django-simple-history would give a proxy a history of its own, and a row two half histories.
    """

    def __init__(self, **options):
        super().__init__(
            inherit=True,
            bases=[ScopedHistory],
            history_manager=ScopedHistoryManager,
            get_user=_acting_user,
            user_db_constraint=False,
            **options,
        )

    def get_change_reason_for_object(self, instance, history_type, using):
        """The reason given for the act going on, as far as the column holds it."""
        return (
            super().get_change_reason_for_object(instance, history_type, using) or change_reason()
        )

    def fields_included(self, model):
        """The fields that versions repeat: not the large ones that are written once."""
        left_out = getattr(model, "UNVERSIONED_FIELDS", frozenset())
        return [f for f in super().fields_included(model) if f.name not in left_out]

    def finalize(self, sender, **kwargs):
        """Set up ``sender``'s history when its class is ready."""
        if not (sender._meta.proxy and issubclass(sender, self.cls)):
            super().finalize(sender, **kwargs)
            return
        models.signals.post_save.connect(self.post_save, sender=sender, weak=False)
        models.signals.post_delete.connect(self.post_delete, sender=sender, weak=False)
        models.signals.pre_delete.connect(self.pre_delete, sender=sender, weak=False)
        sender._meta.simple_history_manager_attribute = self.manager_name
