"""Everything that happened on a date, and the aid ledger."""

from activities.models.activity import Activity, Series, Theme
from activities.models.aid import AidRound, Gift, GiftDonor, Grant, Recipient
from activities.models.attendance import GuestGroup, Participation

__all__ = [
    "Activity",
    "AidRound",
    "Gift",
    "GiftDonor",
    "Grant",
    "GuestGroup",
    "Participation",
    "Recipient",
    "Series",
    "Theme",
]
