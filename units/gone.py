"""A record that was deleted while somebody was still changing it: what they typed comes back."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from units.editing import STAMP_FIELD

_NO_WORDS = re.compile(r"[a-z_]*|[\d\s.,:/-]*|on", re.ASCII)
"""Keys, numbers, days and ticks: what a form sends besides the words that somebody typed."""


class GoneMiddleware:
    """Answers a form for changing a record that is not there with the words that were typed.

    Whether it was deleted, or never was the person's to read, the answer is the same.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or STAMP_FIELD not in request.POST:
            return response
        return render(request, "units/gone.html", {"words": words_typed(request)}, status=404)


def words_typed(request: HttpRequest) -> list[str]:
    """The texts that the form brought, in its order, each once."""
    values = [
        value
        for name, values in request.POST.lists()
        for value in values
        if name not in (STAMP_FIELD, "csrfmiddlewaretoken") and not _NO_WORDS.fullmatch(value)
    ]
    return list(dict.fromkeys(values))
