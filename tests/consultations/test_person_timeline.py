"""What is told of a person: suggestions they signed, proposals they made, and no others."""

from consultations.person_timeline import sources
from members.timeline import Entry
from tests import factories


def told(key, person) -> list[Entry]:
    """What the source called ``key`` tells of ``person``."""
    return next(each for each in sources() if each.key == key).entries(person)


def test_signed_suggestion_is_told_with_its_beginning(in_scope):
    person = factories.member(in_scope)
    factories.suggestion(
        in_scope, number=3, wording="建议" * 40, signature="persons", proposers=[person]
    )
    assert told("suggestion", person) == [
        Entry("2017-3 " + "建议" * 30 + "…", factories.HAPPENED_ON)
    ]


def test_unsigned_suggestion_and_one_of_an_organisation_are_nobodys(in_scope):
    """Also where the proposers are still on record."""
    person = factories.member(in_scope)
    branch = factories.organisation(in_scope, party=factories.party())
    factories.suggestion(in_scope, signature="persons", proposers=[factories.member(in_scope)])
    factories.suggestion(in_scope, signature="organisation", organisation=branch)
    row = factories.suggestion(in_scope, signature="persons", proposers=[person])
    row.signature = "unsigned"
    row.save()
    assert told("suggestion", person) == []


def test_proposals_are_told_with_their_kind_and_lead_to_their_page(in_scope):
    person = factories.member(in_scope)
    row = factories.proposal(in_scope, "停车的提案", kind="opinion", proposers=[person])
    factories.proposal(in_scope, proposers=[factories.member(in_scope)])
    address = f"/{in_scope.code}/proposals/{row.pk}/"
    expected = Entry("社情民意 停车的提案", factories.HAPPENED_ON, link=address)
    assert told("proposal", person) == [expected]
