"""Addresses of the pages about suggestions."""

from django.urls import path

from consultations import entry_views as entry
from consultations import meeting_views
from consultations import suggestion_views as views
from consultations.list_views import SuggestionList

urlpatterns = [
    path("<slug:unit>/suggestions/", SuggestionList.as_view(), name="suggestions"),
    path("<slug:unit>/suggestions/board/", views.board, name="suggestion-board"),
    path("<slug:unit>/suggestions/rows/", meeting_views.suggestion_rows, name="suggestion-rows"),
    path("<slug:unit>/suggestions/new/", entry.EnterSuggestion.as_view(), name="new-suggestion"),
    path("<slug:unit>/suggestions/<int:pk>/", views.suggestion_page, name="suggestion"),
    path("<slug:unit>/suggestions/<int:pk>/slip/", views.slip, name="suggestion-slip"),
    path(
        "<slug:unit>/suggestions/<int:pk>/edit/",
        entry.EnterSuggestion.as_view(),
        name="edit-suggestion",
    ),
    path("<slug:unit>/suggestions/<int:pk>/reply/", entry.GiveReply.as_view(), name="reply"),
    path("<slug:unit>/suggestions/<int:pk>/<slug:kind>/", entry.TakeStep.as_view(), name="step"),
    path("<slug:unit>/<int:year>/results/", views.results_notice, name="results-notice"),
]
