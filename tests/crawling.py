"""Walking through the site as somebody signed in: every address that a page leads to, and what is
written there, whatever kind of file it is."""

import io
import re
import zipfile
from collections import Counter
from html import unescape
from urllib.parse import urldefrag, urljoin

import fitz

NOT_FOLLOWED = re.compile(r"/static/|/language/|/sign-out/|/admin/logout/|/admin/jsi18n/")
MOST = 1500
"""More addresses than two full schools have; reaching it fails the test."""
PRESENT, SEALED = 2017, 2015
"""The years in which the two schools have records, and a signed report."""
VARIANTS = 4
"""So many questions of one page are followed, such as years and orders; of files, all."""


def content_of(answer) -> str:
    """The words of an answer, unpacked from whatever kind of file it is."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = answer["Content-Type"].split(";")[0]
    if kind == "application/pdf":
        with fitz.open(stream=body) as document:
            return re.sub(r"\s", "", "".join(page.get_text() for page in document))
    if kind.endswith(("wordprocessingml.document", "spreadsheetml.sheet")):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            parts = [archive.read(name).decode(errors="replace") for name in archive.namelist()]
        return unescape("".join(parts))  # a workbook holds its words as numbers of characters
    text = body.decode()
    return (
        text.encode().decode("unicode_escape", "ignore") + text if kind.endswith("json") else text
    )


def links_of(answer, page: str) -> set[str]:
    """The addresses of this site on an HTML page, forms that ask by GET included."""
    if not answer["Content-Type"].startswith("text/html"):
        return set()
    found = re.findall(r'(?:href|src|action|data-[a-z-]*url)="([^"]*)"', answer.content.decode())
    full = (urldefrag(urljoin(page, unescape(each))).url for each in found)
    # The admin's lists link to themselves in every order and with every filter.
    plain = (each.split("?")[0] if each.startswith("/admin/") else each for each in full)
    return {each for each in plain if each.startswith("/") and not NOT_FOLLOWED.search(each)}


def crawl(browser, starts) -> dict[str, str]:
    """Every address that the browser can reach from ``starts``, with the words found there."""
    waiting, seen, asked = list(starts), {}, Counter()
    while waiting:
        page = waiting.pop(0)
        if page in seen:
            continue
        assert len(seen) < MOST, sorted(seen)[::100]
        answer = browser.get(page)
        if answer.status_code == 302:
            seen[page] = ""
            waiting.append(answer["Location"])
        elif answer.status_code == 200:
            seen[page] = content_of(answer)
            for link in sorted(links_of(answer, page) - set(seen) - set(waiting)):
                question = _question(link)
                if not question or "file=" in link or asked[question] < VARIANTS:
                    asked[question] += 1
                    waiting.append(link)
        else:
            seen[page] = ""
    return seen


def _question(link: str) -> str:
    """What of a page an address asks for, the same for each of its variants; "" for a plain one.

    Another year is another question of the same page, for the pages of a year lead to the next.
    """
    path, _, query = link.partition("?")
    without_year = re.sub(r"/(19|20)\d\d/", "/year/", path)
    has_records = any(f"/{year}/" in path for year in (PRESENT, SEALED))
    return without_year if query or (without_year != path and not has_records) else ""
