"""The token language of a report's text: reading it, its faults, and what becomes of it."""

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from reports.document import Run
from reports.text import (
    TextError,
    TextErrors,
    Token,
    UnknownToken,
    check,
    compose,
    parse,
    tokens,
)

KNOWN = {
    "members_total": {"cn", "digits"},
    "members_share": {"fraction"},
    "symposia_count": {"cn", "about"},
    "aid_total": {"words"},
}


def positions(text):
    """Where the faults of a text are said to be."""
    with pytest.raises(TextErrors) as caught:
        parse(text)
    return [error.position for error in caught.value.errors]


def faults(text, known=KNOWN):
    """All faults of a section's text."""
    with pytest.raises(TextErrors) as caught:
        check(text, section="共建", known=known)
    return caught.value.errors


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("成员共19人。", ("成员共19人。",)),
        ("{members_total}", (Token("members_total", "", 0),)),
        (
            "成员共{members_total}，{symposia_count|cn}座谈会",
            (
                "成员共",
                Token("members_total", "", 3),
                "，",
                Token("symposia_count", "cn", 19),
                "座谈会",
            ),
        ),
        ("{a}{b2_|c_3}", (Token("a", "", 0), Token("b2_", "c_3", 3))),
        ("第一行\n{a}\n", ("第一行\n", Token("a", "", 4), "\n")),
        ("{{a}}", ("{a}",)),
        ("{{{a}}}", ("{", Token("a", "", 2), "}")),
        ("{{{{", ("{{",)),
        ("}}{{", ("}{",)),
        ("｛中文｝、100%、%(a)s、{{0.__class__}}", ("｛中文｝、100%、%(a)s、{0.__class__}",)),
        ("{{% load x %}}", ("{% load x %}",)),
    ],
)
def test_parse_reads_words_tokens_and_braces(text, parts):
    assert parse(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "{ }",
        "{a",
        "{",
        "}",
        "a}",
        "{a}}",
        "{ a}",
        "{a }",
        "{A}",
        "{1a}",
        "{_a}",
        "{a|}",
        "{|a}",
        "{a|b|c}",
        "{a|B}",
        "{a b}",
        "{a.b}",
        "{a-b}",
        "{a|cn }",
        "{a｜cn}",
        "{é}",
        "{成员}",
        "{a\n}",
        "{a｝",
        "｛a}",
        "｛members_total｝",
        "{% load x %}",
        "{0.__class__}",
        "{{{a}}",
    ],
)
def test_parse_anything_else_is_a_fault(text):
    with pytest.raises(TextErrors) as caught:
        parse(text)
    assert [type(error) for error in caught.value.errors if error.position] != []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{A}好{b}{}坏{c", [1, 7, 10]),
        ("}甲{a b}乙}", [1, 3, 9]),
        ("{a\n{b}\n}", [1, 8]),
        ("{a{b}{c", [1, 6]),
        ("甲｛a｝乙{B}", [2, 6]),
    ],
)
def test_parse_finds_every_fault_at_its_place(text, expected):
    assert positions(text) == expected


def test_parse_excerpt_shows_the_surroundings_on_one_line():
    text = "一二三四五六七八九十\n{Members}" + "甲" * 40

    with pytest.raises(TextErrors) as caught:
        parse(text)

    (error,) = caught.value.errors
    # 8 characters before the brace (one of them the line break), 24 from it on (9 + 15).
    assert error.excerpt == "…四五六七八九十 {Members}" + "甲" * 15 + "…"
    assert error.position == 12


def test_parse_excerpt_of_a_short_text_is_the_text():
    with pytest.raises(TextErrors) as caught:
        parse("共{}人")
    assert caught.value.errors[0].excerpt == "共{}人"


names = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
token_texts = st.builds(lambda key, wording: (key, wording), names, st.one_of(st.just(""), names))


@given(st.lists(st.one_of(st.text(alphabet="共{}人 a|\n", max_size=6), token_texts), max_size=8))
@example(["{", ("a", ""), "}"])
def test_parse_reads_back_whatever_is_written_by_the_rules(pieces):
    written, read = "", []
    for piece in pieces:
        if isinstance(piece, tuple):
            read.append(Token(*piece, start=len(written)))
            written += "{" + "|".join(filter(None, piece)) + "}"
        elif piece:
            written += piece.replace("{", "{{").replace("}", "}}")
            if read and isinstance(read[-1], str):
                piece = read.pop() + piece
            read.append(piece)

    # "{{" in front of a token, or "}}" behind one, is read from the left and stays unambiguous.
    assert parse(written) == tuple(read)


@given(st.text(alphabet="{}｛｝|a_A1 共\n"))
def test_parse_any_text_is_read_or_refused_with_places_inside_it(text):
    try:
        parts = parse(text)
    except TextErrors as refusal:
        places = [error.position for error in refusal.errors]
        assert places == sorted(set(places))
        assert {text[place - 1] for place in places} <= set("{}｛")
    else:
        written = "".join(
            str(part) if isinstance(part, Token) else part.replace("{", "{{").replace("}", "}}")
            for part in parts
        )
        assert written == text


def test_tokens_in_order_with_repeats():
    assert tokens("{b|cn}，{a}，{{c}}，{b}") == ("b", "a", "b")


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
            "Did you mean {members_total} / {members_share}?"
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
    (error,) = faults("100%(excerpt)s{A}")
    with translation.override("en"):
        assert "near “100%(excerpt)s{A}”" not in str(error)
        assert "near “…excerpt)s{A}”" in str(error)


def test_compose_replaces_tokens_and_keeps_the_words():
    def word(token):
        return Run({"": "19人", "cn": "十九人"}[token.wording], figure=token.key)

    assert compose("共{members_total}{{注}}，{members_total|cn}", word) == (
        Run("共"),
        Run("19人", figure="members_total"),
        Run("{注}，"),
        Run("十九人", figure="members_total"),
    )


def test_compose_of_a_faulty_text_words_nothing():
    worded = []

    with pytest.raises(TextErrors):
        compose("{a}{", worded.append)

    assert worded == []
