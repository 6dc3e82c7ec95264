"""The five questions, each answered in one line from the findings, for the party that asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from contractscan.assess.answers.assets import account, data
from contractscan.assess.answers.contract import fees, notice, termination
from contractscan.assess.answers.sides import Reply, Sides
from contractscan.assess.wording import cited, ids, join, where
from contractscan.model import SEVERITIES, TOPICS, Answer, AnswerStatus, Bilingual, Finding, Topic

__all__ = ["answer_questions"]

_NOTHING: Mapping[Topic, Bilingual] = {
    "termination": Bilingual(
        zh="在已提供的文本中未发现关于解除或终止的约定",
        en="No clause on ending the contract was found in the text provided",
    ),
    "notice-period": Bilingual(
        zh="在已提供的文本中未发现关于通知期或通知方式的约定",
        en="No clause on notice was found in the text provided",
    ),
    "remaining-fees": Bilingual(
        zh="在已提供的文本中未发现关于剩余费用、退费或违约金的约定",
        en="No clause on remaining fees, refunds or penalties was found in the text provided",
    ),
    "account-ownership": Bilingual(
        zh="在已提供的文本中未发现关于账号归属或交接的约定",
        en="No clause on who holds the accounts or on handing them over was found in the text provided",
    ),
    "data-rights": Bilingual(
        zh="在已提供的文本中未发现关于数据、内容或保密的约定",
        en="No clause on data, content or confidentiality was found in the text provided",
    ),
}
_COULD_NOT_LOOK = Bilingual(
    zh="未能确认谁是客户、谁是服务商，涉及一方权利义务的约定无法查找，没有发现不等于没有；可用 --client 指明客户一方",
    en="It is not clear who is the client and who the provider, so clauses on what one of them may or must do could "
    "not be looked for: finding none does not mean there is none; name the client with --client",
)
NOT_REVIEWED = Bilingual(zh="未审阅：文本没有读懂", en="Not reviewed: the text was not understood")
# Rules that share a topic's folder but do not answer its question: what is owed, what comes back, what leaving costs.
_ASIDE = frozenset(
    {"dispute-jurisdiction", "governing-law", "legal-cost-shifting", "liability-cap-exclusion", "ad-spend-advance"}
)
_MOST_PARTS = 4
_MOST_CLAUSES = 5


def answer_questions(
    findings: Sequence[Finding],
    labels: Mapping[str, str],
    *,
    reviewed: bool,
    roles_known: bool = True,
    between_parties: bool = True,
    perspective: str = "client",
) -> tuple[Answer, ...]:
    """One answer per topic, in the fixed order. `not_found` speaks of the text that was read, never of the contract.

    Rules bound to a role could not look while the roles are unknown: then nothing is "not found" in a text
    `between_parties`, it is unclear.
    """
    sides = Sides(perspective, "client" if perspective == "provider" else "provider", labels)
    clauses = [finding for finding in findings if finding.kind == "clause" and finding.suppressed is None]
    unsettled = between_parties and not roles_known
    return tuple(
        _answer(topic, clauses, sides, reviewed=reviewed, roles_known=roles_known, unsettled=unsettled)
        for topic in TOPICS
    )


def _answer(
    topic: Topic, findings: Sequence[Finding], sides: Sides, *, reviewed: bool, roles_known: bool, unsettled: bool
) -> Answer:
    if not reviewed:
        return Answer(topic=topic, status="not_reviewed", headline=NOT_REVIEWED)
    mine = [finding for finding in findings if finding.topic == topic]
    if all(finding.rule_id in _ASIDE for finding in mine):
        titles = list(dict.fromkeys(finding.title for finding in mine))
        also = join(titles, zh="、", en=", ")
        beside = Bilingual(zh=f"；另有：{also.zh}", en=f"; there is: {also.en}") if titles else Bilingual(zh="", en="")
        nothing = _COULD_NOT_LOOK if unsettled else _NOTHING[topic]
        headline = Bilingual(zh=nothing.zh + beside.zh, en=nothing.en + beside.en)
        status: AnswerStatus = "unclear" if unsettled else "not_found"
        return Answer(topic=topic, status=status, headline=headline, finding_ids=ids(mine))
    if not roles_known:
        return Answer(topic=topic, status="unclear", headline=_without_roles(mine), finding_ids=ids(mine))
    reply = _REPLIES[topic](findings, sides)
    if not reply.parts:
        worst = sorted(mine, key=lambda f: -SEVERITIES.index(f.severity))[:2]
        reply = Reply([cited(finding.title, finding) for finding in worst], worst, reply.unclear)
    said = join(reply.parts[:_MOST_PARTS])
    return Answer(
        topic=topic,
        status="unclear" if reply.unclear else "found",
        headline=Bilingual(zh=said.zh, en=said.en[:1].upper() + said.en[1:]),
        finding_ids=ids([*reply.cited, *mine]),
    )


def _without_roles(findings: Sequence[Finding]) -> Bilingual:
    """Where the clauses stand, when nobody knows whom they bind."""
    places = list(dict.fromkeys(where(finding) for finding in findings))
    listed = join([place for place in places if place.zh][:_MOST_CLAUSES], zh="、", en=", ")
    zh = "未能确认谁是客户、谁是服务商，不能判断对谁有利"
    en = "It is not clear who is the client and who the provider, so it cannot be said whom this favours"
    if listed.zh:
        zh, en = f"{zh}；相关条款：{listed.zh}", f"{en}; clauses on it: {listed.en}"
    return Bilingual(zh=f"{zh}；可用 --client 指明客户一方", en=f"{en}; name the client with --client")


_REPLIES: Mapping[Topic, Callable[[Sequence[Finding], Sides], Reply]] = {
    "termination": termination,
    "notice-period": notice,
    "remaining-fees": fees,
    "account-ownership": account,
    "data-rights": data,
}
