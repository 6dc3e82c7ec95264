"""The signs by which a contract says who engages, who pays and who renders the service.

A sign is a pattern over text in which each mention of party n is one character of MARKS, filled up with FILL. `{C}`
is the party that the sign makes the client, `{P}` the provider. `{G9}`, `{S9}` and `{E9}` are gaps of up to nine
characters without a party in them: inside a Chinese sentence, inside a part of it, inside an English sentence.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MARKS = "\ue020-\ue02d"
FILL = "\ue02f"


class Sign(NamedTuple):
    """One kind of evidence: what it says in Chinese and English, its weight, its pattern."""

    zh: str
    en: str
    weight: float
    pattern: re.Pattern[str]


def _sign(zh: str, en: str, weight: float, source: str, flags: int = 0) -> Sign:
    for name in "CP":
        source = source.replace("{" + name + "}", f"(?P<{name.lower()}>[{MARKS}]){FILL}*", 1)
    source = re.sub(r"\{G(\d+)\}", rf"[^。;!?{MARKS}\\n]{{0,\1}}?", source)
    source = re.sub(r"\{S(\d+)\}", rf"[^。;!?,:{MARKS}\\n]{{0,\1}}?", source)
    source = re.sub(r"\{E(\d+)\}", rf"[^.;{MARKS}]{{0,\1}}?", source)
    return Sign(zh, en, weight, re.compile(source, flags))


# What a client hands over so that the work can be done is no sign of who renders it.
_MATERIAL = (
    r"资料|素材|介绍|样品|图片|信息|文件|账[号户]|权限|便利|条件|协助|配合|产品支持|货品|货源|价格|说明|清单|授权"
)
_RENDERS = (
    rf"提供(?![^。;,\n]{{0,24}}(?:{_MATERIAL}))"
    r"(?=[^。;,\n]{0,24}(?:运营|策划|设计|推广|拍摄|直播|培训|咨询|维护|开发|制作|管理|技术支持|方案|服务|支持))"
)
_FEE = "(?:服务费|费用|费|款项?|款|报酬|酬金|价款|租金|金额|货款|薪酬)"
_NOT_FEE = r"(?![^。;,\n]{0,30}(?:违约|赔偿|罚|滞纳|利息|保证金|押金|补偿|返|退|收入|收益|分成|佣金|提成|分润))"
_WORK = (
    "开通|开发|设计|制作|运营|代运营|策划|拍摄|办理|运输|承运|安装|加工|配置|推荐|保存|恢复|培训|搭建|维护|编写|编制|管理|代理|推广|宣传|开展|进行"
    "|直播|投放|规划|经营"
)
_ACCOUNT = "账号|账户|店铺|网店|公众号|抖音|直播间|商城|小程序|视频号|专页|网站|官网|社群|旗舰店|微信|微博|小红书"
_ACTS = "(?<![向给对为至由经与和收付予到告催替理])"  # the party acts, it is not the object of the words before
_PAID = "(?:支付|缴纳|交纳|给付|付清|缴清|交清|结清|(?<!交)付)"

# Up to eight items under a heading, none of them the heading of the other party's duties.
_ITEMS = rf"(?:(?![^\n]{{0,12}}[{MARKS}]{FILL}*的?(?:权利|义务|责任))[^\n]{{0,120}}\n){{0,8}}?"

CHINESE_SIGNS: tuple[Sign, ...] = (
    _sign(
        "委托",
        "engages",
        4,
        r"{C}{S24}(?<!不得)(?<!不构成)(?:委托|委任|委请|聘请|聘用|雇佣|雇用|选聘|外包给|委由|发包给)(?:给)?{P}(?!以外)",
    ),
    _sign("委托", "engages", 4, r"{C}{S30}将[^。;\n]{0,60}(?:委托|外包|委由|发包)(?:给|予)?{P}"),
    _sign(
        "委托",
        "engages",
        4,
        r"{C}{G40}交(?:由|给){P}{S10}(?:运营|管理|承办|实施|完成|代理|经营|维护|开发|执行)",
    ),
    _sign(
        "委托",
        "engages",
        4,
        rf"{{C}}[^。;\n{MARKS}]{{0,60}},[^。;,\n{MARKS}]{{0,8}}(?:委托|委任|委请|聘请|委由){{P}}(?!以外)",
    ),
    _sign("受托", "is engaged by", 4, r"{P}{S12}(?:接受|受){C}(?:的)?(?:委托|委任|聘请|聘用|雇佣|邀请)"),
    _sign("承揽", "takes on the work of", 3, r"{P}{S8}(?:愿|同意)?(?:承揽|承办){C}(?!的?(?:客户|推荐|平台|派发|分配))"),
    _sign("授权", "authorises", 1, r"{C}{S16}(?<!未)授权{P}"),
    _sign(
        "提供服务",
        "renders services to",
        3,
        rf"{{P}}{{G24}}(?<!由)(?:为|向|(?<!包)(?<!托)给){{C}}{{G16}}提供[^。;\n{MARKS}]{{0,44}}?"
        rf"服务(?!协议|费|所需|所必需|需求|需要|要求|的?内容|对象|器|号|的?[^。;,\n]{{0,6}}(?:{_MATERIAL}))",
    ),
    _sign(
        "合同标的：提供服务",
        "the contract is about services to",
        3,
        r"就{P}(?:为|向){C}提供[^。;\n]{0,40}(?:服务|运营|推广|制作)",
    ),
    _sign("代管账号", "runs the account of", 3, rf"{{C}}的?{{S12}}(?:{_ACCOUNT})由{{P}}{{S8}}(?:运营|管理|维护|经营)"),
    _sign(
        "服务能力",
        "has the skill to serve",
        2,
        r"{P}{S6}(?:具有|拥有|具备|擅长|系专业|为专业|是专业){S16}(?:运营|营销|推广|策划|拍摄|直播|培训|开发|咨询|代理){S10}"
        r"(?:经验|能力|团队|资质|资源|公司|机构)",
    ),
    _sign(
        "经纪",
        "manages the career of",
        2,
        r"{P}{S20}(?:为|替|给|向){C}{S8}(?:寻找|安排|争取|接洽|提供|介绍|对接)[^。;,\n]{0,24}"
        r"(?:机会|商务合作|演出|通告|资源|流量|曝光|包装|经纪)",
    ),
    _sign("经纪", "builds up", 2, r"{P}[^。;\n]{0,60}?对{C}{S6}(?:进行|予以|开展)?(?:包装|打造|推广|宣传|培训|孵化)"),
    _sign("经销", "distributes for", 3, r"{C}(?:作为|为|系|是|成为){P}{S12}(?:经销商|代销商|分销商|加盟商)"),
    _sign("提供服务", "renders services to", 3, r"{P}{G16}(?:为|向|给){C}提供以下[^。;\n]{0,8}服务"),
    _sign(
        "完成工作",
        "does the work for",
        2,
        rf"{{P}}{{S16}}(?:为|替|帮[助忙]?|协助|代){{C}}(?:的?客户|产品|进行|{{S8}})(?:{_WORK}|{_RENDERS})",
    ),
    _sign(
        "提供货物或工具",
        "supplies",
        2,
        rf"{{P}}{{S12}}(?:为|向){{C}}{{S16}}(?:提供|供应|出售|出租|交付)[^。;,\n{MARKS}]{{0,16}}"
        rf"(?:技术支持|培训|渠道|平台(?!账)|货物|产品(?![^。;,\n]{{0,12}}(?:{_MATERIAL}|支持))|设备|软件|车辆|房屋|展示)",
    ),
    _sign("出租出售", "lets or sells to", 3, r"{P}{G40}(?:出租|租赁|出售|转让|供应|销售)(?:给|予){C}"),
    _sign("采购", "buys from", 3, r"{C}{S12}(?:向|从){P}(?:采购|购买|订购|租赁|承租|租用|定制)"),
    _sign(
        "使用服务",
        "uses the service of",
        2,
        rf"{{C}}{{S12}}(?:采购|购买|订购|使用|承租|享受|利用){{P}}[^。;!?,:、{MARKS}\n]{{0,8}}?(?:服务|平台|货物|设备|房屋|车辆|场地)",
    ),
    _sign("需要服务", "needs the services of", 2, r"{C}(?:所需|需要|需){P}"),
    _sign("需要服务", "needs services", 2, rf"{{C}}(?:有|存在)?[^。;,\n{MARKS}]{{0,12}}(?:服务需求|服务的需求)"),
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
        r"{P}(?:作为|为|系|是|具备|拥有){S24}(?:服务的?提供商|服务商|服务机构|运营商|服务提供者|服务能力|服务资质|服务的资质)",
    ),
    _sign(
        "服务对象",
        "is the user of the service",
        2,
        r"{C}(?:作为|为|系|是){S10}(?:该项目|本项目|服务|本服务)的?(?:用户|客户)",
    ),
    _sign("委托", "engages", 3, r"{C}{S24}(?:邀请|特邀){P}{S20}(?:代言|担任|出任|出演|主播)"),
    _sign(
        "代管账号",
        "runs the account of",
        3,
        rf"{{P}}{{S16}}(?:负责|代为|代理|对){{C}}{{S16}}(?:{_ACCOUNT}){{S16}}(?:运营|管理|维护|经营|更新|推广|发布|策划|拍摄)",
    ),
    _sign(
        "代管账号",
        "runs the account of",
        3,
        r"{P}{S16}(?:运营|管理|维护|代管|托管){C}(?:的|之)?{S6}(?:账号|账户|店铺|网店|公众号|抖音|直播间|专页)",
    ),
    # 乙方的义务 as a heading, and below it an item that names only the other party, or none.
    _sign(
        "提供服务",
        "renders services to",
        3,
        rf"{{P}}的?(?:权利|义务|责任)[^。;\n]{{0,12}}\n{_ITEMS}[^。;\n{MARKS}]{{0,20}}(?:为|向|给){{C}}[^。;\n{MARKS}]{{0,16}}提供"
        rf"[^。;\n{MARKS}]{{0,44}}?服务(?!协议|费|所需|需求|需要|要求|的?内容|对象|器|号)",
    ),
    _sign(
        "付费",
        "pays",
        2,
        rf"{{C}}的?(?:权利|义务|责任)[^。;\n]{{0,12}}\n{_ITEMS}[^。;\n{MARKS}]{{0,20}}(?:及时|按时|按期|按约)[^。;\n{MARKS}]{{0,6}}?"
        rf"{_PAID}{_NOT_FEE}[^。;\n{MARKS}]{{0,12}}?{_FEE}",
    ),
    _sign(
        "交付账号",
        "hands over the account to",
        2,
        r"{C}{S16}(?:将|授权|把){S20}(?:账号|店铺|公众号)[^。;\n]{0,20}(?:交|授权|委托|提供)(?:给|由|予)?{P}",
    ),
    _sign("交付账号", "brings the account", 2, rf"(?:{_ACCOUNT})号?[^。;,\n{MARKS}]{{0,4}}由{{C}}提供"),
    _sign(
        "交还账号",
        "gives the account back to",
        3,
        rf"{_ACTS}{{P}}{{S16}}(?:将|把)[^。;,\n{MARKS}]{{0,20}}(?:{_ACCOUNT})[^。;,\n{MARKS}]{{0,12}}(?:还给|交还|归还|返还)(?:给|予)?{{C}}",
    ),
    _sign("提供服务", "does the work", 2, rf"{_ACTS}{{P}}(?:只管|只负责|仅负责)(?:做|拍|剪|写|发|{_WORK})"),
    _sign(
        "经营平台",
        "runs the platform",
        2,
        r"{P}(?:的|旗下的?|运营的?|所有的?)?(?:平台|网站|APP)(?!账|的?(?:建设|制作|维护|开发|程序|系统|内容|正常|设计|美观))",
    ),
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
        rf"{_ACTS}{{C}}{{G40}}(?:{_PAID}|付款){_NOT_FEE}[^。;,\n{MARKS}]{{0,24}}(?:给|至|到|予)(?:予)?{{P}}",
    ),
    _sign(
        "付费",
        "pays",
        3,
        rf"{_ACTS}{{C}}{{G40}}将[^。;\n{MARKS}]{{0,40}}{_FEE}{{S10}}(?:结算|支付|付|交|缴纳?)(?:给|至|予)?{{P}}",
    ),
    _sign(
        "付费",
        "pays",
        2,
        rf"{_ACTS}{{C}}{{S16}}(?:应|须|需|负责|必须|每月|每季|每年|每期|按月|按季|按年|按期)(?!{{S8}}收到){{S12}}{_PAID}{_NOT_FEE}{{S16}}"
        "(?:服务费|(?:开发|运营|托管|推广|制作|拍摄|设计|顾问|策划|维护|场地|广告|技术|会员)费|合同款|报酬|租金|货款|运费|服务报酬|费用"
        "|价款|管理费)",
    ),
    _sign(
        "付费",
        "pays",
        2,
        rf"{_ACTS}{{C}}{{S10}}(?:已|未|没|应|所|逾期|迟延|延迟|拖欠|拒绝|未能)(?!{{S8}}收){{S12}}(?:{_PAID}|付款){_NOT_FEE}",
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
    _sign("收费", "charges", 3, rf"{_ACTS}{{P}}{{S8}}收取{{C}}的?{_NOT_FEE}{{S12}}费"),
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
        rf"{_ACTS}{{P}}(?:应|须|负责|在|开具|提供)[^。;\n{MARKS}]{{0,20}}(?:开具|提供|出具)[^。;,\n{MARKS}]{{0,20}}发票",
    ),
)
# Money that third parties paid and that is only passed on tells little of who is served.
PASSED_ON_RE = re.compile("返款|返佣|返点|返设计|分成|分账|分润|代收")

_WILL = (
    r"(?:shall|will|agrees?\s+to|hereby\s+agrees?\s+to|undertakes?\s+to|is\s+(?:responsible\s+for|to)|must"
    r"|covenants\s+to)"
)
_WISH = r"(?:wishe?s?|desires?|intends?|agrees?|would\s+like|has\s+agreed|elects|is\s+willing)\s+to"
_FEE_EN = (
    r"(?:fees?|compensation|sums?|amounts?|charges?|invoices?|price|rate|retainer|commissions?|consideration|\$|USD|RMB"
    r"|per)"
)
_NOT_FEE_EN = r"(?![^.;]{0,50}(?:damages|penalt|indemnif|refund|royalt|reimburse|share\s+of))"
_SERVICES = r"\b(?:services?|work|hosting|support|maintenance|consulting|advice|deliverables)\b"
_NOT_SERVICES = (
    r"(?![^.;]{0,40}\b(?:information|materials|notices?|access|cop(?:y|ies)|written|report|evidence|data)\b)"
)


def _english(zh: str, en: str, weight: float, source: str) -> Sign:
    return _sign(zh, en, weight, source, re.I)


ENGLISH_SIGNS: tuple[Sign, ...] = (
    _english(
        "委托",
        "engages",
        4,
        rf"{{C}}\s+(?:hereby\s+|also\s+|now\s+)?(?:{_WISH}\s+)?(?:hereby\s+)?"
        r"(?:engages?|retains?|appoints?|hires?|employs?|commissions?|contracts?\s+with|outsources?|utilizes?)\s+{P}",
    ),
    _english(
        "受托",
        "is engaged by",
        4,
        r"{P}\s+(?:has\s+been|is|was|agrees\s+to\s+be)\s+(?:hereby\s+)?(?:engaged|retained|appointed|hired|employed)\s+by\s+{C}",
    ),
    _english(
        "委托",
        "wants the services of",
        3,
        r"{C}\s+(?:wishes|desires|wants|requires|needs|seeks){E60}{P}{E12}\s+to\s+"
        r"(?:provide|perform|render|host|develop|supply|manufacture|manage|operate)",
    ),
    _english(
        "受托",
        "wants to serve",
        3,
        rf"{{P}}\s+{_WISH}\s+(?:provide|perform|render|furnish|supply){{E80}}(?:to|for){{E8}}{{C}}",
    ),
    _english(
        "提供服务",
        "renders services to",
        3,
        rf"{{P}}\s+{_WILL}{{E60}}(?:provide|perform|render|furnish|deliver){_NOT_SERVICES}{{E60}}{_SERVICES}{{E40}}"
        r"\b(?:to|for|on\s+behalf\s+of)\s+{C}",
    ),
    _english(
        "提供服务",
        "renders services to",
        2,
        rf"{{P}}\s+{_WILL}{{E20}}\s*(?:provide|furnish){{E8}}{{C}}{{E8}}\s+with\b{_NOT_SERVICES}{{E40}}{_SERVICES}",
    ),
    _english(
        "完成工作",
        "works for",
        1,
        rf"{{P}}\s+{_WILL}{{E30}}(?:host|manage|operate|develop|design|create|run|promote|market|maintain){{E60}}"
        r"\b(?:for|on\s+behalf\s+of)\s+{C}",
    ),
    _english(
        "提供服务",
        "renders the services",
        2,
        rf"{{P}}\s+{_WILL}{{E24}}(?:provide|perform|render|furnish|deliver){{E30}}\b(?:services|work|deliverables)\b",
    ),
    _english(
        "提供服务",
        "renders the services",
        2,
        r"\bservices?\s+(?:to\s+be\s+)?(?:provided|performed|rendered|furnished|supplied){E16}\s+by\s+{P}",
    ),
    _english("付费", "pays", 4, rf"{{C}}\s+{_WILL}{{E40}}(?:pay|compensate|remunerate)(?:\s+to)?\s+{{P}}{_NOT_FEE_EN}"),
    _english("付费", "pays", 4, rf"{{C}}\s+{_WILL}{{E30}}pay\b{_NOT_FEE_EN}{{E80}}\bto\s+{{P}}"),
    _english("付费", "pays", 2, rf"{{C}}\s+{_WILL}{{E20}}pay\b{_NOT_FEE_EN}{{E40}}{_FEE_EN}"),
    _english("付费", "pays", 3, r"(?:payable|paid|owed|due|payments?){E20}\s+by\s+{C}{E20}\s+to\s+{P}"),
    _english("付费", "is late in paying", 2, r"{C}{E20}fails?\s+to\s+(?:pay|make\s+(?:any\s+)?payment)"),
    _english("收款", "is paid", 1, r"(?:payable|due|owed|paid)(?:\s+and\s+owing)?\s+to\s+{P}"),
    _english("收费", "invoices", 3, rf"{{P}}\s+{_WILL}{{E30}}(?:invoice|bill|charge)\s+{{C}}"),
    _english(
        "收费",
        "has its rates",
        1,
        r"{P}(?:'s)?\s+(?:invoices?|then-current\s+rates|hourly\s+rates?|standard\s+rates|fees)\b",
    ),
    _english(
        "账号",
        "owns the account",
        1,
        r"{C}'s\s+(?:account|website|brand|customers|advertising|campaign|social\s+media)",
    ),
    _english(
        "采购",
        "buys from",
        3,
        rf"{{C}}\s+(?:{_WILL}|{_WISH}|may)\s+(?:purchase|order|buy|license){{E60}}\bfrom\s+{{P}}",
    ),
    _english(
        "出租出售",
        "sells to",
        3,
        rf"{{P}}\s+(?:{_WILL}|{_WISH})\s+(?:sell|supply|manufacture|lease|license){{E80}}\b(?:to|for)\s+{{C}}",
    ),
)
