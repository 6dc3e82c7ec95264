"""Whose account is it, and what happens to content and data."""

from __future__ import annotations

from collections.abc import Sequence

from contractscan.assess.answers.sides import Reply, Sides, of
from contractscan.assess.wording import cited, duration_of, role_of
from contractscan.model import Bilingual, Finding
from contractscan.ruleset.words import ROLES, said_duration


def account(findings: Sequence[Finding], sides: Sides) -> Reply:
    """Who is registered, who holds the phone, whose the accounts are said to be, and who hands over what when."""
    parts: list[Bilingual] = []
    used: list[Finding] = []
    registered = _first_known(of(findings, "account-registration-entity"), "registrant", findings)
    for finding, capture, zh, en in (
        (registered, "registrant", "账号登记在{}名下", "the accounts are registered to {}"),
        (
            _known(of(findings, "account-binding-phone-email"), "holder"),
            "holder",
            "绑定手机由{}掌握",
            "the bound phone is held by {}",
        ),
        (
            _known(of(findings, "account-owned-by-provider", "account-owned-by-client"), "owner"),
            "owner",
            "账号权益约定归{}",
            "the rights in the accounts are said to be with {}",
        ),
    ):
        role = role_of(finding, capture) if finding else None
        if finding and role in ROLES:
            name = sides.name(role)
            parts.append(cited(Bilingual(zh=zh.format(name.zh), en=en.format(name.en)), finding))
            used.append(finding)
    nobody = of(findings, "account-registration-entity", "account-owned-by-provider", "account-owned-by-client")
    unclear = not parts and bool(nobody)
    if unclear:
        text = Bilingual(
            zh="有账号登记或归属的约定，但未能确认是哪一方",
            en="there is a clause on who holds the accounts, but which party could not be told",
        )
        parts.append(cited(text, nobody[0]))
        used.append(nobody[0])
    conditions = of(findings, "handover-conditioned-on-payment")
    duties = [f for f in of(findings, "account-handover-duty") if role_of(f, "obligor") in ("provider", "both")]
    vague = [f for f in of(findings, "account-handover-duty") if role_of(f, "obligor") is None]
    provider = sides.name("provider")
    if conditions:
        text = Bilingual(zh="付清款项之后才交接", en="handover only after payment")
        parts.append(cited(text, conditions[0]))
        used.append(conditions[0])
    elif duties:
        duties.sort(key=lambda f: duration_of(f, "deadline") is None)
        deadline = duration_of(duties[0], "deadline")
        said = said_duration(deadline) if deadline else None
        text = Bilingual(
            zh=f"{provider.zh}有交接义务，期限{said.zh}" if said else f"{provider.zh}有交接义务，未写明期限",
            en=f"{provider.en} must hand over within {said.en}"
            if said
            else f"{provider.en} must hand over, no deadline stated",
        )
        parts.append(cited(text, duties[0]))
        used.append(duties[0])
    elif vague:
        text = Bilingual(zh="有交接约定，但未能确认由谁交接", en="there is a clause on handover, but not by whom")
        parts.append(cited(text, vague[0]))
        used.append(vague[0])
        unclear = True
    elif parts or unclear:
        parts.append(Bilingual(zh="交接义务未发现", en="no duty to hand the accounts over was found"))
    return Reply(parts, used, unclear)


def _known(findings: Sequence[Finding], capture: str) -> Finding | None:
    return next((finding for finding in findings if role_of(finding, capture) in ROLES), None)


def _first_known(findings: Sequence[Finding], capture: str, others: Sequence[Finding]) -> Finding | None:
    """The first whose party is known; one about a shop or an advertising account only when there is no other."""
    shops = {item.start for f in of(others, "ad-shop-miniapp-ownership") for item in f.evidence if item.marks}
    own = [f for f in findings if not any(item.start in shops for item in f.evidence if item.marks)]
    return _known(own, capture) or _known(findings, capture)


def data(findings: Sequence[Finding], sides: Sides) -> Reply:
    parts: list[Bilingual] = []
    used: list[Finding] = []
    content = of(findings, "content-ip-owned-by-provider", "content-ip-owned-by-client")
    for finding, capture, zh, en in (
        (_known(content, "owner"), "owner", "内容的著作权归{}", "copyright in the content is with {}"),
        (
            _known(of(findings, "data-ownership"), "owner"),
            "owner",
            "数据约定归{}",
            "the data are said to belong to {}",
        ),
    ):
        role = role_of(finding, capture) if finding else None
        if finding and role in ROLES:
            name = sides.name(role)
            parts.append(cited(Bilingual(zh=zh.format(name.zh), en=en.format(name.en)), finding))
            used.append(finding)
    back = [f for f in of(findings, "data-return-export") if f.effect != "burden"]
    gone = [f for f in of(findings, "data-deletion") if f.effect != "burden"]
    if back:
        parts.append(cited(Bilingual(zh="数据返还有约定", en="return of data is dealt with"), back[0]))
        used.append(back[0])
    if gone:
        parts.append(cited(Bilingual(zh="数据删除有约定", en="deletion of data is dealt with"), gone[0]))
        used.append(gone[0])
    if not back and not gone:
        parts.append(Bilingual(zh="返还或删除数据的义务未发现", en="no duty to return or delete data was found"))
    secret = of(findings, "confidentiality")
    if secret:
        parts.append(cited(Bilingual(zh="保密有约定", en="confidentiality is dealt with"), secret[0]))
        used.append(secret[0])
    return Reply(parts, used)
