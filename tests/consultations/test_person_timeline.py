"""What suggestions tell of a person: those they signed, and no others."""

from consultations.person_timeline import source
from members.timeline import Entry
from tests import factories


def test_signed_suggestion_is_told_with_its_beginning(in_scope):
    person = factories.member(in_scope)
    factories.suggestion(
        in_scope, number=3, wording="建议" * 40, signature="persons", proposers=[person]
    )
    assert source().entries(person) == [Entry("2017-3 " + "建议" * 30 + "…", factories.HAPPENED_ON)]


def test_unsigned_suggestion_and_one_of_an_organisation_are_nobodys(in_scope):
    """Also where the proposers are still on record."""
    person = factories.member(in_scope)
    branch = factories.organisation(in_scope, party=factories.party())
    factories.suggestion(in_scope, signature="persons", proposers=[factories.member(in_scope)])
    factories.suggestion(in_scope, signature="organisation", organisation=branch)
    row = factories.suggestion(in_scope, signature="persons", proposers=[person])
    row.signature = "unsigned"
    row.save()
    assert source().entries(person) == []
