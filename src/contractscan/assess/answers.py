"""The five questions, each answered in one line from the findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from contractscan.model import SEVERITIES, TOPICS, Answer, Bilingual, Finding, Topic
from contractscan.ruleset.finding import fill, is_known

_NOTHING: Mapping[Topic, Bilingual] = {
    "termination": Bilingual(
        zh="在已提供的文本中未发现关于解除或终止的约定",
        en="no clause on ending the contract was found in the text provided",
    ),
    "notice-period": Bilingual(
        zh="在已提供的文本中未发现关于通知期或通知方式的约定",
        en="no clause on notice was found in the text provided",
    ),
    "remaining-fees": Bilingual(
        zh="在已提供的文本中未发现关于剩余费用、退费或违约金的约定",
        en="no clause on remaining fees, refunds or penalties was found in the text provided",
    ),
    "account-ownership": Bilingual(
        zh="在已提供的文本中未发现关于账号归属或交接的约定",
        en="no clause on who holds the accounts or on handing them over was found in the text provided",
    ),
    "data-rights": Bilingual(
        zh="在已提供的文本中未发现关于数据、内容或保密的约定",
        en="no clause on data, content or confidentiality was found in the text provided",
    ),
}
NOT_REVIEWED = Bilingual(zh="未审阅：文本没有读懂", en="not reviewed: the text was not understood")


def answer_questions(findings: Sequence[Finding], labels: Mapping[str, str], *, reviewed: bool) -> tuple[Answer, ...]:
    """One answer per topic, in the fixed order. `not_found` speaks of the text that was read, never of the contract."""
    return tuple(_answer(topic, findings, labels, reviewed=reviewed) for topic in TOPICS)


def _answer(topic: Topic, findings: Sequence[Finding], labels: Mapping[str, str], *, reviewed: bool) -> Answer:
    if not reviewed:
        return Answer(topic=topic, status="not_reviewed", headline=NOT_REVIEWED)
    mine = [finding for finding in findings if finding.topic == topic and finding.kind == "clause"]
    if not mine:
        return Answer(topic=topic, status="not_found", headline=_NOTHING[topic])
    parts, cited = _HEADLINES[topic](mine, labels)
    if not parts:
        cited = sorted(mine, key=lambda f: -SEVERITIES.index(f.severity))[:2]
        parts = [_titled(finding) for finding in cited]
    headline = Bilingual(zh="；".join(part.zh for part in parts), en="; ".join(part.en for part in parts))
    ids = tuple(dict.fromkeys(finding.id for finding in [*cited, *mine]))
    return Answer(topic=topic, status="found", headline=headline, finding_ids=ids)


Part = tuple[list[Bilingual], list[Finding]]


def _where(finding: Finding) -> Bilingual:
    path = finding.clause.path
    if not path:
        page = finding.evidence[0].page if finding.evidence else None
        return Bilingual(zh=f"（第 {page} 页）", en=f" (page {page})") if page else Bilingual(zh="", en="")
    return Bilingual(zh=f"（{' › '.join(path)}）", en=f" ({' › '.join(path)})")


def _titled(finding: Finding) -> Bilingual:
    where = _where(finding)
    return Bilingual(zh=finding.title.zh + where.zh, en=finding.title.en + where.en)


def _said(finding: Finding, zh: str, en: str, labels: Mapping[str, str]) -> Bilingual:
    text = fill(Bilingual(zh=zh, en=en), finding.captures, labels)
    where = _where(finding)
    return Bilingual(zh=text.zh + where.zh, en=text.en + where.en)


def _of(findings: Iterable[Finding], *rule_ids: str) -> list[Finding]:
    return [finding for rule_id in rule_ids for finding in findings if finding.rule_id == rule_id]


def _role(finding: Finding, name: str) -> str | None:
    capture = finding.captures.get(name)
    return capture.role if capture is not None and capture.kind == "party" else None


def _termination(findings: Sequence[Finding], labels: Mapping[str, str]) -> Part:
    parts: list[Bilingual] = []
    cited: list[Finding] = []
    convenience = _of(findings, "termination-for-convenience")
    ours = [finding for finding in convenience if _role(finding, "holder") in ("client", "both")]
    client = labels.get("client", "client")
    if ours:
        known = is_known(ours[0].captures.get("period"))
        zh = "可以提前解除：{holder}提前{period}通知即可" if known else "可以提前解除：{holder}有任意解除权"
        en = "early exit is possible: {holder} " + ("on {period} notice" if known else "may end it without cause")
        parts.append(_said(ours[0], zh, en, labels))
        cited.append(ours[0])
    else:
        parts.append(
            Bilingual(
                zh=f"未发现{client}的任意解除权", en=f"no right of {client} to end the contract without cause was found"
            )
        )
    for rule_id, zh, en in (
        ("no-early-termination", "约定不得提前解除", "early termination is barred"),
        ("termination-for-cause", "对方违约时可解除", "it can be ended for breach"),
        ("auto-renewal", "到期自动续约", "it renews automatically"),
    ):
        hits = _of(findings, rule_id)
        if rule_id == "termination-for-cause":
            hits = [finding for finding in hits if _role(finding, "holder") in ("client", "both")]
        if hits:
            parts.append(_said(hits[0], zh, en, labels))
            cited.append(hits[0])
    return parts, cited


def _notice(findings: Sequence[Finding], labels: Mapping[str, str]) -> Part:
    parts: list[Bilingual] = []
    cited: list[Finding] = []
    for rule_id, name, zh, en in (
        ("notice-period", "period", "解除须提前{period}通知", "ending the contract takes {period} of notice"),
        ("non-renewal-window", "window", "不续约须提前{window}通知", "non-renewal must be declared {window} ahead"),
    ):
        hits = [finding for finding in _of(findings, rule_id) if is_known(finding.captures.get(name))]
        hits.sort(key=lambda finding: -_days(finding, name))
        if hits:
            parts.append(_said(hits[0], zh, en, labels))
            cited.append(hits[0])
    form = _of(findings, "notice-form", "electronic-notice")
    if form:
        parts.append(_said(form[0], "通知形式有约定", "the form of notice is prescribed", labels))
        cited.append(form[0])
    return parts, cited


def _days(finding: Finding, name: str) -> float:
    capture = finding.captures.get(name)
    if capture is None or capture.kind != "duration" or capture.days is None:
        return 0.0
    return float(capture.days)


def _fees(findings: Sequence[Finding], labels: Mapping[str, str]) -> Part:
    order = (
        "remaining-fee-acceleration", "early-termination-fee", "liquidated-damages", "non-refundable-prepayment",
        "pro-rata-refund", "deposit-earnest-money", "late-payment-penalty",
    )  # fmt: skip
    hits = [group[0] for group in (_of(findings, rule_id) for rule_id in order) if group][:3]
    return [_titled(finding) for finding in hits], hits


def _account(findings: Sequence[Finding], labels: Mapping[str, str]) -> Part:
    order = (
        "account-owned-by-provider", "account-owned-by-client", "account-registration-entity",
        "account-binding-phone-email", "handover-conditioned-on-payment", "account-handover-duty",
    )  # fmt: skip
    hits = [group[0] for group in (_of(findings, rule_id) for rule_id in order) if group][:3]
    parts = [_titled(finding) for finding in hits]
    if hits and not _of(findings, "account-handover-duty", "handover-conditioned-on-payment", "transition-assistance"):
        parts.append(Bilingual(zh="未发现交接义务", en="no duty to hand the account over was found"))
    return parts, hits


def _data(findings: Sequence[Finding], labels: Mapping[str, str]) -> Part:
    order = (
        "content-ip-owned-by-provider", "content-ip-owned-by-client", "content-ip-jointly-owned", "data-ownership",
        "data-return-export", "data-deletion", "provider-use-of-materials", "confidentiality",
    )  # fmt: skip
    hits = [group[0] for group in (_of(findings, rule_id) for rule_id in order) if group][:3]
    parts = [_titled(finding) for finding in hits]
    if hits and not _of(findings, "data-return-export", "data-deletion"):
        parts.append(Bilingual(zh="未发现返还或删除数据的义务", en="no duty to return or delete data was found"))
    return parts, hits


_HEADLINES: Mapping[Topic, Callable[[Sequence[Finding], Mapping[str, str]], Part]] = {
    "termination": _termination,
    "notice-period": _notice,
    "remaining-fees": _fees,
    "account-ownership": _account,
    "data-rights": _data,
}
