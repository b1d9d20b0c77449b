"""Which sentences of a report name shortcomings and measures: proposals, for people to choose."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reports.document import Document, Heading, Paragraph, plain

_ABOUT = re.compile("不足|问题|改进|措施|打算|思路|设想|计划|展望")
_MEASURE = re.compile(
    "[一二三四五六七八九十]是要|将|要|进一步|加强|完善|推进|健全|落实|拟|着力|计划"
)
_SHORTCOMING = re.compile("不足|不够|不深|不透|问题|欠缺|有待|薄弱|未能|缺乏|短板")
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
_AND_THEN = re.compile(r"(?<=[，：、])(?=[二三四五六七八九十]是)")


@dataclass(frozen=True)
class Sentence:
    """One sentence; ``kind`` is shortcoming, measure or "" where neither is likely."""

    wording: str
    kind: str


def sentences(document: Document) -> list[Sentence]:
    """The sentences of the parts whose heading speaks of shortcomings, measures or plans."""
    return [
        Sentence(wording, _kind_of(wording))
        for text in _paragraphs(document)
        for wording in _split(text)
    ]


def _paragraphs(document: Document) -> Iterable[str]:
    level, inside = 0, False
    for block in document.blocks:
        if isinstance(block, Heading):
            if not inside or block.level <= level:
                level, inside = block.level, bool(_ABOUT.search(plain(block.runs)))
        elif isinstance(block, Paragraph) and inside:
            yield plain(block.runs)


def _split(text: str) -> Iterable[str]:
    for sentence in _SENTENCE.findall(text):
        for part in _AND_THEN.split(sentence):
            wording = part.strip().rstrip("。；！，、")
            if wording:
                yield wording


def _kind_of(wording: str) -> str:
    if _SHORTCOMING.search(wording) and not re.match("[一二三四五六七八九十]是要", wording):
        return "shortcoming"
    return "measure" if _MEASURE.search(wording) else ""
