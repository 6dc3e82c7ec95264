"""Where the parties stand in the text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractscan.model import Document, Mention, Party
from contractscan.parties import find_mentions, resolve_parties

CHINESE = (
    Party(role="client", label="甲方", name="青禾乳业有限公司", aliases=("委托方", "青禾")),
    Party(role="provider", label="乙方", name="星帆传媒有限公司"),
)
PLATFORM = (
    Party(role="client", label="您", aliases=("用户",)),
    Party(role="provider", label="平台", aliases=("公司",)),
)
ENGLISH = (
    Party(role="client", label="Client", name="Blue Heron Foods, Inc.", aliases=("Blue Heron",)),
    Party(role="provider", label="Company"),
)
TERMS = (Party(role="client", label="You"), Party(role="provider", label="We"))


def mentions(text: str, parties: tuple[Party, ...]) -> list[Mention]:
    return find_mentions(Document(name="t", format="txt", text=text), parties)


def seen(text: str, parties: tuple[Party, ...]) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.role) for m in mentions(text, parties)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲方可解除", [("甲方", "client")]),
        ("甲 方可解除", [("甲 方", "client")]),
        ("甲　　方：", [("甲　　方", "client")]),
        ("乙\n方应当", [("乙\n方", "provider")]),
        ("甲方（委托方）应当", [("甲方", "client"), ("委托方", "client")]),
        ("委託方應當", [("委託方", "client")]),
        ("由青禾乳业有限公司承担", [("青禾乳业有限公司", "client")]),
        ("由青禾承担", [("青禾", "client")]),
        ("甲方向乙方支付", [("甲方", "client"), ("乙方", "provider")]),
        ("通知甲方，乙方应当", [("甲方", "client"), ("乙方", "provider")]),
        ("甲方：　乙方：", [("甲方", "client"), ("乙方", "provider")]),
        ("甲方法定代表人", [("甲方", "client")]),
        ("甲方面临的风险", [("甲方", "client")]),
        ("乙方便可解除", [("乙方", "provider")]),
        ("甲乙双方同意", [("甲乙双方", "both")]),
        ("甲、乙双方同意", [("甲、乙双方", "both")]),
        ("甲 、 乙 双 方同意", [("甲 、 乙 双 方", "both")]),
        ("甲、乙方签章", [("甲、乙方", "both")]),
        ("甲乙任何一方违约", [("甲乙任何一方", "both")]),
        ("甲方、乙方双方", [("甲方、乙方双方", "both")]),
        ("经甲方和乙方同意", [("甲方和乙方", "both")]),
        ("甲乙丙三方", [("甲乙丙三方", "both")]),
        ("甲方及甲方客户", [("甲方", "client"), ("甲方", "client")]),
        ("第三人民医院的第三者责任险", []),
        ("双方协商", [("双方", "both")]),
        ("任何一方均可", [("任何一方", "both")]),
        ("任一方均可", [("任一方", "both")]),
        ("双方中任何一方均可", [("双方中任何一方", "both")]),
        ("各方均可", [("各方", "both")]),
        ("一方违约，另一方可解除", [("一方", "both"), ("另一方", "other")]),
        ("违约方应赔偿守约方", [("违约方", "both"), ("守约方", "both")]),
        ("非违约方有权", [("非违约方", "both")]),
        ("守约一方有权", [("守约一方", "both")]),
        ("通知对方", [("对方", "other")]),
        ("通知對方", [("對方", "other")]),
        ("经他方同意", [("他方", "other")]),
        ("相对方", [("相对方", "other")]),
        ("不得向第三方披露", [("第三方", "third")]),
        ("任何第三人", [("第三人", "third")]),
        ("甲方式样", []),
        ("结算方式", []),
        ("采用其他方式", []),
        ("委托方式", []),
        ("一方面，另一方面", []),
        ("甲方案与乙方案", []),
        ("对方案进行修改", []),
        ("任一方案", []),
        ("双方法", []),
        ("各方面", []),
        ("官方、地方、警方", []),
        ("被委托方", []),
        ("针对方向", []),
        ("单方解除", []),
    ],
)
def test_chinese(text: str, expected: list[tuple[str, str]]) -> None:
    assert seen(text, CHINESE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("您应当", [("您", "client")]),
        ("由平台承担", [("平台", "provider")]),
        ("账号属用户", [("用户", "client")]),
        ("处理用户资料", []),
        ("抖音平台的规则", []),
        ("一站式服务的平台", []),
        ("平台规则", []),
        ("某某有限公司", []),
        ("公司有权", [("公司", "provider")]),
        ("用户名与用户协议", []),
        ("用户应当", [("用户", "client")]),
    ],
)
def test_common_nouns_as_labels(text: str, expected: list[tuple[str, str]]) -> None:
    assert seen(text, PLATFORM) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Either of us may end it", [("Either of us", "both")]),
        ("neither of us is liable", [("neither of us", "both")]),
        ("paid by you to us", [("you", "client"), ("us", "provider")]),
    ],
)
def test_we_are_one_of_the_parties(text: str, expected: list[tuple[str, str]]) -> None:
    assert seen(text, TERMS) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Client may terminate", [("Client", "client")]),
        ("by the Client at will", [("the Client", "client")]),
        ("THE COMPANY SHALL", [("THE COMPANY", "provider")]),
        ("the Client's data", [("the Client", "client")]),
        ("the Client’s data", [("the Client", "client")]),
        ("Blue Heron Foods, Inc. agrees", [("Blue Heron Foods, Inc.", "client")]),
        ("Blue  Heron\nFoods, Inc. agrees", [("Blue  Heron\nFoods, Inc.", "client")]),
        ("Blue Heron agrees", [("Blue Heron", "client")]),
        ("If Company fails", [("Company", "provider")]),
        ("any company in the trade", []),
        ("a Holding Company", []),
        ("Clients and Companywide", []),
        ("either party may", [("either party", "both")]),
        ("Either Party's notice", [("Either Party", "both")]),
        ("both parties agree", [("both parties", "both")]),
        ("each of the parties", [("each of the parties", "both")]),
        ("neither party shall", [("neither party", "both")]),
        ("if a party breaches", [("a party", "both")]),
        ("if the other commits a breach", [("the other", "other")]),
        ("by giving the other not less than 60 days' notice", [("the other", "other")]),
        ("send the other copy to the bank", []),
        ("one copy to the bank and the other to the archive", []),
        ("one party may", [("one party", "both")]),
        ("the parties hereto", [("the parties hereto", "both")]),
        ("the\nparties agree", [("the\nparties", "both")]),
        ("the non-breaching party may", [("the non-breaching party", "both")]),
        ("the defaulting Party", [("the defaulting Party", "both")]),
        ("notice to the other party", [("the other party", "other")]),
        ("any third party", [("any third party", "third")]),
        ("third-party claims", [("third-party", "third")]),
        ("a person who is not a party to this Agreement", []),
        ("a birthday party", []),
        ("counterparty", []),
    ],
)
def test_english(text: str, expected: list[tuple[str, str]]) -> None:
    assert seen(text, ENGLISH) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("you may cancel; your data", [("you", "client"), ("your", "client")]),
        ("we may ask us", [("we", "provider"), ("us", "provider")]),
        ("a US company", []),
        ("youth and west", []),
    ],
)
def test_terms(text: str, expected: list[tuple[str, str]]) -> None:
    assert seen(text, TERMS) == expected


def test_a_bilingual_contract_uses_both_letters() -> None:
    parties = (Party(role="provider", label="甲方"), Party(role="client", label="乙方"))
    assert seen("Party A (甲方) pays Party B", parties) == [
        ("Party A", "provider"),
        ("甲方", "provider"),
        ("Party B", "client"),
    ]


def test_unknown_roles_stay_unknown() -> None:
    parties = (Party(role="unknown", label="甲方"), Party(role="unknown", label="乙方"))
    assert seen("甲方与双方", parties) == [("甲方", "unknown"), ("双方", "both")]


def test_without_parties_the_general_words_are_found() -> None:
    assert seen("任何一方可通知对方", ()) == [("任何一方", "both"), ("对方", "other")]


def test_resolved_parties_are_found_in_their_text() -> None:
    text = "甲方（服务商）：\n乙方（品牌方）：\n服务商为品牌方提供服务，任何一方违约的，守约方可解除。"
    document = Document(name="t", format="txt", text=text, language="zh")
    found = find_mentions(document, resolve_parties(document, ()))
    assert [(text[m.start : m.end], m.role) for m in found][-4:] == [
        ("服务商", "provider"),
        ("品牌方", "client"),
        ("任何一方", "both"),
        ("守约方", "both"),
    ]


WORDS = st.sampled_from(
    [
        *[
            "甲方",
            "乙方",
            "甲",
            "乙",
            "方",
            "双方",
            "、",
            "一方",
            "另一方",
            "委托",
            "服务",
            "（以下简称“",
            "”）",
            "：",
            "公司",
            "有限公司",
            "您",
            "用户",
            "平台",
            "支付",
        ],
        *[
            "提供",
            "为",
            "向",
            "第三",
            "面",
            "式",
            "案",
            "和",
            "与",
            '"',
            "(",
            ")",
            ",",
            ".",
            "_",
            "the",
            "Party",
            "party",
            "parties",
            "Client",
            "Agency",
            "between",
            "and",
        ],
        *["either", "other", "Inc.", "pay", "shall", "provide", "services", "to"],
        "\n",
    ]
) | st.text(max_size=3)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=60), st.sampled_from(["zh", "en", "unknown"]), st.booleans())
def test_mentions_are_ordered_apart_and_inside_the_text(words: list[str], language: str, spaced: bool) -> None:
    text = (" " if spaced else "").join(words)
    document = Document(name="t", format="txt", text=text, language=language)
    found = find_mentions(document, resolve_parties(document, ()))
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(party.label for party in resolve_parties(document, ()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Each of Client and the Company may terminate", [("Client and the Company", "both")]),
        ("either Client or Company may terminate", [("Client or Company", "both")]),
        ("Neither the Company nor Client may assign", [("the Company nor Client", "both")]),
        ("between Client and Company", [("Client", "client"), ("Company", "provider")]),
        ("Both Client, and Company", [("Client", "client"), ("Company", "provider")]),
    ],
)
def test_two_sides_named_as_a_pair_are_both(text: str, expected: list[tuple[str, str]]) -> None:
    assert seen(text, ENGLISH) == expected
