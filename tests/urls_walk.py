"""Every address of the site, as the URL resolver knows it."""

from collections.abc import Iterator

from django.urls import URLPattern, get_resolver


def names() -> list[str]:
    """The name of every pattern, with its namespace; patterns without a name by their route."""
    return [name for name, _pattern in _walk(get_resolver().url_patterns, "")]


def converters() -> dict[str, list[str]]:
    """The arguments that each address takes."""
    return {
        name: list(pattern.pattern.converters or pattern.pattern.regex.groupindex)
        for name, pattern in _walk(get_resolver().url_patterns, "")
    }


def _walk(patterns, space: str) -> Iterator[tuple[str, URLPattern]]:
    for each in patterns:
        if isinstance(each, URLPattern):
            yield f"{space}{each.name or str(each.pattern)}", each
        else:
            inner = f"{each.namespace}:" if each.namespace else ""
            yield from _walk(each.url_patterns, space + inner)
