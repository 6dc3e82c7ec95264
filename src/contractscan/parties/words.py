"""The vocabulary of parties: which labels there are and what the label alone says of the role.

A label such as 委托方 or Agency names its role; 甲方, Party A and Company do not. A weak word (平台, 主播, Owner) only
tips the scale: the contract's own words on who engages, pays and renders weigh more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Kind = Literal["client", "provider", "third"]


class Word(NamedTuple):
    """What a label says by itself; `weight` 4 for a word that names the role, 2 for one that suggests it."""

    kind: Kind
    weight: float


LETTERS = "甲乙丙丁戊"
LATIN_LETTERS = "ABCDE"

# A stem with its endings: 委托方, 委托人, 委托单位 are one label in three spellings.
_STEMS: tuple[tuple[Kind, float, str, str], ...] = (
    ("client", 4, "委托 委任 发包 采购 承租 定作 招标 托运 订购 招商委托", "方 人 单位"),
    (
        "client",
        4,
        "需 买 购买 购货 买受 品牌 业主 广告主 客户 服务接受 服务接收 服务需求 账号所有 店铺所有",
        "方",
    ),
    ("client", 4, "委托 采购", "公司"),
    ("provider", 4, "受托 受任 承包 出租 承揽 承运 服务 供应 技术服务 研究开发 培训 承办", "方 人 单位"),
    ("provider", 4, "服务 运营服务 技术服务 代运营服务", "商 机构 公司 提供方 提供商 提供者"),
    ("provider", 4, "供 卖 供货 销售 开发 咨询 顾问 推广 制作 设计 施工 代运营 运营 营运 代办 执行", "方"),
    ("provider", 4, "供应 服务供应 代运营 运营", "商"),
    ("provider", 4, "代运营 运营 广告 推广", "公司"),
    ("provider", 2, "代理 经纪 平台 平台运营 网站运营 许可 特许 机构 MCN 经纪机构", "方"),
    ("provider", 2, "代理", "商 人 公司"),
    ("provider", 2, "网站 平台", "提供者 提供方 经营者 运营者 运营商 所有者"),
    ("provider", 2, "许可 特许", "人"),
    ("provider", 2, "经纪 MCN", "公司 机构"),
    ("client", 2, "被许可 被特许 受让 加盟 入驻 商户 商家 主播 艺人 达人 创作", "方 人"),
    ("third", 4, "居间 担保 见证 监管 中介 介绍 保证 监督", "方 人"),
)
_SINGLE: dict[str, tuple[Kind, float]] = {
    **dict.fromkeys(
        [
            "客户",
            "广告主",
            "品牌主",
            "业主",
            "消费者",
            "买受人",
            "投保人",
            "贵司",
            "贵公司",
            "贵方",
            "用户",
            "会员",
        ],
        ("client", 4),
    ),
    # Terms speak to their customer, also those of a platform that pays out what the customer earned.
    **dict.fromkeys(["您", "你"], ("client", 40)),
    **dict.fromkeys(
        [
            "商家",
            "商户",
            "主播",
            "艺人",
            "达人",
            "模特",
            "创作者",
            "作者",
            "学员",
            "加盟商",
            "经销商",
            "设计师",
            "品牌商",
        ],
        ("client", 2),
    ),
    **dict.fromkeys(
        ["出卖人", "业者", "供应商", "广告代理", "广告代理商", "承包商", "代运营", "服务商", "保管人", "训练单位"],
        ("provider", 4),
    ),
    **dict.fromkeys(
        ["平台", "我们", "我司", "我公司", "本公司", "我方", "本平台", "本站", "MCN", "公会", "机构"], ("provider", 2)
    ),
}


def _chinese() -> dict[str, Word]:
    words = {
        stem + ending: Word(kind, weight)
        for kind, weight, stems, endings in _STEMS
        for stem in stems.split()
        for ending in endings.split()
    }
    return words | {word: Word(*value) for word, value in _SINGLE.items()}


CHINESE = _chinese()
_SPELT = [
    "委托",
    "受托",
    "委任",
    "受任",
    "发包",
    "承包",
    "出租",
    "承租",
    "定作",
    "承揽",
    "承运",
    "托运",
    "采购",
    "招标",
    "居间",
]
SPELLINGS: dict[str, tuple[str, ...]] = {
    stem + ending: tuple(stem + other for other in ("方", "人", "单位"))
    for stem in _SPELT
    for ending in ("方", "人", "单位")
}
"""The other spellings of a Chinese label: 委托方 also stands as 委托人."""

_ENGLISH_WORDS: tuple[tuple[Kind, float, str], ...] = (
    (
        "client",
        4,
        (
            "Client|Customer|Purchaser|Buyer|Advertiser|Lessee|Tenant|Subscriber|Brand|Merchant|Shipper|Charterer"
            "|Service Recipient|Recipient|User|End User|You|Brand Owner|Account Owner|Employer|Licensee"
        ),
    ),
    ("client", 2, "Principal|Owner|Franchisee|Sponsor|Talent|Creator|Artist|Affiliate|Member|Participant"),
    (
        "provider",
        4,
        (
            "Agency|Service Provider|Provider|Contractor|Independent Contractor|Subcontractor|Consultant|Vendor"
            "|Supplier|Seller|Manufacturer|Lessor|Landlord|Developer|Transporter|Carrier|Servicer|Administrator"
            "|Freelancer|Advisor|Adviser|Service Company|Marketing Agency|Licensor|Repairer|Agent|Employee"
            "|Hosting Provider"
        ),
    ),
    (
        "provider",
        2,
        (
            "Operator|Distributor|Reseller|Host|Franchisor|Manager|Publisher|Influencer|Platform|We|Partner|Promoter"
            "|Application Provider|Content Provider|Firm|Expert|Bank"
        ),
    ),
    ("third", 4, "Guarantor|Escrow Agent|Broker|Trustee"),
)
ENGLISH = {word: Word(kind, weight) for kind, weight, words in _ENGLISH_WORDS for word in words.split("|")}
NEUTRAL_ENGLISH = frozenset(
    {"Company", "Corporation", "Corp", "Issuer", "Fund", "Producer", "Institution", "University"}
)


def alternation(words: frozenset[str] | set[str] | dict[str, Word]) -> str:
    """A regular expression for any of `words`, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


CHINESE_LABEL = alternation(CHINESE)
ENGLISH_LABEL = alternation(set(ENGLISH) | NEUTRAL_ENGLISH)
_CHINESE_LABEL_RE = re.compile(CHINESE_LABEL)


def meaning(label: str) -> Word | None:
    """What `label` (folded; the whole of it, or for Chinese its first known part) says of the role, if anything."""
    if label in CHINESE:
        return CHINESE[label]
    if label.title() in ENGLISH:
        return ENGLISH[label.title()]
    match = _CHINESE_LABEL_RE.search(label)
    return CHINESE[match.group()] if match else None


@dataclass
class Side:
    """One party before its role is known. Words are folded; `name` is a span of the text; `notes` are the words
    that stand beside the label (甲方（委托方）) and speak of its role without being used as a label."""

    label: str
    name: tuple[int, int] | None = None
    aliases: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def note(self, word: str) -> None:
        """Remember a word that tells of this party's role."""
        if word not in self.notes:
            self.notes.append(word)

    def call(self, alias: str) -> None:
        """Remember another word for this party."""
        if alias and alias != self.label and alias not in self.aliases:
            self.aliases.append(alias)
