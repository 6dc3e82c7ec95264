"""Who the parties are and which role they have."""

from __future__ import annotations

import pytest

from contractscan.errors import UsageError
from contractscan.model import Clause, Document, Muted, Party
from contractscan.parties import label_conflicts, resolve_parties
from contractscan.text import detect_language


def document(text: str, language: str | None = None) -> Document:
    return Document(name="合同", format="txt", text=text, language=language or detect_language(text))


def resolve(text: str, *, client: str | None = None, language: str | None = None) -> dict[str, Party]:
    return {party.label: party for party in resolve_parties(document(text, language), (), client=client)}


def roles(text: str, language: str | None = None) -> dict[str, str]:
    return {label: party.role for label, party in resolve(text, language=language).items()}


CLIENT_FIRST = {"甲方": "client", "乙方": "provider"}
CLIENT_SECOND = {"甲方": "provider", "乙方": "client"}
UNKNOWN = {"甲方": "unknown", "乙方": "unknown"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲方现委托乙方打理其短视频账号。", CLIENT_FIRST),
        ("甲方是一家直播公司，乙方特聘请甲方负责店铺直播。", CLIENT_SECOND),
        ("乙方接受甲方委托，负责网店的日常维护。", CLIENT_FIRST),
        ("甲方受乙方委托管理微信公众号。", CLIENT_SECOND),
        ("甲方将小红书账号的全部运营事务外包给乙方。", CLIENT_FIRST),
        ("乙方为甲方提供直播间托管服务。", CLIENT_FIRST),
        ("甲方按月为乙方提供短视频拍摄、剪辑、投放等服务，乙方配合。", CLIENT_SECOND),
        ("甲方应于每月5日前向乙方支付服务费。", CLIENT_FIRST),
        ("乙方须在三日内将运营服务费支付给甲方。", CLIENT_SECOND),
        ("乙方逾期付款的，甲方可暂停服务。", CLIENT_SECOND),
        ("甲方有权向乙方收取平台使用费。", CLIENT_SECOND),
        ("乙方作为甲方的代运营服务商，应当勤勉尽责。甲方予以配合。", CLIENT_FIRST),
        ("甲方运营“星河”平台。乙方自愿入驻，使用甲方平台的展示服务。", CLIENT_SECOND),
        ("甲方（平台方）：\n乙方（主播）：\n甲方为乙方提供培训与流量扶持服务。", CLIENT_SECOND),
        ("甲方（委托方）：\n乙方（受托方）：\n", CLIENT_FIRST),
        ("甲方（服务商）：\n乙方（品牌方）：\n", CLIENT_SECOND),
        ("甲方：（品牌方）\n乙方：（服务商）\n", CLIENT_FIRST),
        ("乙方为提供主机租用服务的提供商，甲方作为该项目的用户。", CLIENT_FIRST),
        ("甲方：\n乙方：\n甲方邀请乙方为其饮料代言。", CLIENT_FIRST),
        (
            "本協議由 Sea Cafe Ltd（「客戶」）與 Peak Ltd（「代理公司」）訂立。代理公司為客戶管理專頁。",
            {"客戶": "client", "代理公司": "provider"},
        ),
        (
            "本公司為客戶開發網站。客戶應依約付款。本公司收款後開始製作，客戶逾期付款者，本公司得暫停服務。",
            {"客戶": "client", "本公司": "provider"},
        ),
        ("委托方（甲方）：青禾乳业有限公司\n受托方（乙方）：星帆传媒有限公司\n", CLIENT_FIRST),
        ("甲方（委任人）：\n乙方（受任人）：\n", CLIENT_FIRST),
        ("甲方提供抖音号，交给乙方代理运营。", CLIENT_FIRST),
        ("乙方无故停止运营甲方的抖音账号超过七天的，应当说明。", CLIENT_FIRST),
        ("视频号由乙方提供，甲方只管做内容。", CLIENT_SECOND),
        ("不合作之后，乙方把手机和账号还给甲方。", CLIENT_FIRST),
        # The duties below a heading are those of the party it names.
        (
            "一、甲方的义务\n配合拍摄。\n二、乙方的权利和义务\n指定专人联络。\n按约定为甲方提供短视频服务。",
            CLIENT_FIRST,
        ),
        ("一、甲方的义务\n配合。\n按照约定及时支付费用。\n二、乙方的义务\n按时拍摄。", CLIENT_FIRST),
        # The role may stand where the name does, or behind it.
        ("甲方：星帆传媒有限公司（经纪公司）\n乙方：（主播）\n", CLIENT_SECOND),
        ("甲方：品牌主\n乙方：经纪公司\n", CLIENT_FIRST),
        ("甲方：填写客户名称\n乙方：\n", UNKNOWN),
        ("出租方：（甲方）\n承租方：（乙方）\n", CLIENT_SECOND),
        ("需方（甲方）：青禾乳业有限公司\n供方（乙方）：星帆传媒有限公司\n", CLIENT_FIRST),
        ("甲 方：\n乙 方：\n甲　方委托乙　方代为经营天猫店铺。", CLIENT_FIRST),
        ("甲方：\n乙方：\n乙方保證依約為甲方提供社群經營服務，甲方應給付乙方服務費。", CLIENT_FIRST),
        ("甲方：\n乙方：\n甲方接受乙方委託代管粉絲專頁，乙方每月支付甲方報酬。", CLIENT_SECOND),
        # A penalty, a refund or shared income says nothing about who is served.
        ("甲方：\n乙方：\n乙方违约的，应向甲方支付违约金。", UNKNOWN),
        ("甲方：\n乙方：\n甲方按月将乙方的分成收入支付至乙方。", UNKNOWN),
        # Nothing but labels: 甲方 is not assumed to be the client.
        ("甲方：\n乙方：\n甲、乙双方经友好协商，达成如下协议。", UNKNOWN),
        # Each engages the other.
        ("甲方：\n乙方：\n甲方委托乙方推广产品，乙方委托甲方推广产品。", UNKNOWN),
    ],
)
def test_letters_get_their_role_from_evidence(text: str, expected: dict[str, str]) -> None:
    assert roles(text, "zh") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("委托方：青禾乳业有限公司\n受托方：星帆传媒有限公司\n", {"委托方": "client", "受托方": "provider"}),
        (
            "青禾乳业有限公司（以下简称“品牌方”）与星帆传媒有限公司（以下简称“服务商”）签订本合同。品牌方提供素材。",
            {"品牌方": "client", "服务商": "provider"},
        ),
        (
            "委託方：青禾乳業股份有限公司\n受託方：星帆傳媒有限公司\n",
            {"委託方": "client", "受託方": "provider"},
        ),
        (
            "本协议是您与星帆科技之间的约定。您使用星帆科技的服务即视为您同意本协议。星帆科技有权更新本协议，您可以随时停止使用。",
            {"您": "client", "星帆科技": "provider"},
        ),
        (
            "用户应当妥善保管密码。用户不得转让账号。我们为用户提供图文排版服务。我们有权调整价格，我们会提前告知用户。",
            {"用户": "client", "我们": "provider"},
        ),
        (
            "本协议由您与我们订立。您应遵守规则。我们可以提前通知您。您的收益，我们将在扣除费用后支付给您。我们扣除费用后，将余款支付给您。您可以随时提现。",
            {"您": "client", "我们": "provider"},
        ),
        (
            "甲方（品牌方）：\n乙方（代运营方）：\n丙方（担保方）：\n甲方委托乙方运营账号，丙方对乙方的义务承担担保责任。",
            {"甲方": "client", "乙方": "provider", "丙方": "third"},
        ),
    ],
)
def test_other_labels(text: str, expected: dict[str, str]) -> None:
    assert roles(text, "zh") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                'This Agreement is made between Blue Heron Foods, Inc., a Delaware corporation (the "Company"), and'
                ' Northgate Media LLC ("Agency"). Company engages Agency to manage its social media accounts.'
            ),
            {"Company": "client", "Agency": "provider"},
        ),
        (
            (
                'This Agreement is entered into by and between Northgate Media LLC ("Northgate" or the "Company")'
                ' and Blue Heron Foods, Inc. ("Client").\nWHEREAS Client needs a shop.\n'
                "Company shall provide the Services to Client."
            ),
            {"Company": "provider", "Client": "client"},
        ),
        (
            (
                'THIS AGREEMENT is between Kestrel Ltd. ("Kestrel") and Otter Works GmbH ("Otter").\nRECITALS\n'
                "Kestrel shall pay Otter a monthly fee. Otter will perform the services for Kestrel."
            ),
            {"Kestrel": "client", "Otter": "provider"},
        ),
        (
            (
                'This contract is made between Kestrel Ltd., hereinafter referred to as the "Customer", and Otter'
                ' Works GmbH, hereinafter called "Supplier".\n1. Supply\n'
            ),
            {"Customer": "client", "Supplier": "provider"},
        ),
        (
            "Client: Kestrel Ltd.\nConsultant: Jane Roe\n\nThe Consultant shall report to the Client weekly.\n",
            {"Client": "client", "Consultant": "provider"},
        ),
        (
            "Party A: Kestrel Ltd.\nParty B: Otter Works GmbH\nParty B engages Party A to run the store.",
            {"Party A": "provider", "Party B": "client"},
        ),
        (
            'This Agreement is between Kestrel Ltd. ("Kestrel") and Otter GmbH ("Otter"). The parties keep it secret.',
            {"Kestrel": "unknown", "Otter": "unknown"},
        ),
        (
            'between Kestrel Ltd. ("Kestrel") and Otter GmbH ("Otter").\nKestrel shall pay Otter liquidated damages.',
            {"Kestrel": "unknown", "Otter": "unknown"},
        ),
    ],
)
def test_english_roles(text: str, expected: dict[str, str]) -> None:
    assert roles(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "label", "name"),
    [
        ("甲方：青禾乳业有限公司\n乙方：星帆传媒有限公司\n", "乙方", "星帆传媒有限公司"),
        ("甲方（委托方）：__青禾乳业有限公司__\n乙方（受托方）：____\n", "甲方", "青禾乳业有限公司"),
        ("甲方（委托方）：__青禾乳业有限公司__\n乙方（受托方）：____\n", "乙方", None),
        ("甲方：青禾（杭州）乳业有限公司　地址：文一路1号\n乙方：\n", "甲方", "青禾（杭州）乳业有限公司"),
        ("甲方：\n公司名称：青禾乳业有限公司\n乙方：\n公司名称：\n", "甲方", "青禾乳业有限公司"),
        ("甲方：\n地址：文一路1号\n乙方：\n电话：\n", "甲方", None),
        ("甲方：【填写公司全称】\n乙方：{{ supplier }}\n", "甲方", None),
        ("甲方：【填写公司全称】\n乙方：{{ supplier }}\n", "乙方", None),
        ("甲方：李小溪\n乙方：星帆传媒有限公司\n", "甲方", "李小溪"),
        ("甲方：应按时提供素材\n乙方：应按时发布\n", "甲方", None),
        (
            "青禾乳业有限公司（以下简称“甲方”）与星帆传媒有限公司（以下简称“乙方”）订立本合同",
            "甲方",
            "青禾乳业有限公司",
        ),
        (
            "青禾乳业有限公司（以下简称“甲方”）与星帆传媒有限公司（以下简称“乙方”）订立本合同",
            "乙方",
            "星帆传媒有限公司",
        ),
        ("甲方：青禾乳業股份有限公司\n乙方：\n", "甲方", "青禾乳業股份有限公司"),
    ],
)
def test_names(text: str, label: str, name: str | None) -> None:
    assert resolve(text, language="zh")[label].name == name


@pytest.mark.parametrize(
    ("text", "label", "name"),
    [
        (
            'between Blue Heron Foods, Inc., a Delaware corporation (the "Company"), and Otter LLC ("Agency").',
            "Company",
            "Blue Heron Foods, Inc.",
        ),
        (
            'between Blue Heron Foods, Inc., a Delaware corporation (the "Company"), and Otter LLC ("Agency").',
            "Agency",
            "Otter LLC",
        ),
        (
            'by and between 4Winds Ltd. with offices at 3 Elm Street ("Client") and Otter LLC ("Agency").',
            "Client",
            "4Winds Ltd.",
        ),
        ("Client: Kestrel Ltd.\nAgency: Otter LLC\nThe Client pays the Agency.", "Agency", "Otter LLC"),
    ],
)
def test_english_names(text: str, label: str, name: str) -> None:
    found = resolve(text, language="en")[label].name
    assert found is not None
    assert found.rstrip(".") == name.rstrip(".")


@pytest.mark.parametrize(
    ("text", "label", "alias"),
    [
        ("甲方（委托方）：\n乙方（受托方）：\n委托方应提供素材，受托方应按时发布。", "甲方", "委托方"),
        ("甲方：青禾乳业有限公司（以下简称“青禾”）\n乙方：\n青禾拥有全部账号。", "甲方", "青禾"),
        ('between Kestrel Ltd. ("Kestrel" or the "Client") and Otter LLC ("Agency").', "Client", "Kestrel"),
    ],
)
def test_aliases(text: str, label: str, alias: str) -> None:
    assert alias in resolve(text)[label].aliases


def test_a_common_noun_beside_a_label_is_no_alias() -> None:
    assert (
        resolve("甲方（平台）：\n乙方（商家）：\n平台规则对全体商家适用，平台可以修改。", language="zh")["甲方"].aliases
        == ()
    )


def test_basis_holds_the_words_of_the_evidence() -> None:
    party = resolve("甲方（委托方）：\n乙方：\n甲方应向乙方支付服务费。", language="zh")["甲方"]
    assert "付费（甲方→乙方）" in party.basis
    assert "“委托方”" in party.basis


def test_basis_says_why_the_role_is_unclear() -> None:
    assert resolve("甲方：\n乙方：\n双方签订本合同。", language="zh")["甲方"].basis.startswith("角色不明")


@pytest.mark.parametrize("client", ["乙方", "乙 方", "星帆传媒有限公司", "星帆", "受托方"])
def test_the_client_can_be_given(client: str) -> None:
    text = "甲方（委托方）：青禾乳业有限公司\n乙方（受托方）：星帆传媒有限公司（以下简称“星帆”）\n"
    text += "甲方委托乙方运营账号，星帆同意。"
    parties = resolve(text, client=client)
    assert {label: party.role for label, party in parties.items()} == CLIENT_SECOND
    assert parties["乙方"].basis == f"用户指定：{client}为客户"


def test_an_unknown_client_is_a_usage_error_with_the_known_labels() -> None:
    with pytest.raises(UsageError, match="甲方、乙方"):
        resolve("甲方：\n乙方：\n甲方委托乙方。", client="丙方")


def test_a_given_client_of_three_leaves_the_one_that_serves_as_provider() -> None:
    text = "甲方：\n乙方：\n丙方：\n丙方：见证本合同。甲方委托乙方运营账号，甲方向乙方支付服务费。"
    assert {k: p.role for k, p in resolve(text, client="甲方").items()} == {
        "甲方": "client",
        "乙方": "provider",
        "丙方": "third",
    }


@pytest.mark.parametrize(
    "text",
    ["", " ", "本公司今日放假。", "The quick brown fox.", "甲方", "（（（：：：", "乙方：乙方：乙方："],
)
def test_texts_without_two_parties_have_none(text: str) -> None:
    assert resolve_parties(document(text), ()) == ()


def test_muted_text_and_annexes_are_not_weighed() -> None:
    head, tail = "甲方：\n乙方：\n甲方委托乙方运营账号。\n", "附件\n乙方委托甲方，乙方委托甲方。"
    text = head + tail
    annex = Clause(index=0, start=len(head), end=len(text), kind="annex")
    assert [p.role for p in resolve_parties(document(text), (annex,))] == ["client", "provider"]
    muted = document(text).model_copy(update={"muted": (Muted(start=len(head), end=len(text), reason="unticked"),)})
    assert [p.role for p in resolve_parties(muted, ())] == ["client", "provider"]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (
            "甲方：青禾乳业有限公司\n乙方：星帆传媒有限公司\n甲方委托乙方。\n乙方：青禾乳业有限公司（盖章）",
            ["甲方：青禾乳业有限公司", "乙方：青禾乳业有限公司（盖章）"],
        ),
        (
            "甲方：青禾乳业有限公司\n乙方：星帆传媒有限公司\n账号由星帆传媒有限公司（甲方）管理。",
            ["乙方：星帆传媒有限公司", "账号由星帆传媒有限公司（甲方）管理。"],
        ),
        (
            "甲方：青禾乳业有限公司\n乙方：星帆传媒有限公司\n甲方：青禾乳业有限公司（盖章）\n乙方：星帆传媒有限公司（盖章）",
            [],
        ),
        ("甲方：青禾乳业有限公司\n乙方：星帆传媒有限公司\n甲方：　　乙方：青禾乳业有限公司", []),
        ("出租方（甲方）：\n承租方（乙方）：\n承租方付租。出租方收租。\n出租方（甲方）：　　承租方（乙方）：", []),
        ("甲方：青禾乳业有限公司\n乙方：星帆传媒有限公司\n甲方、星帆传媒有限公司均同意。", []),
    ],
)
def test_swapped_labels_are_reported(text: str, quotes: list[str]) -> None:
    found = document(text)
    conflicts = label_conflicts(found, resolve_parties(found, ()))
    assert [evidence.quote for conflict in conflicts for evidence in conflict.evidence] == quotes


def test_english_swapped_labels_are_reported() -> None:
    found = document(
        'between Kestrel Ltd. ("Client") and Otter LLC ("Agency").\nClient engages Agency.\nAgency: Kestrel Ltd.\n',
        "en",
    )
    conflicts = label_conflicts(found, resolve_parties(found, ()))
    assert [conflict.evidence[-1].quote for conflict in conflicts] == ["Agency: Kestrel Ltd."]


def test_a_side_that_is_named_and_spoken_to_is_called_by_its_name() -> None:
    text = (
        'This agreement is between Harbour Coffee Limited ("Harbour", "you") and Lumen Social Limited ("we", "us").\n'
        "1. You shall pay us the monthly fee of £2,400.\n2. We will run your pages and provide the services to you.\n"
    )
    found = resolve_parties(Document(name="t", format="txt", text=text, language="en"), ())
    assert [(party.label, party.role) for party in found] == [
        ("Harbour", "client"),
        ("Lumen Social", "provider"),
    ]


def test_a_heading_after_an_empty_label_is_no_name() -> None:
    parties = resolve("甲方（委托方）：\n乙方（受托方）：\n第一条 服务内容\n")
    assert [party.name for party in parties.values()] == [None, None]


def test_prose_below_an_empty_label_is_no_name() -> None:
    parties = resolve("甲方（委托方）：\n乙方（受托方）：\n为了更好经营网上店铺，双方约定如下。\n")
    assert [party.name for party in parties.values()] == [None, None]


def test_the_letter_may_stand_behind_the_name() -> None:
    text = (
        "委托方：山河农业科技有限公司（甲方）\n服务方：字里行间广告有限公司（乙方）\n"
        "一、甲方委托乙方运营公众号，甲方每月向乙方支付服务费。\n"
    )
    found = resolve_parties(Document(name="t", format="txt", text=text, language="zh"), ())
    assert [(party.label, party.name, party.role) for party in found] == [
        ("甲方", "山河农业科技有限公司", "client"),
        ("乙方", "字里行间广告有限公司", "provider"),
    ]
