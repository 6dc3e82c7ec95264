"""Words that the assessment shares: places, quotes and lists, in Chinese and in English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from contractscan.model import Bilingual, ClauseRef, Duration, Evidence, Finding
from contractscan.ruleset.words import same
from contractscan.text import CJK

_WHOLE = re.compile(r"^(?:第.+|\d+(?:[.．]\d+)+|(?:article|section|clause)\b.*)$", re.I)  # says where it is by itself
_ANY_NUMBER = re.compile(
    r"^[（(]?(?:第|\d|[一二三四五六七八九十百壹贰貳叁參肆伍陆陸柒捌玖拾]|[a-z]{1,4}[.)）]"
    r"|article\b|section\b|附|annex\b|schedule\b)",
    re.I,
)
_NAMED = re.compile(r"article|section|clause|annex|schedule|appendix|exhibit", re.I)
_CJK_RE = re.compile(f"[{CJK}]")


def join(parts: Iterable[Bilingual], *, zh: str = "；", en: str = "; ") -> Bilingual:
    listed = [part for part in parts if part.zh]
    return Bilingual(zh=zh.join(part.zh for part in listed), en=en.join(part.en for part in listed))


def main_evidence(finding: Finding) -> Evidence | None:
    """The sentence that the finding is about: the last one with marks; those before it are lead-ins."""
    marked = [item for item in finding.evidence if item.marks] or finding.evidence
    return marked[-1] if marked else None


def evidence_of(finding: Finding, name: str) -> Evidence | None:
    """The sentence in which the value captured under `name` stands."""
    capture = finding.captures.get(name)
    held = [item for item in finding.evidence if capture and item.start <= capture.start < item.end]
    return held[0] if held else main_evidence(finding)


def clause_number(clause: ClauseRef) -> str:
    """The number by which people would look the clause up: 8.2, 第八条, 第十條 › 一, 10.4（1）; empty without one."""
    numbers = [part.strip() for part in clause.path if _ANY_NUMBER.match(part.strip())]
    shown = ""
    for part in reversed(numbers):
        if _WHOLE.match(part):
            return (part + (shown if shown.startswith(("（", "(")) else f" › {shown}")) if shown else part
        part = part.rstrip("、.．")
        shown = part if not shown else part + (shown if shown.startswith(("（", "(")) else f" › {shown}")
    return shown


def where(finding: Finding) -> Bilingual:
    """`第8.2条`, `clause 8.2`; without a number the page; empty when neither is known."""
    number = clause_number(finding.clause)
    if number:
        named = _NAMED.match(number) is not None
        zh = number if named or _CJK_RE.search(number) or " › " in number else f"第{number}条"
        return Bilingual(zh=zh, en=number if named else f"clause {number}")
    pages = [item.page for item in finding.evidence if item.page]
    return Bilingual(zh=f"第{pages[0]}页", en=f"page {pages[0]}") if pages else same("")


def cited(text: Bilingual, finding: Finding) -> Bilingual:
    """`text` with the place of `finding` in brackets."""
    place = where(finding)
    return Bilingual(zh=f"{text.zh}（{place.zh}）", en=f"{text.en} ({place.en})") if place.zh else text


def of(findings: Iterable[Finding], *rule_ids: str) -> list[Finding]:
    """The findings of these rules, rule by rule."""
    return [finding for rule_id in rule_ids for finding in findings if finding.rule_id == rule_id]


def held(findings: Iterable[Finding], capture: str, *roles: str) -> list[Finding]:
    """The findings whose `capture` is one of `roles`."""
    return [finding for finding in findings if role_of(finding, capture) in roles]


def renewing(findings: Iterable[Finding]) -> list[Finding]:
    """The clauses by which silence renews the contract; talks on a renewal (neutral) are none."""
    rules = ("non-renewal-window", "auto-renewal")
    return [finding for finding in findings if finding.rule_id in rules and finding.effect != "neutral"]


def sentences_of(findings: Iterable[Finding]) -> set[tuple[int, int]]:
    """Where the sentences stand in which words of these findings are marked; lead-ins that they share are left out."""
    return {(item.start, item.end) for finding in findings for item in finding.evidence if item.marks}


def role_of(finding: Finding, name: str) -> str | None:
    """The role that the finding captured under `name`; None when it is not known."""
    capture = finding.captures.get(name)
    if capture is None or capture.kind != "party" or capture.role in ("unknown", "other"):
        return None
    return capture.role


def owed_by(findings: Iterable[Finding], role: str) -> set[int]:
    """Where the sums and shares stand that `role` pays, by the reading of any rule."""
    return {
        capture.start
        for finding in findings
        if role_of(finding, "payer") == role
        for capture in finding.captures.values()
        if capture is not None and capture.kind in ("money", "percentage")
    }


def duration_of(finding: Finding, name: str) -> Duration | None:
    """The duration captured under `name`; None when there is none or it was left blank."""
    capture = finding.captures.get(name)
    return capture if capture is not None and capture.kind == "duration" and capture.value is not None else None


def quoted(evidence: Evidence | None, *, most: int = 60) -> str:
    """The words of `evidence` on one line, cut at `most` characters."""
    return short(evidence.quote, most=most) if evidence else ""


def short(text: str, *, most: int = 60) -> str:
    """`text` on one line, cut at `most` characters."""
    words = re.sub(r"\s+", " ", text).strip()
    return words if len(words) <= most else f"{words[: most - 1]}…"


def ids(findings: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.id for finding in findings))
