"""Addresses of the aid ledger."""

from django.urls import path

from activities import aid_deed_views as deeds
from activities import aid_entry_views as entry
from activities import aid_views as views

urlpatterns = [
    path("<slug:unit>/aid/", views.RoundList.as_view(), name="aid-rounds"),
    path("<slug:unit>/aid/new/", entry.RoundPage.as_view(), name="new-aid-round"),
    path("<slug:unit>/aid/<int:pk>/", views.round_page, name="aid-round"),
    path("<slug:unit>/aid/<int:pk>/edit/", entry.RoundPage.as_view(), name="edit-aid-round"),
    path("<slug:unit>/aid/<int:pk>/sheet/", views.ledger_sheet, name="aid-round-sheet"),
    path("<slug:unit>/aid/<int:pk>/gifts/new/", entry.NewGift.as_view(), name="new-gift"),
    path("<slug:unit>/aid/<int:pk>/grants/new/", entry.NewGrants.as_view(), name="new-grants"),
    path("<slug:unit>/aid/<int:pk>/close/", deeds.ClosePage.as_view(), name="close-aid-round"),
    path("<slug:unit>/aid/<int:pk>/reopen/", deeds.ReopenPage.as_view(), name="reopen-aid-round"),
    path("<slug:unit>/aid/gifts/<int:pk>/", entry.GiftPage.as_view(), name="edit-gift"),
    path(
        "<slug:unit>/aid/gifts/<int:pk>/reverse/", deeds.ReverseGift.as_view(), name="reverse-gift"
    ),
    path("<slug:unit>/aid/grants/<int:pk>/", entry.GrantPage.as_view(), name="edit-grant"),
    path(
        "<slug:unit>/aid/grants/<int:pk>/reverse/",
        deeds.ReverseGrant.as_view(),
        name="reverse-grant",
    ),
    path("<slug:unit>/aid/pledges/new/", entry.PledgePage.as_view(), name="new-pledge"),
    path("<slug:unit>/aid/pledges/<int:pk>/", entry.PledgePage.as_view(), name="edit-pledge"),
]
