"""The token language of a report's text: reading it, and what its tokens become."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports.document import Run
from reports.text import TextErrors, Token, compose, parse, tokens


def positions(text):
    """Where the faults of a text are said to be."""
    with pytest.raises(TextErrors) as caught:
        parse(text)
    return [error.position for error in caught.value.errors]


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
        ("｛中文 abc｝、｛a，b｝、｛a", ("｛中文 abc｝、｛a，b｝、｛a",)),
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
    assert positions(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{A}好{b}{}坏{c", [1, 8, 11]),
        ("}甲{a b}乙}", [1, 3, 9]),
        ("{a\n{b}\n}", [1, 8]),
        ("{a{b}{c", [1, 6]),
        ("甲｛a｝乙{B}", [2, 6]),
        ("｛a}{a｝", [1, 4]),
        ("｛ A｜cn ｝", [1]),
        ("{a\n｛b｝", [1, 4]),
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


@pytest.mark.parametrize(("behind", "cut"), [(22, ""), (23, "…")])
def test_parse_excerpt_marks_what_is_cut_off(behind, cut):
    with pytest.raises(TextErrors) as caught:
        parse("{}" + "甲" * behind)
    # 24 characters: the two braces and 22 more.
    assert caught.value.errors[0].excerpt == "{}" + "甲" * 22 + cut


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
