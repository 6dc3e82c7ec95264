"""What has to be taken back, filled with what the contract says of each thing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from contractscan.assess.answers.assets import returned
from contractscan.assess.wording import duration_of, ids, join, role_of, where
from contractscan.model import Bilingual, Document, Finding, Step
from contractscan.ruleset.words import ROLES, named, said_duration
from contractscan.text import fold


class Item(NamedTuple):
    """A thing to take back: what to do, the rules that speak of it, the party capture that matters, and the words in
    the text without which it does not belong on the list."""

    zh: str
    en: str
    do_zh: str
    do_en: str
    rules: tuple[str, ...] = ()
    party: str = ""
    party_zh: str = ""
    party_en: str = ""
    only_with: str = ""


_ACCOUNTS = (
    r"账号|账户|抖音|快手|小红书|微信|公众号|视频号|微博|粉丝|直播|店铺|小店"
    r"|\baccounts?\b|social media|\bchannels?\b|credential|log-?in"
)
_CONTENT = (
    r"内容|视频|影片|作品|文案|图片|素材|拍摄|著作权|知识产权|直播"
    r"|content|\bvideos?\b|footage|copyright|intellectual property|work product|deliverable"
)
_ITEMS: tuple[Item, ...] = (
    Item(
        "账号清单", "List of accounts",
        "列出每个账号的平台、账号ID、昵称和粉丝数并截图，包括矩阵号、员工号和引流号",
        "list platform, account ID, name and followers of every account with screenshots, secondary and staff "
        "accounts too",
        ("matrix-and-employee-accounts",),
        only_with=_ACCOUNTS,
    ),
    Item(
        "登记主体与实名", "Registered entity and real name",
        "截图认证页；主体不是本公司的，按平台规则申请更正登记信息，并先清余额、欠款和订单",
        "screenshot the verification page; where it is not your company, apply for correction under the "
        "platform's rules, "
        "with balances, debts and orders cleared first",
        ("account-registration-entity",), "registrant", "登记在{}名下", "registered to {}",
        only_with=_ACCOUNTS,
    ),
    Item(
        "绑定手机和邮箱", "Bound phone and e-mail",
        "先换绑到公司号码，再改密码；当场用公司手机收验证码",
        "rebind to a company number before changing the password; receive the code on a company phone",
        ("account-binding-phone-email",), "holder", "由{}掌握", "held by {}",
        only_with=_ACCOUNTS,
    ),
    Item(
        "管理员权限、密码和授权", "Administrator rights, passwords and authorisations",
        "取得最高管理员，改密码，移除陌生设备、子账号和第三方授权；解除生效之前不要擅自解绑",
        "obtain the highest administrator role, change passwords, remove unknown devices, sub-accounts and app "
        "authorisations; do not unlink before the end takes effect",
        ("credentials-control", "access-revocation-restriction"),
        only_with=_ACCOUNTS,
    ),
    Item(
        "交接义务、条件和期限", "Duty, condition and deadline of the handover",
        "写进移交确认单：交付人、接收人、时间、验证方式，一项一签",
        "put into a handover record: who gives, who takes, when, how it is checked, signed item by item",
        ("account-handover-duty", "handover-conditioned-on-payment", "set-off-withholding", "transition-assistance"),
        "obligor", "由{}负责", "owed by {}",
    ),
    Item(
        "广告账户与余额", "Advertising accounts and balance",
        "停止充值，导出报表，申请余额原路退回；主体不是本公司的另开新户",
        "stop topping up, export reports, ask for the balance to be paid back; open a new account where it is "
        "not yours",
        ("ad-shop-miniapp-ownership", "ad-spend-advance"), "owner", "开立在{}名下", "in the name of {}",
        r"广告|投放|千川|巨量|DOU\+|\bads?\b|advertis|media spend",
    ),
    Item(
        "店铺、货款与保证金", "Shop, sales money and platform deposit",
        "核对店铺主体和提现账户，货款日结，清点在途订单；保证金按原缴纳方退回",
        "check the shop's entity and payout account, settle daily, count open orders; deposits go back to who "
        "paid them",
        ("ad-shop-miniapp-ownership",), "owner", "开立在{}名下", "in the name of {}",
        r"店铺|小店|货款|橱窗|网店|商城|storefront|\bshop\b",
    ),
    Item(
        "已发布内容和著作权", "Published content and copyright",
        "确认可以继续使用，备份原画质成片；有下架义务的先谈保留",
        "settle that it may stay, back up in full quality; where it must come down, negotiate that first",
        (
            "content-ip-owned-by-provider", "content-ip-owned-by-client", "content-ip-jointly-owned",
            "content-license-term", "account-disable-or-rename-duty",
        ),
        "owner", "著作权归{}", "copyright with {}",
        only_with=_CONTENT,
    ),
    Item(
        "原始素材和工程文件", "Raw footage and project files",
        "按清单交付并当场打开检查", "deliver by list and open them on the spot",
        ("raw-materials-delivery",),
        only_with=_CONTENT,
    ),
    Item(
        "音乐、字体、肖像授权", "Licences for music, fonts and portraits",
        "取得授权书原件；在对方名下的授权终止即失效，需替换或重新购买",
        "obtain the originals; licences in the agency's name end with the contract and must be replaced",
        ("third-party-rights", "portrait-and-voice"),
        only_with=r"音乐|字体|肖像|配乐|出镜|图片素材|music|font|portrait|likeness|stock",
    ),
    Item(
        "运营数据和报表", "Operating data and reports",
        "导出后台数据、投放报表和字段说明", "export platform data and campaign reports with their field names",
        ("data-ownership", "data-return-export"), "owner", "数据归{}", "data with {}",
    ),
    Item(
        "客户线索、私信和粉丝群", "Leads, messages and fan groups",
        "加密交付客资和跟进状态，群主转给公司账号，关闭原自动回复",
        "hand over leads encrypted, with their state; make a company account the owner of groups; stop old "
        "auto-replies",
        ("customer-leads-and-private-domain",),
        only_with=r"线索|客资|私信|粉丝群|社群|私域|名单|\bleads?\b|direct messages|customer list",
    ),
    Item(
        "个人信息返还与删除证明", "Return and deletion of personal information",
        "要求返还或删除，出具书面证明，列明介质、备份和账号",
        "ask for return or deletion and a written certificate that names media, backups and accounts",
        ("data-deletion", "personal-info-processing"),
    ),
    Item(
        "域名、网站和小程序", "Domains, websites and mini-programs",
        "核对注册人、备案主体和管理员，过户并重置密钥", "check registrant, filing entity and administrator; "
        "transfer and reset keys",
        (), only_with=r"域名|网站|官网|小程序|\bdomain\b|website|mini-?program",
    ),
)  # fmt: skip


def find_handover(
    document: Document, findings: Sequence[Finding], *, labels: Mapping[str, str], roles_known: bool = True
) -> tuple[Step, ...]:
    """The checklist: whether the contract deals with each thing; `unclear` when with whom it lies is not known.

    While the roles are unknown a rule bound to one could not look, and so nothing is said to be missing.
    """
    folded = fold(document.text)
    return tuple(
        _step(item, findings, labels, roles_known=roles_known)
        for item in _ITEMS
        if not item.only_with or re.search(item.only_with, folded, re.I)
    )


def _step(item: Item, findings: Sequence[Finding], labels: Mapping[str, str], *, roles_known: bool) -> Step:
    hits = [f for rule_id in item.rules for f in findings if f.rule_id == rule_id and _speaks_of(item, f)]
    by_text: dict[Bilingual, list[Finding]] = {}
    for finding in hits[:4]:
        by_text.setdefault(_said(item, finding, labels), []).append(finding)
    parts = dict.fromkeys(_at(text, group) for text, group in by_text.items())
    asked = [finding for finding in hits if item.party and finding.rule_id == item.rules[0]]
    unclear = bool(asked) and all(role_of(finding, item.party) is None for finding in asked)
    action = Bilingual(zh=item.do_zh, en=item.do_en)
    if not hits and roles_known:
        parts[Bilingual(zh="合同未见约定", en="nothing found in the contract")] = None
    elif not hits:
        parts[Bilingual(zh="双方角色不明，无法判断有无约定", en="not to be told while the roles are unknown")] = None
    state = "found" if hits else "not_found" if roles_known else "unclear"
    return Step(
        what=Bilingual(zh=item.zh, en=item.en),
        state="unclear" if unclear else state,
        detail=join([*parts, action]),
        finding_ids=ids(hits),
    )


def _speaks_of(item: Item, finding: Finding) -> bool:
    """Whether the finding is about this thing: one rule speaks of shops and of advertising accounts."""
    if finding.rule_id != "ad-shop-miniapp-ownership" or not item.only_with:
        return True
    return any(re.search(item.only_with, fold(evidence.quote), re.I) for evidence in finding.evidence)


def _said(item: Item, finding: Finding, labels: Mapping[str, str]) -> Bilingual:
    """With whom it lies, or what the clause says to the client's cost, or what it is about; and the deadline."""
    role = role_of(finding, item.party) if item.party else None
    deadline = duration_of(finding, "deadline")
    text = finding.title
    if role in ROLES:
        name = named(role, labels)
        text = Bilingual(zh=item.party_zh.format(name.zh), en=item.party_en.format(name.en))
    elif finding.effect == "burden" or (finding.rule_id == "data-return-export" and not returned(finding)):
        return Bilingual(zh=finding.message.zh.rstrip("。"), en=_inner(finding.message.en))
    if deadline:
        said = said_duration(deadline)
        text = Bilingual(zh=f"{text.zh}，期限{said.zh}", en=f"{text.en}, within {said.en}")
    return text


def _at(text: Bilingual, findings: Sequence[Finding]) -> Bilingual:
    """The text with the places of all that say so."""
    places = join(list(dict.fromkeys(where(finding) for finding in findings)), zh="、", en=", ")
    return Bilingual(zh=f"{text.zh}（{places.zh}）", en=f"{text.en} ({places.en})") if places.zh else text


def _inner(sentence: str) -> str:
    """A sentence as a part of another: without its full stop, and its first letter small unless it begins a name."""
    words = sentence.rstrip(".")
    return words[:1].lower() + words[1:] if words[:2].istitle() or words[1:2] == " " else words
