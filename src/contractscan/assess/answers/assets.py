"""Whose account is it, and what happens to content and data."""

from __future__ import annotations

from collections.abc import Sequence

from contractscan.assess.answers.sides import Reply, Sides
from contractscan.assess.wording import duration_of, of, role_of
from contractscan.model import Bilingual, Finding
from contractscan.ruleset.words import ROLES, said_duration

_HOLDERS = ("account-registration-entity", "account-owned-by-provider", "account-owned-by-client")


def account(findings: Sequence[Finding], sides: Sides) -> Reply:
    """Who is registered, who holds the phone, whose the accounts are said to be, and who hands over what when."""
    reply = Reply([], [])
    registered = _first_known(of(findings, "account-registration-entity"), "registrant", findings)
    _with_whom(reply, sides, registered, "registrant", "账号登记在{}名下", "the accounts are registered to {}")
    phone = _known(of(findings, "account-binding-phone-email"), "holder")
    _with_whom(reply, sides, phone, "holder", "绑定手机由{}掌握", "the bound phone is held by {}")
    access = None if phone else _known(of(findings, "credentials-control"), "holder")
    held = "passwords or access rights are held by {}"
    _with_whom(reply, sides, access, "holder", "账号密码或权限由{}掌握", held)
    rights = _known(of(findings, "account-owned-by-provider", "account-owned-by-client"), "owner")
    said = "the rights in the accounts are said to be with {}"
    _with_whom(reply, sides, rights, "owner", "账号权益约定归{}", said)
    nobody = of(findings, *_HOLDERS)
    unclear = not reply.parts and reply.say(
        nobody,
        "有账号登记或归属的约定，但未能确认是哪一方",
        "there is a clause on who holds the accounts, but which party could not be told",
    )
    if not of(findings, *_HOLDERS):
        nothing = "no clause on who holds the accounts was found"
        reply.parts.insert(0, Bilingual(zh="未发现账号登记或归属的约定", en=nothing))
    conditions = [f for f in of(findings, "handover-conditioned-on-payment") if f.effect != "protection"]
    duties = [f for f in of(findings, "account-handover-duty") if role_of(f, "obligor") in ("provider", "both")]
    vague = [f for f in of(findings, "account-handover-duty") if role_of(f, "obligor") is None]
    if reply.say(conditions, "付清款项之后才交接", "handover only after payment"):
        pass
    elif duties:
        _duty(reply, duties, sides.name("provider"))
    elif reply.say(vague, "有交接约定，但未能确认由谁交接", "there is a clause on handover, but not by whom"):
        unclear = True
    elif reply.parts:
        reply.parts.append(Bilingual(zh="交接义务未发现", en="no duty to hand the accounts over was found"))
    return reply._replace(unclear=unclear)


def _with_whom(reply: Reply, sides: Sides, finding: Finding | None, capture: str, zh: str, en: str) -> None:
    role = role_of(finding, capture) if finding else None
    if finding and role in ROLES:
        name = sides.name(role)
        reply.say([finding], zh.format(name.zh), en.format(name.en))


def _duty(reply: Reply, duties: Sequence[Finding], provider: Bilingual) -> None:
    """The duty with a deadline before one without."""
    first = sorted(duties, key=lambda f: duration_of(f, "deadline") is None)
    deadline = duration_of(first[0], "deadline")
    if deadline:
        said = said_duration(deadline)
        zh, en = f"{provider.zh}有交接义务，期限{said.zh}", f"{provider.en} must hand over within {said.en}"
    else:
        zh, en = f"{provider.zh}有交接义务，未写明期限", f"{provider.en} must hand over, no deadline stated"
    reply.say(first, zh, en)


def _known(findings: Sequence[Finding], capture: str) -> Finding | None:
    return next((finding for finding in findings if role_of(finding, capture) in ROLES), None)


def _first_known(findings: Sequence[Finding], capture: str, others: Sequence[Finding]) -> Finding | None:
    """The first whose party is known; one about a shop or an advertising account only when there is no other."""
    shops = {item.start for f in of(others, "ad-shop-miniapp-ownership") for item in f.evidence if item.marks}
    own = [f for f in findings if not any(item.start in shops for item in f.evidence if item.marks)]
    return _known(own, capture) or _known(findings, capture)


def returned(finding: Finding) -> bool:
    """Whether data come back: not where only reports are sent at intervals, nor where the client gives them."""
    if role_of(finding, "obligor") == "client":
        return False
    return finding.effect == "protection" or (
        finding.effect == "neutral" and duration_of(finding, "deadline") is not None
    )


def data(findings: Sequence[Finding], sides: Sides) -> Reply:
    reply = Reply([], [])
    theirs = of(findings, "content-ip-owned-by-provider")
    # What the provider keeps of its own (templates, software) says nothing of the content made for the client.
    made = [f for f in theirs if f.effect == "burden"] + of(findings, "content-ip-owned-by-client") + theirs
    content = _known(made, "owner")
    _with_whom(reply, sides, content, "owner", "内容的著作权归{}", "copyright in the content is with {}")
    owned = _known(of(findings, "data-ownership"), "owner")
    _with_whom(reply, sides, owned, "owner", "数据约定归{}", "the data are said to belong to {}")
    back = [f for f in of(findings, "data-return-export") if returned(f)]
    gone = [f for f in of(findings, "data-deletion") if f.effect != "burden"]
    dealt = reply.say(back, "数据返还有约定", "return of data is dealt with")
    dealt = reply.say(gone, "数据删除有约定", "deletion of data is dealt with") or dealt
    if not dealt:
        reply.parts.append(Bilingual(zh="返还或删除数据的义务未发现", en="no duty to return or delete data was found"))
    reply.say(of(findings, "confidentiality"), "保密有约定", "confidentiality is dealt with")
    return reply
