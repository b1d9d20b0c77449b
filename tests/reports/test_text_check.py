"""What a writer is told about the faults of a text."""

import pytest
from django.utils import translation

from reports.text import TextError, TextErrors, Token, UnknownToken, check, parse

KNOWN = {
    "members_total": {"cn", "digits"},
    "members_share": {"fraction"},
    "symposia_count": {"cn", "about"},
    "aid_total": {"words"},
}


def faults(text, known=KNOWN):
    """All faults of a section's text."""
    with pytest.raises(TextErrors) as caught:
        check(text, section="共建", known=known)
    return caught.value.errors


def test_check_known_tokens_pass():
    assert check("{members_total}、{members_total|cn}、{{x}}", section="共建", known=KNOWN) is None


def test_check_unknown_figure_names_token_section_and_nearest():
    (error,) = faults("成员共{member_total}人")

    assert isinstance(error, UnknownToken)
    assert error.token == Token("member_total", "", 3)
    assert error.section == "共建"
    assert error.nearest[0] == "{members_total}"
    assert error.position == 4
    with translation.override("en"):
        assert str(error) == (
            "Section “共建”: There is no figure “{member_total}” (character 4). "
            "Did you mean {members_total} / {members_share} / {aid_total}?"
        )


def test_check_figure_with_words_swapped_is_still_found():
    (error,) = faults("{total_members}")
    assert "{members_total}" in error.nearest


def test_check_nearest_figure_keeps_a_wording_it_has():
    (error,) = faults("{symposium_count|cn}")
    assert error.nearest == ("{symposia_count|cn}",)


def test_check_nearest_figure_drops_a_wording_it_has_not():
    (error,) = faults("{aid_totals|cn}")
    assert error.nearest[0] == "{aid_total}"


def test_check_unknown_figure_like_no_other_points_to_the_list():
    (error,) = faults("{zzz}")

    assert error.nearest == ()
    with translation.override("en"):
        assert str(error) == (
            "Section “共建”: There is no figure “{zzz}” (character 1). "
            "Choose one from the list of figures."
        )


def test_check_unknown_wording_names_the_nearest_wording():
    (error,) = faults("{symposia_count|abuot}")

    assert error.nearest == ("{symposia_count|about}",)
    with translation.override("en"):
        assert str(error) == (
            "Section “共建”: The figure of “{symposia_count|abuot}” (character 1) does not have "
            "this wording. Did you mean {symposia_count|about}?"
        )


def test_check_unknown_wording_like_no_other_names_all():
    (error,) = faults("{symposia_count|xyz}")
    assert error.nearest == ("{symposia_count}", "{symposia_count|about}", "{symposia_count|cn}")


def test_check_finds_faults_of_both_sorts_in_the_order_of_the_text():
    errors = faults("{zzz}{members_total}{A}{aid_total|xx}{")

    assert [(type(error), error.position, error.section) for error in errors] == [
        (UnknownToken, 1, "共建"),
        (TextError, 21, "共建"),
        (UnknownToken, 24, "共建"),
        (TextError, 38, "共建"),
    ]


def test_errors_have_one_line_each():
    with translation.override("en"), pytest.raises(TextErrors) as caught:
        parse("{}甲}")
    with translation.override("en"):
        assert caught.value.messages == [
            "No figure is named between the braces at character 1, near “{}甲}”. "
            "Put the name of a figure between them, or take them out.",
            "The closing brace at character 4, near “{}甲}”, has no opening one. "
            "Take it out, or write }} for a brace that is to be printed.",
        ]
        assert str(caught.value) == "\n".join(caught.value.messages)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("{}", "Put the name of a figure between them"),
        ("{A}", "such as {members_total} or {symposia_count|cn}"),
        ("{a", "Put } behind the name of the figure, or write {{"),
        ("}", "or write }} for a brace"),
        ("｛a｝", "half-width braces { and }"),
    ],
)
def test_error_says_what_to_do(text, advice):
    with pytest.raises(TextErrors) as caught:
        parse(text)
    with translation.override("en"):
        assert advice in str(caught.value)


def test_error_prints_percent_signs_of_the_text_as_they_are():
    (error,) = faults("%d%(a)s{A}")
    with translation.override("en"):
        assert "near “%d%(a)s{A}”" in str(error)
