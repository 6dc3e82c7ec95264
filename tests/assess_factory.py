"""Findings made by hand, so that the assessment is tested apart from what the rules find."""

from __future__ import annotations

from contractscan.model import (
    Bilingual,
    Capture,
    ClauseRef,
    Document,
    Effect,
    Evidence,
    Finding,
    Party,
    PartyCapture,
    Severity,
    Topic,
)
from contractscan.quantities import find_quantities
from contractscan.segment import segment  # noqa: F401 - tests segment what they assess
from contractscan.text import detect_language, detect_script

ROLES = ("client", "provider", "both", "unknown")
LABELS = {"client": "甲方", "provider": "乙方"}
PARTIES = (Party(role="client", label="甲方"), Party(role="provider", label="乙方"))


def contract(text: str) -> Document:
    return Document(
        name="合同.txt", format="txt", text=text, language=detect_language(text), script=detect_script(text)
    )


def finding(
    document: Document,
    rule_id: str,
    words: str,
    *,
    number: str = "8.2",
    topic: Topic = "termination",
    effect: Effect = "neutral",
    severity: Severity = "info",
    kind: str = "clause",
    **captures: str,
) -> Finding:
    """A finding on the sentence `words`. A capture is a role, or words of the sentence that are one quantity."""
    start = document.text.index(words)
    values: dict[str, Capture] = {}
    for name, value in captures.items():
        at = start + words.index(value) if value not in ROLES else start
        if value in ROLES:
            values[name] = PartyCapture(text=value, start=at, end=at, role=value)  # type: ignore[arg-type]
        else:
            quantity = next(q for q in find_quantities(document.text) if q.start <= at < q.end)
            values[name] = quantity
    text = Bilingual(zh=f"{rule_id} 的说明", en=f"about {rule_id}")
    return Finding(
        id=f"{rule_id}-{start}",
        rule_id=rule_id,
        topic=topic,
        kind=kind,  # type: ignore[arg-type]
        effect=effect,
        severity=severity,
        title=Bilingual(zh=f"{rule_id} 标题", en=f"{rule_id} title"),
        message=text,
        rationale=text,
        suggestion=text,
        fallback=Bilingual(zh="甲方可以解除，乙方退款。", en="Client may terminate and Agency refunds."),
        clause=ClauseRef(number=number, path=(number,)),
        evidence=(Evidence(start=start, end=start + len(words), quote=words, marks=((start, start + len(words)),)),)
        if kind == "clause"
        else (),
        captures=values,
    )
