"""Addresses of the pages on which activities and a year's aims are entered and listed."""

from django.urls import path

from activities import aim_views, attendance_views, entry_views, list_views, views

urlpatterns = [
    path("<slug:unit>/activities/", list_views.ActivityList.as_view(), name="activities"),
    path("<slug:unit>/activities/new/", entry_views.choose_kind, name="new-activity"),
    path(
        "<slug:unit>/activities/new/<slug:kind>/",
        entry_views.EnterActivity.as_view(),
        name="enter-activity",
    ),
    path(
        "<slug:unit>/activities/attendance/",
        attendance_views.attendance_list,
        name="attendance-list",
    ),
    path("<slug:unit>/activities/<int:pk>/", views.activity_page, name="activity"),
    path(
        "<slug:unit>/activities/<int:pk>/edit/",
        entry_views.EditActivity.as_view(),
        name="edit-activity",
    ),
    path(
        "<slug:unit>/activities/<int:pk>/copy/",
        entry_views.CopyActivity.as_view(),
        name="copy-activity",
    ),
    path(
        "<slug:unit>/activities/<int:pk>/sign-in-sheet/",
        views.sign_in_sheet,
        name="sign-in-sheet",
    ),
    path("<slug:unit>/activities/<int:pk>/delete/", views.delete_page, name="delete-activity"),
    path("<slug:unit>/<int:year>/aims/", aim_views.AimsPage.as_view(), name="aims"),
]
