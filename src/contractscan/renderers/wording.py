"""Words for places, laws and amounts, and what of a contract's text may be shown at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contractscan.model import Bilingual, ClauseRef, Evidence, Exposure, Finding, Statute
from contractscan.renderers.labels import EMPTY, LABELS, join, same

# What must never reach a terminal or a page: control characters, and the marks that reverse the order of what follows
# them. A quoted contract could otherwise recolour a terminal or make one amount look like another.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_BLANK = re.compile(r"\s+")


def printable(text: str) -> str:
    """`text` without control and direction characters; line breaks and tabs stay."""
    return _UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """`text` printable and with every run of white space as one space."""
    return _BLANK.sub(" ", printable(text)).strip()


def place(finding: Finding) -> Bilingual:
    """Clause and page of a finding: 第八条 › 8.2 提前解除，第3页."""
    clause = clause_name(finding.clause)
    return join([clause, pages_of(finding.evidence, paragraphs=not clause.zh)], zh="，", en=", ")


def clause_name(clause: ClauseRef) -> Bilingual:
    """The clause's path and heading in the contract's own words."""
    path = " › ".join(one_line(part) for part in clause.path) or one_line(clause.number)
    heading = one_line(clause.heading)
    return same(path if heading in path else f"{path} {heading}".strip())


def law(references: Sequence[Statute]) -> Bilingual:
    """Citations, each with how far it was verified and what it says."""
    cited = []
    for statute in references:
        citation = _cited(statute)
        zh, en = statute.gist.zh.rstrip("。"), statute.gist.en.rstrip(".")
        cited.append(Bilingual(zh=f"{citation.zh}：{zh}", en=f"{citation.en}: {en}"))
    return join(cited, zh="；", en="; ")


def citations(references: Sequence[Statute]) -> Bilingual:
    """Citations alone, each with how far it was verified, where the finding that is cited says the rest."""
    return join([_cited(statute) for statute in references], zh="；", en="; ")


def _cited(statute: Statute) -> Bilingual:
    status = LABELS.get(statute.status, same(statute.status))
    zh, en = f"{statute.citation.zh}（{status.zh}）", f"{statute.citation.en} ({status.en})"
    if statute.condition:
        return Bilingual(zh=f"{statute.condition.zh}：{zh}", en=f"{statute.condition.en}: {en}")
    return Bilingual(zh=zh, en=en)


def pages_of(evidence: Sequence[Evidence], *, paragraphs: bool = True) -> Bilingual:
    """The pages quoted from; in a file without pages the paragraphs, where asked for."""
    pages = sorted({item.page for item in evidence if item.page is not None})
    if pages:
        numbers = ", ".join(str(page) for page in pages)
        return Bilingual(zh=f"第{numbers.replace(', ', '、')}页", en=f"p. {numbers}")
    counted = sorted({item.paragraph + 1 for item in evidence if item.paragraph is not None})
    if counted and paragraphs:
        numbers = ", ".join(str(number) for number in counted)
        return Bilingual(zh=f"第{numbers.replace(', ', '、')}段", en=f"para. {numbers}")
    return EMPTY


def amount(item: Exposure) -> Bilingual:
    """12,500.00 CNY, or a range; empty when it could not be computed."""
    if item.amount is None:
        return EMPTY
    figures = f"{item.amount:,f}" if item.upper is None else f"{item.amount:,f}–{item.upper:,f}"
    return same(f"{figures} {item.currency or ''}".strip())
