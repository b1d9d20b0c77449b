"""Addresses of the pages on which activities and a year's aims are entered and listed."""

from django.urls import path

from activities import (
    aim_views,
    attendance_views,
    entry_views,
    list_views,
    notice_views,
    talk_views,
    views,
)

urlpatterns = [
    path("<slug:unit>/activities/", list_views.ActivityList.as_view(), name="activities"),
    path("<slug:unit>/activities/new/", entry_views.choose_kind, name="new-activity"),
    path("<slug:unit>/activities/new/notice/", notice_views.read_pasted_notice, name="read-notice"),
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
    path("<slug:unit>/talks/", talk_views.talks, name="talks"),
    path("<slug:unit>/talks/new/", talk_views.TalkPage.as_view(), name="new-talk"),
    path("<slug:unit>/talks/<int:pk>/", talk_views.TalkPage.as_view(), name="edit-talk"),
    path("<slug:unit>/talks/<int:pk>/delete/", talk_views.delete_talk, name="delete-talk"),
    path("<slug:unit>/talks/<int:pk>/done/", talk_views.follow_up, name="talk-followed-up"),
    path("<slug:unit>/talks/pairs/new/", talk_views.PairPage.as_view(), name="new-pair"),
    path("<slug:unit>/talks/pairs/<int:pk>/", talk_views.PairPage.as_view(), name="edit-pair"),
    path("<slug:unit>/<int:year>/aims/", aim_views.AimsPage.as_view(), name="aims"),
]
