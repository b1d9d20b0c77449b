"""Addresses of the pages about people's own data; people go by key, never by name."""

from django.urls import path

from members import move_views as moves
from members import personal_views as views
from members.arrival_views import ArrivalPage
from members.person_views import person
from members.roster_views import RosterPage
from members.row_views import RowPage, delete_row

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/requests/", views.requests, name="person-requests"),
    path("people/requests/<int:pk>/", views.answer_request, name="person-request"),
    path("people/retention/", views.retention, name="person-retention"),
    path("people/retention/<slug:unit>/", views.blank, name="person-blank"),
    path("people/register/", views.field_register, name="field-register"),
    path("people/notice/<slug:unit>/", views.notice, name="person-notice"),
    path("<slug:unit>/people/", RosterPage.as_view(), name="roster"),
    path("<slug:unit>/people/new/", ArrivalPage.as_view(), name="new-person"),
    path("<slug:unit>/people/<int:pk>/", person, name="person"),
    path("<slug:unit>/people/<int:pk>/leave/", moves.LeavePage.as_view(), name="person-leave"),
    path("<slug:unit>/people/<int:pk>/retire/", moves.RetirePage.as_view(), name="person-retire"),
    path("<slug:unit>/people/<int:pk>/return/", moves.ReturnPage.as_view(), name="person-return"),
    path("<slug:unit>/people/<int:pk>/post/", moves.PostPage.as_view(), name="person-post"),
    path("<slug:unit>/people/<int:pk>/title/", moves.TitlePage.as_view(), name="person-title"),
    path("<slug:unit>/people/<int:pk>/party/", moves.JoinPage.as_view(), name="person-join"),
    path("<slug:unit>/posts/<int:pk>/end/", moves.EndPostPage.as_view(), name="end-post"),
    path(
        "<slug:unit>/memberships/<int:pk>/end/",
        moves.LeavePartyPage.as_view(),
        name="leave-party",
    ),
    path(
        "<slug:unit>/memberships/<int:pk>/organisation/",
        moves.ChangeOrganisationPage.as_view(),
        name="change-organisation",
    ),
    path("<slug:unit>/entries/<slug:kind>/<int:pk>/", RowPage.as_view(), name="edit-row"),
    path("<slug:unit>/entries/<slug:kind>/<int:pk>/delete/", delete_row, name="delete-row"),
    path("people/<int:pk>/contact/", views.contact, name="person-contact"),
    path("people/<int:pk>/sheet/", views.sheet, name="person-sheet"),
    path("people/<int:pk>/sheet.json", views.sheet_file, name="person-sheet-file"),
    path("people/<int:pk>/request/", views.new_request, name="person-new-request"),
    path("people/<int:pk>/erase/", views.erase_person, name="person-erase"),
]
