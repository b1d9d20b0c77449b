"""The forms on a page, filled in and sent as a browser would send them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from django.apps import apps
from lxml import html

DAY = "2017-05-04"
WORDS = "新填"
ADDRESS = "https://example.org/"
_WRITTEN = {"text", "number", "date", "hidden", "search", "tel", "email", "password"}
_DAY = re.compile(r"(^|[_-])on$")
"""Names of fields for a day as it stands on paper, which are plain text to a browser."""


@dataclass(frozen=True)
class Form:
    """One form that is sent by POST: where to, and with which fields."""

    action: str
    data: dict[str, list[str]]


def forms_on(page: str, address: str, key_of: Callable[[type], object]) -> Iterator[Form]:
    """Every form of the page that posts, with what stands in it; what it asks for is filled in.

    ``key_of`` gives the key of a row of some kind, for fields that find their choices by asking.
    """
    for form in html.fromstring(page).forms:
        if form.method == "POST":
            yield Form(urljoin(address, form.action or address), _data_of(form, key_of))


def _data_of(form, key_of: Callable[[type], object]) -> dict[str, list[str]]:
    data: dict[str, list[str]] = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    for field in form.xpath(".//input[@name]"):
        if field.get("type", "text") in _WRITTEN:
            data.setdefault(field.get("name"), [""])
    for field in form.xpath(".//*[@required][@name]"):
        if not any(value.strip() for value in data.get(field.get("name"), [])):
            data[field.get("name")] = [_value_for(field, key_of)]
    for button in form.xpath("(.//button[@name] | .//input[@type='submit'][@name])[1]"):
        data.setdefault(button.get("name"), [button.get("value") or ""])
    data.pop("csrfmiddlewaretoken", None)
    return data


def _value_for(field, key_of: Callable[[type], object]) -> str:
    if field.get("data-model-name"):
        model = apps.get_model(field.get("data-app-label"), field.get("data-model-name"))
        return str(key_of(model._meta.get_field(field.get("data-field-name")).related_model))
    if field.tag == "select":
        return next((o.get("value") for o in field.iter("option") if o.get("value")), "")
    kind = field.get("type", "text")
    if kind in ("radio", "checkbox"):
        return field.get("value") or "on"
    if kind == "number":
        return field.get("min") or "1"
    if kind == "date" or "vDateField" in field.get("class", "") or _DAY.search(field.get("name")):
        return DAY
    if field.get("inputmode") == "url" or kind == "url":
        return ADDRESS
    return WORDS
