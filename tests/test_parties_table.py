"""A table of contracts in a few lines: who is called what, and who engages whom."""

from __future__ import annotations

import pytest

from contractscan.model import Document
from contractscan.parties import resolve_parties

C, P, U, T = "client", "provider", "unknown", "third"

CHINESE: list[tuple[str, dict[str, str]]] = [
    (
        "甲方：\n乙方：\n甲方应为乙方争取商务机会，并对乙方进行包装和宣传。平台结算后，甲方按30%支付给乙方。",
        {"甲方": P, "乙方": C},
    ),
    (
        "本合同由广告主与广告代理订立。广告代理应按月提交报告，广告主应付款，广告代理不得转包，广告主可以核查。",
        {"广告主": C, "广告代理": P},
    ),
    (
        (
            "業主：禾豐食品股份有限公司\n承攬人：晨光行銷有限公司\n第一條 "
            "承攬人應為業主經營臉書粉絲專頁。\n第二條 業主應於每月十日前給付報酬。"
        ),
        {"業主": C, "承攬人": P},
    ),
    (
        (
            "立契約書人：委託人禾豐食品股份有限公司（以下簡稱甲方）、受託人晨光行銷有限公司（以下簡稱乙方）\n"
            "第一條 甲方委託乙方代操廣告。"
        ),
        {"甲方": C, "乙方": P},
    ),
    ("委託人：王大明\n受託人：晨光行銷有限公司\n受託人應定期向委託人報告。", {"委託人": C, "受託人": P}),
    (
        ("甲方（广告主）：青禾乳业有限公司\n乙方（代理公司）：星帆广告有限公司\n一、乙方代理甲方投放信息流广告。"),
        {"甲方": C, "乙方": P},
    ),
    (
        ("甲方（经纪公司）：星帆传媒有限公司\n乙方（艺人）：李某\n一、甲方为乙方提供演艺经纪服务，有权收取佣金。"),
        {"甲方": P, "乙方": C},
    ),
    (
        (
            "甲方（MCN机构）：星帆传媒有限公司\n乙方（达人）：李某\n"
            "一、乙方授权甲方独家代理其商务合作。二、甲方按净收入的30%收取服务费。"
        ),
        {"甲方": P, "乙方": C},
    ),
    (
        (
            "经纪公司：星帆传媒有限公司\n主播：李某\n第一条 主播授权经纪公司独家代理直播事宜。第二条 "
            "经纪公司应为主播提供培训。"
        ),
        {"经纪公司": P, "主播": C},
    ),
    (
        (
            "达人合作协议\n品牌方：青禾乳业有限公司\n达人：李某\n一、达人按品牌方要求发布视频。"
            "二、品牌方向达人支付推广费5000元。"
        ),
        {"品牌方": C, "达人": P},
    ),
    (
        (
            "甲方：青禾乳业有限公司\n乙方：李某（抖音达人）\n一、乙方按甲方要求发布3条视频。"
            "二、甲方向乙方支付推广费用5000元。"
        ),
        {"甲方": C, "乙方": P},
    ),
    (
        (
            "欢迎使用本平台。用户应当妥善保管账号。用户不得转让账号。平台有权暂停用户的服务。"
            "用户违反本协议的，平台可终止服务。平台向用户提供数据服务。"
        ),
        {"用户": C, "平台": P},
    ),
    (
        (
            "您应妥善保管账号。您不得出租账号。本公司有权在您违约时终止服务。"
            "本公司向您提供店铺管理服务。本公司可调整收费。您应按时付费。"
        ),
        {"您": C, "本公司": P},
    ),
    (
        (
            "商家入驻协议\n本协议由商家与星帆平台运营方共同缔结。商家应缴纳技术服务费。"
            "平台有权对商家违规行为处罚。商家不得刷单。平台向商家提供开店服务。商家可申请退店。"
            "平台应在15日内退还保证金。"
        ),
        {"商家": C, "平台": P},
    ),
    (
        (
            "客户：青禾乳业有限公司\n供应商：星帆科技有限公司\n1. 供应商应按工作说明书向客户提供服务。"
            "2. 客户应在收到发票后30日内付款。"
        ),
        {"客户": C, "供应商": P},
    ),
    (
        (
            "本合约由青禾乳业有限公司（“客户”）与星帆传媒有限公司（“代理商”）订立。"
            "代理商为客户管理社交媒体。客户每月支付港币20,000元。"
        ),
        {"客户": C, "代理商": P},
    ),
    (
        ("甲方：青禾乳业有限公司\n乙方：星帆传媒有限公司\n甲方聘请乙方担任其品牌顾问。甲方每月支付顾问费。"),
        {"甲方": C, "乙方": P},
    ),
    (
        ("甲方：星帆传媒有限公司\n乙方：青禾乳业有限公司\n甲方收取乙方的服务费后开始运营。乙方的账号由甲方运营。"),
        {"甲方": P, "乙方": C},
    ),
    ("甲方：星帆传媒有限公司\n乙方：青禾乳业有限公司\n乙方同意将其淘宝店铺交由甲方代运营。", {"甲方": P, "乙方": C}),
    (
        (
            "甲方：青禾乳业有限公司\n乙方：星帆传媒有限公司\n丙方：李某\n甲方委托乙方运营账号，"
            "丙方为乙方的履约提供连带担保。丙方承担保证责任。"
        ),
        {"甲方": C, "乙方": P, "丙方": T},
    ),
    (
        (
            "甲方：青禾乳业有限公司\n乙方：星帆传媒有限公司\n双方合作开发产品，各自承担费用，"
            "利润五五分成。甲方负责生产，乙方负责销售。"
        ),
        {"甲方": U, "乙方": U},
    ),
    (
        "发包方：青禾乳业有限公司\n承包方：星帆工程有限公司\n发包方将直播间装修发包给承包方。",
        {"发包方": C, "承包方": P},
    ),
    ("定作人：青禾乳业有限公司\n承揽人：星帆制作有限公司\n承揽人按定作人要求制作宣传片。", {"定作人": C, "承揽人": P}),
    (
        "甲方：\n乙方：\n鉴于甲方具有丰富的电商运营经验，乙方希望借助甲方的能力运营其天猫旗舰店。",
        {"甲方": P, "乙方": C},
    ),
    ("甲方：\n乙方：\n乙方全权负责甲方微信公众号的日常更新。甲方每季度结清费用。", {"甲方": C, "乙方": P}),
    (
        (
            "甲方：\n乙方：\n甲方必须向乙方提供不低于3000元的产品支持。"
            "甲方为乙方提供产品的详细介绍和图片资料。乙方负责甲方微商城的运营，甲方按月支付托管费。"
        ),
        {"甲方": C, "乙方": P},
    ),
    ("甲方：\n乙方：\n甲方向乙方提供产品样品、素材和账号。乙方应按月发布视频不少于20条。", {"甲方": U, "乙方": U}),
    (
        (
            "青禾乳业有限公司（下称“青禾”）与星帆传媒有限公司（下称“星帆”）就账号代运营达成一致。\n1 "
            "星帆负责运营青禾的抖音账号。\n2 青禾每月向星帆支付服务费3万元。"
        ),
        {"青禾": C, "星帆": P},
    ),
    (
        (
            "本协议由青禾乳业有限公司与星帆传媒有限公司于2026年3月1日签订。\n"
            "一、星帆传媒有限公司为青禾乳业有限公司提供直播服务。\n二、青禾乳业有限公司每月支付服务费。"
        ),
        {"青禾乳业有限公司": C, "星帆传媒有限公司": P},
    ),
    (
        (
            "本合同由贵司与我司订立。贵司委托我司代运营抖音账号。我司按月提交报告。"
            "贵司应于每月5日前付款。贵司可提前30日通知我司终止。我司违约的，贵司可解除。我司不得转包。"
            "贵司提供素材。"
        ),
        {"贵司": C, "我司": P},
    ),
    ("买方：青禾乳业有限公司\n卖方：星帆设备有限公司\n买方向卖方采购直播设备。", {"买方": C, "卖方": P}),
    ("许可方：李某\n被许可方：青禾乳业有限公司\n许可方授权被许可方使用其肖像。", {"许可方": P, "被许可方": C}),
    ("特许人：青禾餐饮有限公司\n被特许人：李某\n特许人授权被特许人使用商标。", {"特许人": P, "被特许人": C}),
    (
        "甲方：青禾乳业有限公司\n乙方：星帆传媒有限公司\n乙方作为甲方产品的经销商，从甲方采购产品。",
        {"甲方": P, "乙方": C},
    ),
    (
        ("用人单位（甲方）：星帆传媒有限公司\n劳动者（乙方）：李某\n甲方聘用乙方从事主播岗位，每月支付工资。"),
        {"甲方": C, "乙方": P},
    ),
    (
        (
            "茲因甲方（禾豐公司）欲於網路推廣其商品，特委請乙方（晨光公司）規劃執行，雙方約定如下。"
            "乙方應依甲方指示執行。"
        ),
        {"甲方": C, "乙方": P},
    ),
    ("甲方：禾豐公司\n乙方：晨光公司\n乙方願承攬甲方官方網站之維護。甲方應依約給付承攬報酬。", {"甲方": C, "乙方": P}),
    ("本公司（以下稱甲方）委託乙方辦理社群小編業務。", {"甲方": C, "乙方": P}),
    (
        ("廣告主：禾豐公司\n廣告代理商：晨光公司\n廣告代理商應為廣告主規劃媒體投放。廣告主應支付服務費。"),
        {"廣告主": C, "廣告代理商": P},
    ),
    (
        (
            "網站經營者：晨光公司\n會員：使用本網站者\n會員應遵守本條款。會員得隨時終止。"
            "網站經營者得暫停服務。網站經營者向會員收取月費。會員應付費。"
        ),
        {"網站經營者": P, "會員": C},
    ),
    (
        (
            "甲方（以下简称“品牌方”）：青禾乳业有限公司\n乙方（以下简称“运营方”）：星帆传媒有限公司\n"
            "品牌方授权运营方经营天猫旗舰店。运营方收取店铺佣金。"
        ),
        {"甲方": C, "乙方": P},
    ),
    (
        (
            "出品方：青禾影业有限公司\n制作方：星帆制作有限公司\n出品方委托制作方拍摄短剧。"
            "出品方支付制作费。制作方按期交付。"
        ),
        {"出品方": C, "制作方": P},
    ),
    (
        ("主办方：青禾乳业有限公司\n执行方：星帆会展有限公司\n执行方为主办方提供活动执行服务，主办方支付费用。"),
        {"主办方": C, "执行方": P},
    ),
    ("甲方：\n乙方：\n甲方向乙方购买短视频套餐，价款3万元。", {"甲方": C, "乙方": P}),
    (
        (
            "合作方A：青禾\n甲方：青禾乳业有限公司\n乙方：星帆\n甲方作为乙方的供应商，"
            "为乙方直播间供货，乙方负责带货，甲方按销售额20%支付乙方佣金。"
        ),
        {"甲方": U, "乙方": U},
    ),
    ("甲方：\n乙方：\n乙方有偿使用甲方的直播场地，并按月支付场地费。", {"甲方": P, "乙方": C}),
    ("甲方：\n乙方：\n甲方：将账号授权给乙方管理，乙方向甲方支付授权金。", {"甲方": U, "乙方": U}),
]

ENGLISH: list[tuple[str, dict[str, str]]] = [
    (
        (
            'This Agreement is between Blue Leaf Ltd ("Manager") and Green Farm Ltd ("Client"). '
            "Manager will manage Client's accounts."
        ),
        {"Manager": P, "Client": C},
    ),
    (
        (
            'Green Farm Ltd (the "Company") engages Blue Leaf LLC ("Agency") to run its accounts. The '
            "Company shall pay Agency a monthly fee."
        ),
        {"Company": C, "Agency": P},
    ),
    (
        (
            'MASTER SERVICES AGREEMENT between Green Farm, Inc. ("Customer") and Blue Leaf, Inc. '
            '("Vendor"). Vendor shall provide the services.'
        ),
        {"Customer": C, "Vendor": P},
    ),
    (
        (
            'This Agreement is made between Green Farm Limited ("we", "us") and the person who orders '
            '("you"). We will provide the Services to you. You shall pay us the fees. You may cancel. '
            "You must not share. You agree to us. You own your content. You may export. You shall "
            "notify us. You must keep. You can."
        ),
        {"Green Farm": P, "You": C},
    ),
    (
        (
            'INFLUENCER AGREEMENT by and between: Brand/Company: Green Farm Inc ("Brand") and '
            'Influencer: Jo Lee ("Influencer"). Influencer shall post content for Brand. Brand shall '
            "pay Influencer $500."
        ),
        {"Brand": C, "Influencer": P},
    ),
    (
        (
            "PARTIES\n(1) GREEN FARM LIMITED incorporated in England (the Client); and\n(2) BLUE LEAF "
            "LIMITED incorporated in England (the Supplier).\n1. The Supplier shall provide the "
            "Services to the Client."
        ),
        {"Client": C, "Supplier": P},
    ),
    (
        (
            'TALENT MANAGEMENT AGREEMENT between Star Talent LLC ("Manager") and Jo Lee ("Artist"). '
            "Artist hereby engages Manager as exclusive manager. Manager shall receive a commission of "
            "15%."
        ),
        {"Manager": P, "Artist": C},
    ),
    (
        (
            'This Consulting Agreement is entered into by Green Farm Corp. ("Corporation") and Jo Lee '
            '("Consultant"). The Corporation retains the Consultant. '
        ),
        {"Corporation": C, "Consultant": P},
    ),
    (
        (
            "AGREEMENT between Green Farm, Inc. and Blue Leaf, LLC. Blue Leaf shall provide marketing "
            "services to Green Farm. Green Farm shall pay Blue Leaf $2,000 per month."
        ),
        {"Green Farm": C, "Blue Leaf": P},
    ),
    (
        ("Client: Green Farm Ltd\nFreelancer: Jo Lee\n1. The Freelancer shall provide design services to the Client."),
        {"Client": C, "Freelancer": P},
    ),
    (
        (
            "Party A: Green Farm Ltd\nParty B: Blue Leaf Ltd\nParty A entrusts Party B to operate its "
            "Douyin account. Party A shall pay Party B a service fee monthly."
        ),
        {"Party A": C, "Party B": P},
    ),
    (
        (
            'THIS AGREEMENT is made BETWEEN Blue Leaf Pte Ltd ("Party A") AND Green Farm Pte Ltd '
            '("Party B"). Party A shall provide social media services to Party B. Party B shall pay '
            "Party A."
        ),
        {"Party A": P, "Party B": C},
    ),
    (
        (
            "The Principal appoints the Agent as its agent. Principal: Green Farm Ltd. Agent: Blue "
            "Leaf Ltd. The Agent shall promote the Products. The Principal shall pay the Agent "
            "commission. The Agent may not. The Principal may."
        ),
        {"Principal": C, "Agent": P},
    ),
    (
        (
            'Green Farm Inc. ("Publisher") and Blue Leaf Inc. ("Advertiser"). Publisher will display '
            "the ads of Advertiser. Advertiser shall pay Publisher."
        ),
        {"Publisher": P, "Advertiser": C},
    ),
    (
        (
            'This agreement sets out the terms on which Blue Leaf ("the Agency", "we") works for the '
            'client named in the proposal ("you"). We will manage your accounts. You will pay our fees.'
            " You can end this. You must give us access. You keep your data. You own it. You approve. "
            "Your accounts. You may. You shall."
        ),
        {"You": C, "Agency": P},
    ),
    (
        (
            'JOINT VENTURE between Green Farm Inc ("Green") and Blue Leaf Inc ("Blue"). Each of Green '
            "and Blue shall contribute capital equally."
        ),
        {"Green": U, "Blue": U},
    ),
]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [(text, "zh", roles) for text, roles in CHINESE] + [(text, "en", roles) for text, roles in ENGLISH],
)
def test_the_parties_have_the_roles_that_the_text_gives_them(
    text: str, language: str, expected: dict[str, str]
) -> None:
    document = Document(name="contract", format="txt", text=text, language=language)
    assert {party.label: party.role for party in resolve_parties(document, ())} == expected


def test_two_companies_that_go_by_short_names_are_the_parties() -> None:
    text = "青禾乳业有限公司（下称“青禾”）与星帆传媒有限公司（下称“星帆”）约定：星帆为青禾提供运营服务，青禾按月付款。"
    document = Document(name="contract", format="txt", text=text, language="zh")
    assert [(party.label, party.name) for party in resolve_parties(document, ())] == [
        ("青禾", "青禾乳业有限公司"),
        ("星帆", "星帆传媒有限公司"),
    ]
