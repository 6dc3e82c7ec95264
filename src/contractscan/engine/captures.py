"""Values of a match: what a pattern captured, and what stands beside it in the sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from contractscan.engine.units import Unit
from contractscan.model import Capture, Document, PartyCapture, Quantity, Role, TextCapture
from contractscan.ruleset import CaptureRule
from contractscan.text import KIND_MARK, MARK_ROLE, ROLE_MARK

# Words after which a party is spoken to or about, not the one who acts.
_OBJECT = {
    "zh": re.compile(
        r"(?:向|给|对|与|和|(?<!合)同|及|通知|告知|要求|由于|因|经|被|将|为|给予|征得|取得|未经|书面|支付|致|使|按照|依照|依据|[到悉有取交]的)$"
    ),
    "en": re.compile(
        r"\b(?:to|by|with|of|from|upon|on|for|against|notify|notifying|give|giving|if|because)\s+(?:the\s+)?$", re.I
    ),
}

# Who breaches, in a condition that ends with a comma: 乙方逾期付款的, 有权解除 gives the right to the other one.
_PARTY_MARKS = "".join(ROLE_MARK[role] for role in ("client", "provider", "both", "other", "unknown"))
_BREACHING = re.compile(
    f"[^,;。{_PARTY_MARKS}]{{0,30}}(?:违约|违反|违背|逾期|拖欠|怠于|擅自|拒绝|拒不|未[按能经及履支付完成更发达交提如改整开]|不[按履能]|不配合|不予)"
    f"[^;。{_PARTY_MARKS}]{{0,40}},"
)
# What falls short, in a condition closed by 的 or 时: 乙方交付的视频不合格的, 有权解除; but not 乙方发现视频不合格的.
_FALLING_SHORT = re.compile(
    f"(?!对|就|发现|认为|收到|获知|得知|有权|可|应|须|要求)[^,;。{_PARTY_MARKS}]{{0,30}}"
    f"(?:不符|不合格|不达标|不足|达不到|未达|未通过|低于|迟延|延迟|延误|拖延|泄露|泄漏|侵犯|侵权|虚假|欺诈|转包|分包|刷单|刷量|飞单|停更|停播|失职|过失|质量问题|瑕疵)"
    f"[^;。{_PARTY_MARKS}]{{0,30}}[的时],"
)
# Who gave the warning: 乙方停更, 经甲方催告仍不改正的, 其有权解除 gives the right to the one that warned.
_WARNED = re.compile(
    f"经(?P<who>[{_PARTY_MARKS}])(?P=who)*[^,;。{_PARTY_MARKS}]{{0,12}}(?:催告|催促|催收|要求|通知|警告|提示|指出)"
)
_RIGHT = re.compile("有权|可|得")
_AGAINST: dict[str, Role] = {
    ROLE_MARK["client"]: "provider",
    ROLE_MARK["provider"]: "client",
    ROLE_MARK["both"]: "both",
    ROLE_MARK["other"]: "unknown",
    ROLE_MARK["unknown"]: "unknown",
}


def capture_span(
    kind: str, unit: Unit, start: int, end: int, document: Document, quantities: Mapping[int, Quantity]
) -> Capture | None:
    if start == end:
        return None
    source, stop = unit.span(start, end)
    if kind in KIND_MARK:
        return quantities.get(source)
    text = document.text[source:stop]
    if kind == "party":
        role = MARK_ROLE.get(unit.text[start], "unknown")
        if role == "other":
            role = _opposite(unit.before + unit.text[:start], unit.text[start:])
        return PartyCapture(text=text, start=source, end=stop, role=role)
    return TextCapture(text=text, start=source, end=stop)


def _opposite(before: str, after: str) -> Role:
    """Whom 对方 means: the one that the last party named before it is not; both when that was either party.

    Where nobody is named (有下列情形之一的, 他方得终止), and in 对方违约的, 另一方有权解除, either may be meant.
    """
    for character in reversed(before):
        role = MARK_ROLE.get(character)
        if role in ("client", "provider"):
            return "provider" if role == "client" else "client"
        if role == "both":
            return "both"
    named = {MARK_ROLE.get(character) for character in after}
    return "unknown" if named & {"client", "provider", "unknown"} else "both"


def look_up(
    wanted: CaptureRule,
    unit: Unit,
    at: tuple[int, int],
    anchor: tuple[int, int] | None,
    document: Document,
    quantities: Mapping[int, Quantity],
) -> Capture | None:
    """The value that `wanted` asks for. `at` is where the pattern matched, `anchor` where the wanted anchor did."""
    asked = wanted.anchor(unit.language) is not None
    if asked and anchor is None:
        return _nobody(unit, wanted.default)
    place = anchor or at
    if wanted.kind == "text":
        return capture_span("text", unit, *place, document, quantities)
    runs = [match.span() for match in _run_regex(wanted.kind).finditer(unit.text)]
    take = wanted.take or ("before" if wanted.kind == "party" else "nearest")
    if take == "before":
        runs = [run for run in runs if run[1] <= place[1]]
        if wanted.kind == "party":
            runs = [run for run in runs if not _OBJECT[unit.language].search(unit.text[max(0, run[0] - 12) : run[0]])]
            runs = [run for run in runs if not _possessive(unit, *run, document)] or runs
            if _RIGHT.match(unit.text, place[0]):
                breaching = [
                    run
                    for run in runs
                    if any(form.fullmatch(unit.text, run[1], place[0]) for form in (_BREACHING, _FALLING_SHORT))
                ]
                runs = [run for run in runs if run not in breaching]
                warned = list(_WARNED.finditer(unit.text, 0, place[0]))
                if warned and not any(run[0] > warned[-1].start() for run in runs):
                    who = warned[-1].start("who")
                    runs = [(who, who + 1)]
                if breaching and not runs:
                    return _nobody(unit, _AGAINST[unit.text[breaching[-1][0]]])
        runs = runs[-1:]
    elif take == "after":
        runs = [run for run in runs if run[0] >= place[0]][:1]
    else:
        runs = sorted(runs, key=lambda run: max(run[0] - place[1], place[0] - run[1], 0))[:1]
    if not runs:
        headed = unit.headed if wanted.kind == "party" and take == "before" and asked else None
        return _nobody(unit, wanted.default or headed)
    return capture_span(wanted.kind, unit, *runs[0], document, quantities)


def _possessive(unit: Unit, start: int, end: int, document: Document) -> bool:
    """Whether the party is named as the one whose thing it is: terminate Agency's engagement, our appointment."""
    source, stop = unit.span(start, end)
    return unit.text.startswith(("'s ", "' "), end) or document.text[source:stop].lower() in ("our", "your", "my")


def _nobody(unit: Unit, role: Role | None) -> Capture | None:
    if role is None:
        return None
    return PartyCapture(text="", start=unit.sentence.start, end=unit.sentence.start, role=role)


@cache
def _run_regex(kind: str) -> re.Pattern[str]:
    if kind == "party":
        return re.compile("|".join(f"{mark}+" for mark in _PARTY_MARKS))
    return re.compile(f"{KIND_MARK[kind]}+")
