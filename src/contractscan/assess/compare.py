"""Two versions of a contract: which findings came, went, or say something else now."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Literal

from contractscan.assess.wording import main_evidence
from contractscan.model import SEVERITIES, Bilingual, Capture, DocumentInfo, Finding, Frozen, Report, Severity
from contractscan.ruleset.words import ROLES, said_value, same

_ALIKE = 0.4  # of the characters of two sentences of one rule, from which on the one is the other reworded
_NAMES: Mapping[str, tuple[str, str]] = {
    "amount": ("金额", "amount"),
    "cure": ("改正期", "time to cure"),
    "deadline": ("期限", "deadline"),
    "delay": ("视为送达的时间", "time until deemed receipt"),
    "end_date": ("届满日", "last day"),
    "holder": ("权利人", "holder"),
    "obligor": ("义务人", "obligor"),
    "owner": ("归属", "owner"),
    "payer": ("付款方", "payer"),
    "percent": ("比例", "percentage"),
    "period": ("期限", "period"),
    "rate": ("费率", "rate"),
    "registrant": ("登记主体", "registrant"),
    "renewal": ("续约期", "renewal term"),
    "seat": ("管辖地", "seat"),
    "term": ("期限", "term"),
    "window": ("不续约通知期", "notice of non-renewal"),
}


class ValueChange(Frozen):
    """A captured value that differs. An empty side: not stated, or not known."""

    name: Bilingual
    old: Bilingual
    new: Bilingual


class Change(Frozen):
    """`gained` has no `old`, `resolved` no `new`; `reworded` says it in other words; `changed` weighs otherwise."""

    kind: Literal["gained", "resolved", "reworded", "changed"]
    old: Finding | None = None
    new: Finding | None = None
    values: tuple[ValueChange, ...] = ()

    @property
    def worse(self) -> bool:
        """A risk that was not there, or that weighs more now."""
        if self.new is None or self.new.effect != "burden" or self.new.suppressed is not None:
            return False
        if self.old is None or self.old.effect != "burden":
            return True
        return SEVERITIES.index(self.new.severity) > SEVERITIES.index(self.old.severity)


class Comparison(Frozen):
    """What changed from `old` to `new`, risks first; `unchanged` counts the findings that are the same in both."""

    schema_version: Literal["1"] = "1"
    old: DocumentInfo
    new: DocumentInfo
    old_severity: Severity | None
    new_severity: Severity | None
    changes: tuple[Change, ...]
    unchanged: int


def compare(old: Report, new: Report) -> Comparison:
    """Findings of one rule belong together when their words are the same, then when their words are alike."""
    before = {finding.id: finding for finding in old.findings}
    after = {finding.id: finding for finding in new.findings}
    pairs = [(before[key], after[key]) for key in before if key in after]
    gone = [finding for key, finding in before.items() if key not in after]
    come = [finding for key, finding in after.items() if key not in before]
    reworded = _alike(gone, come)
    pairs += reworded
    paired = {id(finding) for pair in reworded for finding in pair}
    changes = [change for one, other in pairs if (change := _change(one, other)) is not None]
    changes += [Change(kind="gained", new=finding) for finding in come if id(finding) not in paired]
    changes += [Change(kind="resolved", old=finding) for finding in gone if id(finding) not in paired]
    return Comparison(
        old=old.document,
        new=new.document,
        old_severity=old.overall.severity,
        new_severity=new.overall.severity,
        changes=tuple(sorted(changes, key=_weight)),
        unchanged=len(pairs) - sum(change.kind in ("reworded", "changed") for change in changes),
    )


def _weight(change: Change) -> tuple[bool, int, str]:
    finding = change.new or change.old
    assert finding is not None
    return not change.worse, -SEVERITIES.index(finding.severity), finding.rule_id


def _alike(gone: Sequence[Finding], come: Sequence[Finding]) -> list[tuple[Finding, Finding]]:
    """Pairs of one rule, the most alike first; a combined risk has one pair whatever it rests on."""
    scored = []
    for one in gone:
        for other in come:
            if one.rule_id == other.rule_id and one.kind == other.kind:
                score = 1.0 if one.kind != "clause" else _likeness(one, other)
                if score >= _ALIKE:
                    scored.append((score, one, other))
    scored.sort(key=lambda item: -item[0])
    used: set[int] = set()
    pairs = []
    for _, one, other in scored:
        if id(one) not in used and id(other) not in used:
            used |= {id(one), id(other)}
            pairs.append((one, other))
    return pairs


def _likeness(one: Finding, other: Finding) -> float:
    a, b = (main_evidence(finding) for finding in (one, other))
    before, after = (re.sub(r"[\W_]+", "", item.quote)[:500] if item else "" for item in (a, b))
    score = SequenceMatcher(None, before, after, autojunk=False).ratio()
    return max(score, 0.5) if one.clause.number and one.clause.number == other.clause.number else score


def _change(one: Finding, other: Finding) -> Change | None:
    values = tuple(
        ValueChange(name=Bilingual(zh=name[0], en=name[1]), old=before, new=after)
        for key in sorted(one.captures.keys() | other.captures.keys())
        if (before := _said(one.captures.get(key))) != (after := _said(other.captures.get(key)))
        for name in (_NAMES.get(key, (key, key)),)
    )
    if one.kind == "clause" and one.id != other.id:
        return Change(kind="reworded", old=one, new=other, values=values)
    if values or (one.severity, one.effect) != (other.severity, other.effect):
        return Change(kind="changed", old=one, new=other, values=values)
    return None


def _said(capture: Capture | None) -> Bilingual:
    """The value; empty for words alone, which say nothing that the quotes do not."""
    if capture is None or capture.kind == "text":
        return same("")
    if capture.kind == "party":
        return Bilingual(zh=ROLES[capture.role][0], en=ROLES[capture.role][1]) if capture.role in ROLES else same("")
    if capture.kind == "duration" and capture.value is None:
        return same("____")
    return said_value(capture)
