"""The register of figures: every number and list a report can state, with its meaning.

A figure's key is the name of its statistic: ``members_total`` is the function, the key here, the
token in a text and the key in JSON. The register says what each is called and how it is counted;
the statistics say which records make it up.
"""

from collections.abc import Mapping

from reports.figures import aid, consulting, deeds, people, proposing, work
from reports.figures.figure import Figure

_GROUPS = (people, work, deeds, consulting, proposing, aid)

REGISTER: Mapping[str, Figure] = {
    figure.key: figure for group in _GROUPS for figure in group.FIGURES
}


def known_tokens() -> dict[str, tuple[str, ...]]:
    """Every key with the names of its wordings, for checking a text."""
    return {key: figure.wordings for key, figure in REGISTER.items()}
