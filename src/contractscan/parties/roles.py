"""Which party is the client: evidence from the contract's own words, weighed.

A sign is a pattern over text in which every mention of party n is written as one mark, so that 甲方委托乙方 and
平台受商家委托 need one pattern each. `C` is the side that the sign makes the client, `P` the provider. Each sign counts at
most three times for the same party, and the label's own meaning counts once. Nothing is read into 甲方, Party A or
Company. Only the first 120,000 characters are weighed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from contractscan.parties.locate import places
from contractscan.parties.words import LATIN_LETTERS, LETTERS, Side, meaning
from contractscan.text import CJK, mask

_LIMIT = 120_000
_FIRST = 0xE020  # the mark of party n is chr(_FIRST + n); the rest of a mention is _FILL
_FILL, _GENERAL = "\ue02f", "\ue02e"
_MARKS = "\ue020-\ue02d"
_MARGIN, _SHARE = 2.0, 0.15


class Sign(NamedTuple):
    """One kind of evidence: what it says in Chinese and English, its weight, its pattern."""

    zh: str
    en: str
    weight: float
    pattern: re.Pattern[str]


def _sign(zh: str, en: str, weight: float, source: str, flags: int = 0) -> Sign:
    for name in "CP":
        source = source.replace("{" + name + "}", f"(?P<{name.lower()}>[{_MARKS}]){_FILL}*", 1)
    source = re.sub(r"\{G(\d+)\}", rf"[^。;!?{_MARKS}\\n]{{0,\1}}?", source)
    source = re.sub(r"\{S(\d+)\}", rf"[^。;!?,:{_MARKS}\\n]{{0,\1}}?", source)
    source = re.sub(r"\{E(\d+)\}", rf"[^.;{_MARKS}]{{0,\1}}?", source)
    return Sign(zh, en, weight, re.compile(source, flags))


_FEE = "(?:服务费|费用|费|款项?|款|报酬|酬金|价款|租金|金额|货款|薪酬)"
_NOT_FEE = r"(?![^。;,\n]{0,30}(?:违约|赔偿|罚|滞纳|利息|保证金|押金|补偿|返|退|收入|收益|分成|佣金|提成|分润))"
_WORK = (
    "开通|开发|设计|制作|运营|代运营|策划|拍摄|办理|运输|承运|安装|加工|配置|推荐|保存|恢复|培训|搭建|维护|编写|编制|管理|代理|推广|宣传|开展|进行"
    "|直播|投放|提供"
)
_ACTS = "(?<![向给对为至由经与和收付予到告催替理])"  # the party acts, it is not the object of the words before
_PAID = "(?:支付|缴纳|交纳|给付|付清|缴清|交清|结清|(?<!交)付)"

CHINESE_SIGNS: tuple[Sign, ...] = (
    _sign(
        "委托",
        "engages",
        4,
        r"{C}{S24}(?<!不得)(?<!不构成)(?:委托|委任|聘请|聘用|雇佣|雇用|选聘|外包给|委由|发包给)(?:给)?{P}(?!以外)",
    ),
    _sign("委托", "engages", 4, r"{C}{S30}将[^。;\n]{0,60}(?:委托|外包|委由|发包)(?:给|予)?{P}"),
    _sign(
        "委托",
        "engages",
        4,
        r"{C}{S40}交(?:由|给){P}{S10}(?:运营|管理|承办|实施|完成|代理|经营|维护|开发|执行)",
    ),
    _sign("受托", "is engaged by", 4, r"{P}{S12}(?:接受|受){C}(?:的)?(?:委托|委任|聘请|聘用|雇佣|邀请)"),
    _sign("授权", "authorises", 1, r"{C}{S16}(?<!未)授权{P}"),
    _sign(
        "提供服务",
        "renders services to",
        3,
        rf"{{P}}{{G24}}(?<!由)(?:为|向|(?<!包)(?<!托)给){{C}}{{G16}}提供[^。;\n{_MARKS}]{{0,44}}?"
        r"服务(?!协议|费|所需|需求|需要|要求|的?内容|对象|器|号)",
    ),
    _sign("提供服务", "renders services to", 3, r"{P}{G16}(?:为|向|给){C}提供以下[^。;\n]{0,8}服务"),
    _sign(
        "完成工作",
        "does the work for",
        2,
        rf"{{P}}{{S16}}(?:为|替|帮助|协助){{C}}(?:的?客户|产品|进行|{{S8}})(?:{_WORK})",
    ),
    _sign(
        "提供货物或工具",
        "supplies",
        2,
        rf"{{P}}{{S12}}(?:为|向){{C}}{{S16}}(?:提供|供应|出售|出租|交付)[^。;,\n{_MARKS}]{{0,16}}"
        r"(?:技术支持|培训|渠道|平台(?!账)|货物|产品|设备|软件|车辆|房屋|展示)",
    ),
    _sign("出租出售", "lets or sells to", 3, r"{P}{G40}(?:出租|租赁|出售|转让|供应|销售)(?:给|予){C}"),
    _sign("采购", "buys from", 3, r"{C}{S12}(?:向|从){P}(?:采购|购买|订购|租赁|承租|租用|定制)"),
    _sign(
        "使用服务",
        "uses the service of",
        2,
        rf"{{C}}{{S12}}(?:采购|购买|订购|使用|承租|享受|利用){{P}}[^。;!?,:、{_MARKS}\n]{{0,8}}?(?:服务|平台|货物|设备|房屋|车辆)",
    ),
    _sign("需要服务", "needs the services of", 2, r"{C}(?:所需|需要|需){P}"),
    _sign("需要服务", "needs services", 2, rf"{{C}}(?:有|存在)?[^。;,\n{_MARKS}]{{0,12}}(?:服务需求|服务的需求)"),
    _sign(
        "服务商身份",
        "is the service provider of",
        3,
        r"{P}(?:仅)?(?:作为|为|系|是){C}{S20}(?:服务商|运营商|服务提供商|服务提供者|运营方|服务机构|代理商|代运营商)",
    ),
    _sign(
        "服务商身份",
        "is a service provider",
        2,
        r"{P}(?:作为|为|系|是|具备|拥有){S24}(?:服务提供商|服务商|服务机构|运营商|服务提供者|服务能力|服务资质|服务的资质)",
    ),
    _sign(
        "代管账号",
        "runs the account of",
        3,
        r"{P}{S16}(?:负责|代为|代理|对){C}{S16}(?:账号|账户|店铺|网店|公众号|抖音|直播间){S16}(?:运营|管理|维护)",
    ),
    _sign(
        "交付账号",
        "hands over the account to",
        2,
        r"{C}{S16}(?:将|授权|把){S20}(?:账号|店铺|公众号)[^。;\n]{0,20}(?:交|授权|委托|提供)(?:给|由|予)?{P}",
    ),
    _sign("经营平台", "runs the platform", 2, r"{P}(?:的|旗下的?|运营的?|所有的?)?(?:平台|网站|APP)(?!账)"),
    _sign(
        "入驻平台",
        "joins the platform",
        2,
        _ACTS + r"{C}(?:自愿|申请|同意|拟|可|选择|在|成功){S6}(?:入驻|加盟)(?!保证金)",
    ),
    _sign(
        "入驻平台",
        "pays to join the platform",
        3,
        r"{C}{G30}向{P}{S6}(?:支付|缴纳|交纳){S6}(?:入驻|加盟|平台)",
    ),
    _sign("付费", "pays", 4, rf"{{C}}{{G40}}(?:向|给){{P}}{{S24}}{_PAID}{_NOT_FEE}[^。;,\n]{{0,30}}?{_FEE}"),
    _sign(
        "付费",
        "pays",
        4,
        rf"{_ACTS}{{C}}{{G40}}(?:{_PAID}|付予|付给|支付给){_NOT_FEE}{{P}}(?:相应的?)?{{S20}}{_FEE}",
    ),
    _sign(
        "付费",
        "pays",
        3,
        rf"{_ACTS}{{C}}{{G40}}(?:{_PAID}|付款){_NOT_FEE}[^。;,\n{_MARKS}]{{0,24}}(?:给|至|到|予)(?:予)?{{P}}",
    ),
    _sign(
        "付费",
        "pays",
        3,
        rf"{_ACTS}{{C}}{{G40}}将[^。;\n{_MARKS}]{{0,40}}{_FEE}{{S10}}(?:结算|支付|付|交|缴纳?)(?:给|至|予)?{{P}}",
    ),
    _sign(
        "付费",
        "pays",
        2,
        rf"{_ACTS}{{C}}{{S16}}(?:应|须|需|负责|必须)(?!{{S8}}收到){{S12}}{_PAID}{_NOT_FEE}{{S16}}"
        "(?:服务费|开发费|合同款|报酬|租金|货款|运费|服务报酬|费用|价款|管理费)",
    ),
    _sign(
        "付费",
        "pays",
        2,
        rf"{_ACTS}{{C}}{{S10}}(?:已|未|应|所|逾期|迟延|延迟|拖欠|拒绝|未能)(?!{{S8}}收){{S12}}(?:{_PAID}|付款){_NOT_FEE}",
    ),
    _sign(
        "收款",
        "is paid",
        2,
        rf"(?:向|应付|付给){{P}}{{S8}}(?:支付|缴纳|提供|的)?{_NOT_FEE}{{S8}}(?:服务费|管理费|服务报酬)",
    ),
    _sign(
        "收费",
        "charges",
        3,
        rf"{_ACTS}{{P}}(?!名义){{S8}}(?:向{{C}})?{{S8}}收取{_NOT_FEE}{{S20}}(?:费|款|报酬|租金)",
    ),
    _sign(
        "收款",
        "is paid",
        1,
        r"{P}(?:的|之)?(?:对公|开户|收款|银行|指定(?:的)?(?:银行|收款)?)(?:的)?(?:账户|收款账号|银行)",
    ),
    _sign("开发票", "invoices", 2, r"{P}{S24}(?:向|给|为){C}{S16}(?:开具|提供|出具|开)[^。;,\n]{0,20}发票"),
    _sign(
        "开发票",
        "invoices",
        1,
        rf"{_ACTS}{{P}}(?:应|须|负责|在|开具|提供)[^。;\n{_MARKS}]{{0,20}}(?:开具|提供|出具)[^。;,\n{_MARKS}]{{0,20}}发票",
    ),
)
# Money that third parties paid and that is only passed on tells little of who is served.
_PASSED_ON_RE = re.compile("返款|返佣|返点|返设计|分成|分账|分润|代收")

_I = re.I
_WILL = r"(?:shall|will|agrees?\s+to|hereby\s+agrees?\s+to|undertakes?\s+to|is\s+(?:responsible\s+for|to)|must|covenants\s+to)"
_FEE_EN = r"(?:fees?|compensation|sums?|amounts?|charges?|invoices?|price|rate|retainer|commissions?|consideration|\$|USD|RMB|per)"
_NOT_FEE_EN = r"(?![^.;]{0,50}(?:damages|penalt|indemnif|refund|royalt|reimburse|share\s+of))"

ENGLISH_SIGNS: tuple[Sign, ...] = (
    _sign(
        "委托",
        "engages",
        4,
        r"{C}\s+(?:hereby\s+|also\s+|now\s+)?(?:(?:wishe?s?|desires?|intends?|agrees?|would\s+like|has\s+agreed|elects)\s+to\s+)?(?:hereby\s+)?"
        r"(?:engages?|retains?|appoints?|hires?|employs?|commissions?|contracts?\s+with|outsources?|obtain|utilize|procure|use)\s+{P}",
        _I,
    ),
    _sign(
        "受托",
        "is engaged by",
        4,
        r"{P}\s+(?:has\s+been|is|was|agrees\s+to\s+be)\s+(?:hereby\s+)?(?:engaged|retained|appointed|hired|employed)\s+by\s+{C}",
        _I,
    ),
    _sign(
        "委托",
        "wants the services of",
        3,
        r"{C}\s+(?:wishes|desires|wants|requires|needs|seeks){E60}{P}{E12}\s+to\s+(?:provide|perform|render|host|develop|supply|manufacture|manage|operate)",
        _I,
    ),
    _sign(
        "受托",
        "wants to serve",
        3,
        r"{P}\s+(?:wishes|desires|agrees|is\s+willing|is\s+prepared)\s+to\s+(?:provide|perform|render|furnish|supply){E80}(?:to|for){E8}{C}",
        _I,
    ),
    _sign(
        "提供服务",
        "renders services to",
        3,
        rf"{{P}}\s+{_WILL}{{E60}}(?:provide|perform|render|furnish|supply|deliver|host|manage|operate){{E80}}\b(?:to|for|on\s+behalf\s+of)\s+{{C}}",
        _I,
    ),
    _sign(
        "提供服务",
        "renders services to",
        2,
        rf"{{P}}\s+{_WILL}{{E20}}\s*(?:provide|furnish){{E8}}{{C}}{{E8}}\s+with\b",
        _I,
    ),
    _sign(
        "提供服务",
        "renders the services",
        2,
        rf"{{P}}\s+{_WILL}{{E24}}(?:provide|perform|render|furnish|deliver|supply){{E30}}\b(?:services|work|deliverables)\b",
        _I,
    ),
    _sign(
        "提供服务",
        "renders the services",
        2,
        r"\bservices?\s+(?:to\s+be\s+)?(?:provided|performed|rendered|furnished|supplied){E16}\s+by\s+{P}",
        _I,
    ),
    _sign(
        "付费",
        "pays",
        4,
        rf"{{C}}\s+{_WILL}{{E40}}(?:pay|compensate|remunerate)(?:\s+to)?\s+{{P}}{_NOT_FEE_EN}",
        _I,
    ),
    _sign("付费", "pays", 4, rf"{{C}}\s+{_WILL}{{E30}}pay\b{_NOT_FEE_EN}{{E80}}\bto\s+{{P}}", _I),
    _sign("付费", "pays", 2, rf"{{C}}\s+{_WILL}{{E20}}pay\b{_NOT_FEE_EN}{{E40}}{_FEE_EN}", _I),
    _sign("付费", "pays", 3, r"(?:payable|paid|owed|due|payments?){E20}\s+by\s+{C}{E20}\s+to\s+{P}", _I),
    _sign("收费", "is paid", 1, r"(?:payable|due|owed|paid)(?:\s+and\s+owing)?\s+to\s+{P}", _I),
    _sign("收费", "invoices", 3, rf"{{P}}\s+{_WILL}{{E30}}(?:invoice|bill|charge)\s+{{C}}", _I),
    _sign(
        "收费",
        "invoices",
        1,
        r"{P}(?:'s)?\s+(?:invoices?|then-current\s+rates|hourly\s+rates?|standard\s+rates|fees)\b",
        _I,
    ),
    _sign(
        "收费",
        "is owed nothing more by",
        2,
        r"{C}{E20}fails?\s+to\s+(?:pay|make\s+(?:any\s+)?payment){E40}",
        _I,
    ),
    _sign(
        "代管账号",
        "owns the account",
        1,
        r"{C}'s\s+(?:account|website|brand|customers|advertising|campaign|social\s+media)",
        _I,
    ),
    _sign(
        "采购",
        "buys from",
        3,
        r"{C}\s+(?:shall|will|may|agrees\s+to|desires\s+to|wishes\s+to)\s+(?:purchase|order|buy|license){E60}\bfrom\s+{P}",
        _I,
    ),
    _sign(
        "出租出售",
        "sells to",
        3,
        rf"{{P}}\s+(?:{_WILL}|desires\s+to|wishes\s+to)\s+(?:sell|supply|manufacture|lease|license){{E80}}\b(?:to|for)\s+{{C}}",
        _I,
    ),
)


class Verdict(NamedTuple):
    """The score of each party (positive: client), and the words of its evidence, strongest first."""

    scores: tuple[float, ...]
    reasons: tuple[tuple[str, ...], ...]


def names_of(found: Sequence[Side], folded: str) -> dict[str, str]:
    """Every folded word that stands for a party, with the index of the party as key; a word of two parties is nobody's."""
    names: dict[str, str] = {}
    shared: set[str] = set()
    for index, side in enumerate(found):
        words = [side.label, *side.aliases]
        if side.name:
            words.append(" ".join(folded[side.name[0] : side.name[1]].split()))
        for word in words + counterparts(words):
            if names.setdefault(word, str(index)) != str(index):
                shared.add(word)
    return {word: key for word, key in names.items() if word not in shared}


def counterparts(words: Sequence[str]) -> list[str]:
    """甲方 for Party A and the other way round: bilingual contracts use both."""
    other: list[str] = []
    for word in words:
        if len(word) == 2 and word[0] in LETTERS and word[1] == "方":
            other.append(f"Party {LATIN_LETTERS[LETTERS.index(word[0])]}")
        elif re.fullmatch(rf"Party [{LATIN_LETTERS}]", word):
            other.append(LETTERS[LATIN_LETTERS.index(word[-1])] + "方")
    return other


def weigh(folded: str, found: Sequence[Side], *, language: str) -> Verdict:
    """Weigh the evidence for each side of `folded`."""
    text = _marked(folded[:_LIMIT], names_of(found, folded))
    signs = CHINESE_SIGNS if language == "zh" else ENGLISH_SIGNS
    scores = [0.0] * len(found)
    reasons: list[Counter[str]] = [Counter() for _ in found]
    passed_on = len(_PASSED_ON_RE.findall(text)) >= 3
    for sign in signs:
        weight = sign.weight / 2 if passed_on and sign.zh == "付费" else sign.weight
        counts: defaultdict[tuple[int, int], int] = defaultdict(int)
        for match in sign.pattern.finditer(text):
            groups = match.groupdict()
            client = _party(groups.get("c"))
            provider = _party(groups.get("p"))
            if client == provider or max(client, provider) >= len(found):
                continue
            counts[client, provider] += 1
            if counts[client, provider] > 3:
                continue
            for party, value in ((client, weight), (provider, -weight)):
                if party >= 0:
                    scores[party] += value
                    reasons[party][_words(sign, found, client, provider, language)] += 1
    for index, side in enumerate(found):
        for word in dict.fromkeys([side.label, *side.notes, *side.aliases, _name(folded, side)]):
            known = meaning(word) if word else None
            if known and known.kind != "third":
                scores[index] += known.weight if known.kind == "client" else -known.weight
                reasons[index][f"“{word}”" if language == "zh" else f'"{word}"'] += 1
                break
    return Verdict(
        tuple(scores),
        tuple(tuple(f"{words}×{n}" if n > 1 else words for words, n in reason.most_common(4)) for reason in reasons),
    )


def _name(folded: str, side: Side) -> str:
    name = folded[slice(*side.name)] if side.name else ""
    return name if len(name) <= 4 else ""  # 乙方：用户 names a role, 某某服务有限公司 does not


def _party(mark: str | None) -> int:
    return ord(mark) - _FIRST if mark else -1


def _words(sign: Sign, found: Sequence[Side], client: int, provider: int, language: str) -> str:
    passive = sign.pattern.groupindex.get("p", 9) < sign.pattern.groupindex.get("c", 9)
    order = [p for p in ((provider, client) if passive else (client, provider)) if p >= 0]
    labels = [found[p].label for p in order]
    if language == "zh":
        return f"{sign.zh}（{'→'.join(labels)}）"
    return " ".join([labels[0], sign.en, *labels[1:]])


_WRAP_RE = re.compile(rf"(?<=[^\n]{{24}}[^\n。;:!?])\n(?=[{CJK}\ue020-\ue02f])")


def _marked(text: str, names: dict[str, str]) -> str:
    found = places(text, names)
    characters = list(mask(text, ((p.start, p.end, _FILL if p.key.isdigit() else _GENERAL) for p in found)))
    for place in found:
        if place.key.isdigit():
            characters[place.start] = chr(_FIRST + int(place.key))
    # A line that was wrapped by a PDF is one line.
    return _WRAP_RE.sub(" ", "".join(characters))


def decide(verdict: Verdict, found: Sequence[Side]) -> tuple[int, int] | None:
    """The indexes of the client and of the provider, or None when the evidence does not tell."""
    third = {i for i, side in enumerate(found) if _is_third(side)}
    order = sorted((i for i in range(len(found)) if i not in third), key=lambda i: -verdict.scores[i])
    if len(order) < 2:
        return None
    client, provider = order[0], order[-1]
    difference = verdict.scores[client] - verdict.scores[provider]
    total = abs(verdict.scores[client]) + abs(verdict.scores[provider])
    return (client, provider) if difference >= _MARGIN and difference >= _SHARE * total else None


def _is_third(side: Side) -> bool:
    return any(
        (known := meaning(word)) is not None and known.kind == "third"
        for word in (side.label, *side.notes, *side.aliases)
    )
