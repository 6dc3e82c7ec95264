"""What to ask for in a negotiation, the worst first: one point for each rule, with wording to offer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contractscan.assess.wording import ids, join, where
from contractscan.model import SEVERITIES, Ask, Bilingual, Finding

_MOST_PLACES = 4


def find_asks(findings: Sequence[Finding]) -> tuple[Ask, ...]:
    """Burdens and missing protections that a rule offers wording for; what weighs little is left out."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        wanted = finding.effect == "burden" and finding.severity not in ("info", "low") and finding.kind != "compound"
        if wanted and finding.fallback is not None and finding.suppressed is None:
            by_rule.setdefault(finding.rule_id, []).append(finding)
    groups = sorted(by_rule.values(), key=lambda group: (-max(map(_weight, group)), group[0].kind == "absence"))
    return tuple(_ask(group) for group in groups)


def _weight(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)


def _missing(title: Bilingual) -> Bilingual:
    """What is missing: 未发现退费约定 → 退费约定, "No refund rule was found" → "refund rule"."""
    return Bilingual(zh=title.zh.removeprefix("未发现"), en=re.sub(r"^No (.+?) (?:was|were) found$", r"\1", title.en))


def _ask(group: Sequence[Finding]) -> Ask:
    worst = max(group, key=_weight)
    if worst.kind == "absence":
        missing = _missing(worst.title)
        what = Bilingual(zh=f"要求补充：{missing.zh}", en=f"Ask to add: {missing.en}")
    else:
        places = list(dict.fromkeys(place for finding in group if (place := where(finding)).zh))
        shown = join(places[:_MOST_PLACES], zh="、", en=", ")
        zh, en = shown.zh, shown.en
        if len(places) > _MOST_PLACES:
            zh, en = f"{zh}等 {len(places)} 处", f"{en} and {len(places) - _MOST_PLACES} more"
        what = Bilingual(
            zh=f"要求修改{zh}：{worst.title.zh}", en=f"Ask to change{f' {en}' if en else ''}: {worst.title.en}"
        )
    return Ask(what=what, wording=worst.fallback, references=worst.references, finding_ids=ids(group))
