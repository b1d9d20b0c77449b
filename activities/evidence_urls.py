"""Addresses of evidence: the files, and the pages on which they are added and changed."""

from django.urls import path

from activities import evidence_file_views, evidence_views

urlpatterns = [
    path(
        "<slug:unit>/activities/<int:pk>/evidence/",
        evidence_views.add_evidence,
        name="add-evidence",
    ),
    path(
        "<slug:unit>/activities/<int:pk>/evidence/address/",
        evidence_views.AddAddress.as_view(),
        name="add-evidence-address",
    ),
    path(
        "<slug:unit>/activities/<int:pk>/evidence/edit/",
        evidence_views.EditEvidence.as_view(),
        name="edit-evidence",
    ),
    path(
        "<slug:unit>/activities/<int:pk>/evidence/not-needed/",
        evidence_views.mark_not_needed,
        name="mark-not-needed",
    ),
    path("<slug:unit>/evidence/<int:pk>/", evidence_file_views.evidence_file, name="evidence-file"),
    path(
        "<slug:unit>/evidence/<int:pk>/thumbnail/",
        evidence_file_views.evidence_thumbnail,
        name="evidence-thumbnail",
    ),
    path(
        "<slug:unit>/evidence/<int:pk>/delete/",
        evidence_views.delete_evidence,
        name="delete-evidence",
    ),
]
