"""Addresses of the pages about suggestions and proposals."""

from django.urls import path

from consultations import entry_views as entry
from consultations import meeting_views, reminder_views
from consultations import promise_views as promises
from consultations import proposal_views as proposals
from consultations import suggestion_views as views
from consultations.list_views import SuggestionList
from consultations.proposal_list_views import ProposalList

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
    path("<slug:unit>/proposals/", ProposalList.as_view(), name="proposals"),
    path("<slug:unit>/proposals/new/", proposals.EnterProposal.as_view(), name="new-proposal"),
    path("<slug:unit>/proposals/<int:pk>/", proposals.proposal_page, name="proposal"),
    path(
        "<slug:unit>/proposals/<int:pk>/edit/",
        proposals.EnterProposal.as_view(),
        name="edit-proposal",
    ),
    path("<slug:unit>/promises/", promises.promises, name="promises"),
    path("<slug:unit>/promises/new/", promises.EnterPromise.as_view(), name="new-promise"),
    path("<slug:unit>/promises/<int:pk>/", promises.EnterPromise.as_view(), name="edit-promise"),
    path(
        "<slug:unit>/promises/<int:pk>/review/",
        promises.ReviewPromise.as_view(),
        name="review-promise",
    ),
    path(
        "<slug:unit>/promises/<int:pk>/review/<int:review>/",
        promises.ReviewPromise.as_view(),
        name="edit-review",
    ),
    path("<slug:unit>/reminders/", reminder_views.reminders, name="reminders"),
    path("<slug:unit>/<int:year>/results/", views.results_notice, name="results-notice"),
]
