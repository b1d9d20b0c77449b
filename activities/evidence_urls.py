"""Addresses of evidence: the files, and the pages on which they are added and changed."""

from django.urls import path

from activities import evidence_file_views

urlpatterns = [
    path("<slug:unit>/evidence/<int:pk>/", evidence_file_views.evidence_file, name="evidence-file"),
    path(
        "<slug:unit>/evidence/<int:pk>/thumbnail/",
        evidence_file_views.evidence_thumbnail,
        name="evidence-thumbnail",
    ),
]
