"""Common to the tests of the search: asking, and a record of every kind to be found."""

from django.urls import reverse

from tests import factories

EVERY_KIND = [
    *("people", "organisations", "activities", "talks", "aid"),
    *("consultations", "suggestions", "proposals", "reports"),
]


def search(client, unit, words: str, **more):
    """The answer to the words, posted as the form posts them."""
    return client.post(reverse("search", args=[unit.code]), {"words": words, **more})


def found(client, unit, words: str, **more) -> dict[str, list[str]]:
    """The titles found, by kind."""
    groups = search(client, unit, words, **more).context["groups"]
    return {each.kind.key: [title_of(line) for line in each.lines] for each in groups}


def title_of(line) -> str:
    return "".join(part.text for part in line.title)


def excerpt_of(line) -> str:
    """The excerpt, with its hits in brackets."""
    return "".join(f"[{part.text}]" if part.is_hit else part.text for part in line.excerpt)


def one_of_each(unit, word: str):
    """A row of every kind that can be found, with ``word`` in its middle."""
    text = f"关于{word}的事"
    factories.person(unit, f"王{word}")
    factories.organisation(unit, f"第一{word}支部")
    factories.activity(unit, text)
    leader, friend = factories.person(unit, "甲乙"), factories.person(unit, "丙丁")
    factories.talk(factories.talk_pair(unit, leader, friend), text)
    meeting = factories.consultation(unit, "座谈会")
    factories.agenda_item(meeting, text)
    factories.suggestion(unit, wording=text)
    factories.proposal(unit, text)
    factories.section(factories.report(unit), body=text)
    factories.aid_round(unit, text)
