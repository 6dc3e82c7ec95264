"""What was captured, in the words of the reader: the contract's own in its language, the value in the other."""

from __future__ import annotations

import pytest

from contractscan.model import Bilingual, PartyCapture
from contractscan.quantities import find_quantities
from contractscan.ruleset.finding import fill
from contractscan.ruleset.words import named, said, said_base

CHINESE = {"client": "甲方", "provider": "乙方"}
ENGLISH = {"client": "Client", "provider": "Agency"}


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("提前九十日通知", "九十日", "90 days"),
        ("十五个工作日内", "十五个工作日", "15 business days"),
        ("合作期限为十二个月", "十二个月", "12 months"),
        ("on ninety (90) days of notice", "90日", "ninety (90) days"),
        ("within five business days", "5个工作日", "five business days"),
        ("支付人民币50,000元", "人民币50,000元", "CNY 50,000"),
        ("支付新台幣3萬元", "新台幣3萬元", "TWD 30,000"),
        ("a fee of US$4,500.50", "4,500.50美元", "US$4,500.50"),
        ("百分之三十", "百分之三十", "30%"),
        ("千分之五", "千分之五", "0.5%"),
        ("至2027年3月31日止", "2027年3月31日", "2027-03-31"),
        ("on March 31, 2027", "2027年3月31日", "March 31, 2027"),
    ],
)
def test_a_value_is_worded_for_either_reader(text: str, zh: str, en: str) -> None:
    (quantity,) = find_quantities(text)
    assert said(quantity) == Bilingual(zh=zh, en=en)


@pytest.mark.parametrize(
    ("role", "labels", "zh", "en"),
    [
        ("client", CHINESE, "甲方", "the client"),
        ("provider", ENGLISH, "服务商", "Agency"),
        ("both", CHINESE, "双方", "both parties"),
        ("client", {}, "客户", "the client"),
        ("provider", {"provider": "ADTALK"}, "ADTALK", "ADTALK"),
        ("third", CHINESE, "第三方", "a third party"),
        ("unknown", CHINESE, "保证人", "保证人"),
    ],
)
def test_a_party_is_called_by_its_label_where_the_reader_reads_it(
    role: str, labels: dict[str, str], zh: str, en: str
) -> None:
    assert named(role, labels, otherwise="保证人") == Bilingual(zh=zh, en=en)


@pytest.mark.parametrize(
    ("base", "zh", "en"),
    [
        ("服务费总额", "服务费总额", "the contract total"),
        ("剩余服务费", "剩余服务费", "the remaining fees"),
        ("合約總金額", "合約總金額", "the contract total"),
        ("total Fees", "合同总额", "total Fees"),
        ("the shortfall", "差额", "the shortfall"),
        ("投稿数", "投稿数", "the sum named in that clause"),
    ],
)
def test_what_a_share_is_taken_of_is_named_for_either_reader(base: str, zh: str, en: str) -> None:
    assert said_base(base) == Bilingual(zh=zh, en=en)


def test_a_message_of_a_chinese_contract_is_english_throughout() -> None:
    (period,) = find_quantities("九十日")
    captures = {"period": period, "holder": PartyCapture(text="甲方", start=0, end=2, role="client")}
    text = Bilingual(zh="{holder}须提前{period}通知。", en="{holder} must give {period} of notice.")
    assert fill(text, captures, CHINESE) == Bilingual(
        zh="甲方须提前九十日通知。", en="The client must give 90 days of notice."
    )
