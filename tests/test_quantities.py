"""Quantities in running text: what is found, how far it reaches, and what is left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from contractscan.quantities import Date, Duration, Money, Percentage, find_quantities


def only(text: str, kind: type = object) -> object:
    """The one quantity of that kind in the text."""
    found = [quantity for quantity in find_quantities(text) if isinstance(quantity, kind)]
    assert len(found) == 1, found
    return found[0]


# text, the span's words, value, unit, days, business
DURATIONS = [
    ("甲方应提前三十日书面通知乙方", "三十日", 30, "day", 30, False),
    ("甲方应提前30日书面通知乙方", "30日", 30, "day", 30, False),
    ("甲方應提前３０日書面通知乙方", "３０日", 30, "day", 30, False),
    ("提前十五（15）天告知", "十五（15）天", 15, "day", 15, False),
    ("提前30（三十）天告知", "30（三十）天", 30, "day", 30, False),
    ("提前三十日（30日）告知", "三十日（30日）", 30, "day", 30, False),
    ("叁个工作日内退还", "叁个工作日", 3, "day", 3, True),
    ("參個工作日內退還", "參個工作日", 3, "day", 3, True),
    ("应在15个工作日内交接完毕", "15个工作日", 15, "day", 15, True),
    ("五个工作天之内", "五个工作天", 5, "day", 5, True),
    ("三個營業日內", "三個營業日", 3, "day", 3, True),
    ("10个法定工作日内", "10个法定工作日", 10, "day", 10, True),
    ("7 个自然日内", "7 个自然日", 7, "day", 7, False),
    ("60个日历日", "60个日历日", 60, "day", 60, False),
    ("提前__3___个工作日", "__3___个工作日", 3, "day", 3, True),
    ("应在  5  个工作日内答复", "5  个工作日", 5, "day", 5, True),
    ("提前【30】日通知", "【30】日", 30, "day", 30, False),
    ("提前[ 30 ]日通知", "[ 30 ]日", 30, "day", 30, False),
    ("提前（30）日通知", "（30）日", 30, "day", 30, False),
    ("一周内答复", "一周", 1, "week", 7, False),
    ("提前2周告知", "2周", 2, "week", 14, False),
    ("两个星期内", "两个星期", 2, "week", 14, False),
    ("兩週內回覆", "兩週", 2, "week", 14, False),
    ("合作期3个月", "3个月", 3, "month", 90, False),
    ("合作期三个月", "三个月", 3, "month", 90, False),
    ("合作期六個月", "六個月", 6, "month", 180, False),
    ("合作期为12个自然月", "12个自然月", 12, "month", 360, False),
    ("提前3月通知", "3月", 3, "month", 90, False),
    ("为期半年", "半年", 6, "month", 180, False),
    ("半个月内", "半个月", Decimal("0.5"), "month", 15, False),
    ("应提前半个月通知对方", "半个月", Decimal("0.5"), "month", 15, False),
    ("三十個曆日前", "三十個曆日", Decimal("30"), "day", 30, False),
    ("一个半月内", "一个半月", Decimal("1.5"), "month", 45, False),
    ("三个半月", "三个半月", Decimal("3.5"), "month", 105, False),
    ("两年半内", "两年半", 30, "month", 910, False),
    ("一年零六个月", "一年零六个月", 18, "month", 545, False),
    ("1年6个月", "1年6个月", 18, "month", 545, False),
    ("保密期为2年", "2年", 2, "year", 730, False),
    ("壹拾年内有效", "壹拾年", 10, "year", 3650, False),
    ("合同期限一年，", "一年", 1, "year", 365, False),
    ("两个会计年度", "两个会计年度", 2, "year", 730, False),
    ("两个季度的服务费", "两个季度", 2, "quarter", 180, False),
    ("应在24小时内通知", "24小时", 24, "hour", 1, False),
    ("应在48小時內通知", "48小時", 48, "hour", 2, False),
    ("七十二个小时内", "七十二个小时", 72, "hour", 3, False),
    ("24小时客服", "24小时", 24, "hour", 1, False),
    ("7×24小时响应", "7×24小时", 168, "hour", 7, False),
    ("半天内", "半天", Decimal("0.5"), "day", Decimal("0.5"), False),
    ("廿五日內", "廿五日", 25, "day", 25, False),
    ("一五日內提出", "一五日", 15, "day", 15, False),
    ("一百二十天", "一百二十天", 120, "day", 120, False),
    ("應於九十日前以書面通知", "九十日", 90, "day", 90, False),
    ("每逾期一日的", "一日", 1, "day", 1, False),
    ("thirty (30) days' prior written notice", "thirty (30) days", 30, "day", 30, False),
    ("upon ninety days notice", "ninety days", 90, "day", 90, False),
    ("a 60-day cure period", "60-day", 60, "day", 60, False),
    ("a thirty (30)-day period", "thirty (30)-day", 30, "day", 30, False),
    ("sixty (60) business days", "sixty (60) business days", 60, "day", 60, True),
    ("within 10 Working Days", "10 Working Days", 10, "day", 10, True),
    ("fifteen (15) calendar days", "fifteen (15) calendar days", 15, "day", 15, False),
    ("one hundred and twenty (120) days", "one hundred and twenty (120) days", 120, "day", 120, False),
    ("forty-five days", "forty-five days", 45, "day", 45, False),
    ("thirty\n(30) days", "thirty\n(30) days", 30, "day", 30, False),
    ("two weeks", "two weeks", 2, "week", 14, False),
    ("a term of 12 months", "12 months", 12, "month", 360, False),
    ("three (3) consecutive calendar months", "three (3) consecutive calendar months", 3, "month", 90, False),
    ("six and one-half months", "six and one-half months", Decimal("6.5"), "month", 195, False),
    ("half a year", "half a year", 6, "month", 180, False),
    ("two (2) years", "two (2) years", 2, "year", 730, False),
    ("two fiscal quarters", "two fiscal quarters", 2, "quarter", 180, False),
    ("within 24 hours", "24 hours", 24, "hour", 1, False),
    ("within a month of receipt", "a month", 1, "month", 30, False),
    ("[thirty (30)] days", "[thirty (30)] days", 30, "day", 30, False),
]


@pytest.mark.parametrize(("text", "words", "value", "unit", "days", "business"), DURATIONS)
def test_a_duration_is_read_with_its_span(
    text: str, words: str, value: Decimal, unit: str, days: Decimal, business: bool
) -> None:
    found = only(text)
    assert isinstance(found, Duration)
    assert (found.text, found.value, found.unit, found.days, found.business) == (words, value, unit, days, business)


@pytest.mark.parametrize(
    ("text", "words", "value", "upper", "unit"),
    [
        ("3-5日内", "3-5日", 3, 5, "day"),
        ("3—5个工作日", "3—5个工作日", 3, 5, "day"),
        ("三至五个工作日", "三至五个工作日", 3, 5, "day"),
        ("3日至5日内完成", "3日至5日", 3, 5, "day"),
        ("两到三周", "两到三周", 2, 3, "week"),
        ("两三天", "两三天", 2, 3, "day"),
        ("三五天", "三五天", 3, 5, "day"),
        ("1～2年", "1～2年", 1, 2, "year"),
        ("30-60 days", "30-60 days", 30, 60, "day"),
        ("thirty (30) to sixty (60) days", "thirty (30) to sixty (60) days", 30, 60, "day"),
        ("between 30 and 60 days", "30 and 60 days", 30, 60, "day"),
        ("two or three days", "two or three days", 2, 3, "day"),
    ],
)
def test_a_range_keeps_both_ends(text: str, words: str, value: int, upper: int, unit: str) -> None:
    found = only(text)
    assert isinstance(found, Duration)
    assert (found.text, found.value, found.upper, found.unit) == (words, value, upper, unit)


@pytest.mark.parametrize("text", ["提前三十（60）日通知", "thirty (60) days"])
def test_words_and_figures_that_differ_become_a_range(text: str) -> None:
    found = only(text)
    assert isinstance(found, Duration)
    assert (found.value, found.upper) == (30, 60)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("不少于三十日", "at_least"),
        ("至少提前30日", "at_least"),
        ("提前至少六十日", "at_least"),
        ("不得少于30日", "at_least"),
        ("满3年", "at_least"),
        ("三十日以上", "at_least"),
        ("30日（含）以上", "at_least"),
        ("不超过15天", "at_most"),
        ("最长12个月", "at_most"),
        ("15日以内", "at_most"),
        ("十日內", "at_most"),
        ("10日之内", "at_most"),
        ("90日以下", "at_most"),
        ("超过60日", "more_than"),
        ("超過60日", "more_than"),
        ("逾三十日", "more_than"),
        ("不足3个月", "less_than"),
        ("未满一年", "less_than"),
        ("提前30日", None),
        ("期满三十日前", None),
        ("at least thirty (30) days", "at_least"),
        ("not less than 30 days", "at_least"),
        ("no fewer than ten days", "at_least"),
        ("a minimum of 60 days", "at_least"),
        ("30 days or more", "at_least"),
        ("five (5) or more days", "at_least"),
        ("no more than 10 days", "at_most"),
        ("not to exceed 30 days", "at_most"),
        ("no later than ten days after delivery", "at_most"),
        ("no\n   later than ten days", "at_most"),
        ("within thirty days", "at_most"),
        ("up to 6 months", "at_most"),
        ("30 days or less", "at_most"),
        ("more than 60 days", "more_than"),
        ("in excess of 60 days", "more_than"),
        ("less than 5 days", "less_than"),
        ("thirty (30) days' notice", None),
    ],
)
def test_the_bound_is_told_and_stays_outside_the_span(text: str, bound: str | None) -> None:
    found = only(text)
    assert isinstance(found, Duration)
    assert found.bound == bound
    assert not any(word in found.text for word in ("少", "至", "超", "内", "上", "least", "within", "more than"))


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("自收到通知之日起30日内", "收到通知之日起"),
        ("乙方在收到书面通知之日起十个工作日内", "收到书面通知之日起"),
        ("本合同签订后3日内", "本合同签订后"),
        ("合同期满前30日", "合同期满前"),
        ("合同到期三十日前", "合同到期前"),
        ("9.2 合同期满前30天", "合同期满前"),
        ("应当于30日内，自收到对方通知之日起", "收到对方通知之日起"),
        ("提前30日通知", None),
        ("有效期为30日", None),
        ("thirty (30) days prior to expiry.", "prior to expiry"),
        ("10 days after receipt of notice, and", "after receipt of notice"),
        ("within five days of receipt of the invoice", "of receipt of the invoice"),
        ("60 days before the end of the term shall", "before the end of the term"),
        ("thirty days' written notice", None),
    ],
)
def test_the_anchor_is_the_words_it_runs_from(text: str, anchor: str | None) -> None:
    found = only(text)
    assert isinstance(found, Duration)
    assert found.anchor == anchor


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("实际销售额低于约定指标的80%", "less_than"),
        ("不低于约定指标的80%", "at_least"),
        ("累计不超过合同总额的20%", "at_most"),
        ("违约金超过实际损失的百分之三十", "more_than"),
        ("按逾期金额的千分之五支付", None),
        ("就超过部分的20%分成", None),
        ("未达到目标的，扣除服务费的10%", None),
    ],
)
def test_the_bound_of_a_share_may_stand_before_its_base(text: str, bound: str | None) -> None:
    found = only(text)
    assert isinstance(found, Percentage)
    assert found.bound == bound


# text, the span's words, unit, business
BLANK_DURATIONS = [
    ("提前____日通知", "____日", "day", False),
    ("提前＿＿＿日通知", "＿＿＿日", "day", False),
    ("提前【 】日通知", "【 】日", "day", False),
    ("提前【】个工作日", "【】个工作日", "day", True),
    ("提前[  ]个工作日", "[  ]个工作日", "day", True),
    ("提前（ ）日通知", "（ ）日", "day", False),
    ("提前   个月通知", "   个月", "month", False),
    ("提前 个月通知", " 个月", "month", False),
    ("提前个月通知", "个月", "month", False),
    ("提前个工作日书面通知", "个工作日", "day", True),
    ("应在    日内答复", "    日", "day", False),
    ("提前X个月", "X个月", "month", False),
    ("提前XX日", "XX日", "day", False),
    ("提前**日通知", "**日", "day", False),
    ("期限为____年，", "____年", "year", False),
    ("提前{{ days }}日", "{{ days }}日", "day", False),
    ("within ____ days", "____ days", "day", False),
    ("within [***] days", "[***] days", "day", False),
    ("within [ ] business days", "[ ] business days", "day", True),
    ("a period of ______ (__) months", "______ (__) months", "month", False),
]


@pytest.mark.parametrize(("text", "words", "unit", "business"), BLANK_DURATIONS)
def test_a_blank_duration_has_no_value(text: str, words: str, unit: str, business: bool) -> None:
    found = only(text)
    assert isinstance(found, Duration)
    assert (found.text, found.unit, found.business, found.value, found.days) == (words, unit, business, None, None)


NOTHING = [
    "第三条 违约责任",
    "第30日",
    "第3-5日内",
    "第三年",
    "第5个工作日",
    "第一季度",
    "详见第9.2条",
    "1.1 服务内容",
    "根据《民法典》第563条",
    "参照《三十日通知办法》",
    "2025年度报告",
    "2026年",
    "1999-2020年",
    "上半年",
    "4季度",
    "十八周岁",
    "16 周 岁",
    "3天猫店",
    "第1、2年",
    "同一年度",
    "任一日",
    "当月最后一日",
    "下一年的费用",
    "每日、当日、次日、工作日、节假日、生日",
    "每月、当月、个月",
    "每月10日前付款",
    "次月5日至10日结算",
    "每月1日、15日",
    "當月25日",
    "每季度首月 10 日",
    "3月15日",
    "3月的款项",
    "每年12月31日前",
    "26年3月1日",
    "5.年费",
    "（一）年费",
    "（2）日常维护",
    "甲方（1）日常运营",
    "2.4年度总结",
    "若干日、数日、几个月",
    "电话0755-12345678",
    "手机13800138000",
    "400-123-4567",
    "身份证号110101199001011234",
    "ISO 9001:2015",
    "GB/T 19001-2016",
    "9:00-18:00",
    "金额为5000",
    "2万粉丝",
    "20万播放量",
    "万元",
    "单位：人民币元",
    "数千元",
    "多元化、单元、元旦",
    "1元件",
    "倍数",
    "独立成品",
    "三成员",
    "三折叠",
    "出生年月日",
    "每年、每月、每日",
    "一方、双方、任何一方",
    "一致同意、统一、唯一",
    "Section 9",
    "Section 2.1 days",
    "Article 30 Days Inn",
    "the 30th day",
    "Fiscal Year 2004",
    "2000 fiscal year",
    "18 years of age",
    "ten (10) years old",
    "three times per week",
    "10,000 pounds of goods",
    "24/7",
    "as of this ____ day of May",
    "2.7 Year-End Batch",
    "one or more parties",
    "May the parties",
    "the second party",
    "per day",
    "a month",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_looks_like_a_quantity_is_left_alone(text: str) -> None:
    assert find_quantities(text) == []


# text, the span's words, amount, currency
MONEY = [
    ("人民币伍万元整（￥50,000.00）", "人民币伍万元整（￥50,000.00）", "50000", "CNY"),
    ("保证金20万元。", "20万元", "200000", "CNY"),
    ("少发一条扣300块。", "300块", "300", "CNY"),
    ("赔对方2万块，", "2万块", "20000", "CNY"),
    ("共计壹拾贰万元整。", "壹拾贰万元整", "120000", "CNY"),
    ("费用5000元，", "5000元", "5000", "CNY"),
    ("费用５０００元，", "５０００元", "5000", "CNY"),
    ("费用为2,500.50元", "2,500.50元", "2500.5", "CNY"),
    ("￥50，000.00元", "￥50，000.00元", "50000", "CNY"),
    ("¥1000", "¥1000", "1000", "CNY"),
    ("RMB 5,000", "RMB 5,000", "5000", "CNY"),
    ("CNY5000", "CNY5000", "5000", "CNY"),
    ("人民幣伍萬圓整", "人民幣伍萬圓整", "50000", "CNY"),
    ("人民币10万元", "人民币10万元", "100000", "CNY"),
    ("2000元人民币", "2000元人民币", "2000", "CNY"),
    ("3.5亿元", "3.5亿元", "350000000", "CNY"),
    ("12万3千元", "12万3千元", "123000", "CNY"),
    ("三千五百元五角", "三千五百元五角", "3500.5", "CNY"),
    ("一万二千三百四十五元六角七分", "一万二千三百四十五元六角七分", "12345.67", "CNY"),
    ("押金__15000___元", "__15000___元", "15000", "CNY"),
    ("违约金20万。", "20万", "200000", "CNY"),
    ("违约金20万以上", "20万", "200000", "CNY"),
    ("新台币3000元", "新台币3000元", "3000", "TWD"),
    ("新臺幣 6,750元", "新臺幣 6,750元", "6750", "TWD"),
    ("NT$5,000元整", "NT$5,000元整", "5000", "TWD"),
    ("港幣5萬元", "港幣5萬元", "50000", "HKD"),
    ("HK$400", "HK$400", "400", "HKD"),
    ("500美元", "500美元", "500", "USD"),
    ("US$5万元", "US$5万元", "50000", "USD"),
    ("100欧元", "100欧元", "100", "EUR"),
    ("$1,000.00", "$1,000.00", "1000", "USD"),
    ("US$20", "US$20", "20", "USD"),
    ("USD 1.5 million", "USD 1.5 million", "1500000", "USD"),
    ("USD10,000", "USD10,000", "10000", "USD"),
    ("$1.5M", "$1.5M", "1500000", "USD"),
    ("$30, 000.", "$30, 000", "30000", "USD"),
    ("$ .06", "$ .06", "0.06", "USD"),
    ("U.S. $2,940,000", "U.S. $2,940,000", "2940000", "USD"),
    ("€500", "€500", "500", "EUR"),
    ("£1,200", "£1,200", "1200", "GBP"),
    ("7,000,000 USD", "7,000,000 USD", "7000000", "USD"),
    ("One Hundred Thousand Dollars ($100,000)", "One Hundred Thousand Dollars ($100,000)", "100000", "USD"),
    ("three million U.S. Dollars (US$3,000,000)", "three million U.S. Dollars (US$3,000,000)", "3000000", "USD"),
    ("Five Hundred and No/100 Dollars ($500.00)", "Five Hundred and No/100 Dollars ($500.00)", "500", "USD"),
    ("$100 (one hundred dollars)", "$100 (one hundred dollars)", "100", "USD"),
    ("ten thousand Hong Kong dollars", "ten thousand Hong Kong dollars", "10000", "HKD"),
]


@pytest.mark.parametrize(("text", "words", "amount", "currency"), MONEY)
def test_money_is_read_with_its_span(text: str, words: str, amount: str, currency: str) -> None:
    found = only(text)
    assert isinstance(found, Money)
    assert (found.text, found.amount, found.currency) == (words, Decimal(amount), currency)


@pytest.mark.parametrize(
    ("text", "amount", "consistent"),
    [
        ("人民币伍万元整（￥50,000.00）", 50000, True),
        ("人民币伍万元整（￥60,000.00）", 50000, False),
        ("20万元（大写：贰拾万元整）", 200000, True),
        ("20万元（大写：贰拾伍万元整）", 250000, False),
        ("合计人民币（大写）：_贰万伍仟_元整（小写）：¥_25000_。", 25000, True),
        ("合计人民币（大写）：贰万伍仟元整，小写：¥26000", 25000, False),
        ("5000元，计人民币伍仟圆整", 5000, True),
        ("￥5,000（大写：伍仟元整）", 5000, True),
        ("5000元（含税）", 5000, None),
        ("人民币____元（大写：伍仟元整）", 5000, None),
        ("One Hundred Dollars ($100)", 100, True),
        ("One Hundred Dollars ($1,000)", 100, False),
        ("$1,000 (one hundred dollars)", 100, False),
    ],
)
def test_an_amount_stated_twice_is_one_and_compared(text: str, amount: int, consistent: bool | None) -> None:
    found = only(text)
    assert isinstance(found, Money)
    assert (found.amount, found.consistent) == (amount, consistent)


def test_a_conversion_is_not_a_repetition() -> None:
    first, second = find_quantities("价款5000元（US$700）")
    assert isinstance(first, Money)
    assert isinstance(second, Money)
    assert (first.currency, first.consistent, second.currency) == ("CNY", None, "USD")


@pytest.mark.parametrize(
    ("text", "amount", "upper"),
    [
        ("5-10万元", 50000, 100000),
        ("5万元至10万元", 50000, 100000),
        ("5000元至8000元", 5000, 8000),
        ("5000-8000元", 5000, 8000),
        ("$5,000 to $6,000", 5000, 6000),
        ("$1-$2 million", 1000000, 2000000),
    ],
)
def test_a_range_of_money(text: str, amount: int, upper: int) -> None:
    found = only(text)
    assert isinstance(found, Money)
    assert (found.text, found.amount, found.upper) == (text, amount, upper)


@pytest.mark.parametrize(
    ("text", "words", "per"),
    [
        ("2.5万元/月", "2.5万元/月", "month"),
        ("3000元/人/月", "3000元/人/月", "month"),
        ("按3000元/天处罚", "3000元/天", "day"),
        ("500元/次", "500元", None),
        ("每月服务费5000元", "5000元", "month"),
        ("每年人民币10万元", "人民币10万元", "year"),
        ("第一年租金12200元", "12200元", None),
        ("$35 per hour", "$35", "hour"),
        ("US$300,000 annually", "US$300,000", "year"),
        ("$50/month", "$50/month", "month"),
        ("$50 per shipment", "$50", None),
    ],
)
def test_the_period_of_an_amount(text: str, words: str, per: str | None) -> None:
    found = only(text, Money)
    assert isinstance(found, Money)
    assert (found.text, found.per) == (words, per)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("¥____元", "¥____元"),
        ("共计____元整", "____元整"),
        ("人民币______万元", "人民币______万元"),
        ("人民币    元", "人民币    元"),
        ("人民币元整", "人民币元整"),
        ("人民币【 】元", "人民币【 】元"),
        ("年租金为：      元（大写：          整 ）", "      元（大写：          整 ）"),
        ("XXX元", "XXX元"),
        ("***元整", "***元整"),
        ("大写：       拾圆整", "拾圆整"),
        ("$[***]", "$[***]"),
        ("$____", "$____"),
        ("[***] dollars ($[***])", "[***] dollars ($[***])"),
    ],
)
def test_a_blank_amount_has_no_value(text: str, words: str) -> None:
    found = only(text)
    assert isinstance(found, Money)
    assert (found.text, found.amount) == (words, None)


def test_yuan_means_the_one_currency_that_the_text_names() -> None:
    amounts = [q for q in find_quantities("報酬以新臺幣計。每月3,000元。") if isinstance(q, Money)]
    assert [(q.amount, q.currency) for q in amounts] == [(3000, "TWD")]


# text, the span's words, percent, per
PERCENTAGES = [
    ("合同总额的30%", "30%", "30", None),
    ("合同总额的30％", "30％", "30", None),
    ("合同总额的 0.5 %", "0.5 %", "0.5", None),
    ("合同总额的百分之三十", "百分之三十", "30", None),
    ("按流水抽3个点。", "3个点", "3", None),
    ("合同總額百分之八十", "百分之八十", "80", None),
    ("百分之百", "百分之百", "100", None),
    ("百分之十五（15%）", "百分之十五（15%）", "15", None),
    ("15%（百分之十五）", "15%（百分之十五）", "15", None),
    ("千分之三", "千分之三", "0.3", None),
    ("萬分之五", "萬分之五", "0.05", None),
    ("万分之_5_", "万分之_5_", "0.05", None),
    ("2‰", "2‰", "0.2", None),
    ("5‱", "5‱", "0.05", None),
    ("每天2%o", "2%o", "0.2", "day"),
    ("万分之五/日", "万分之五/日", "0.05", "day"),
    ("0.5‰/天", "0.5‰/天", "0.05", "day"),
    ("每日万分之五", "万分之五", "0.05", "day"),
    ("按日万分之五", "万分之五", "0.05", "day"),
    ("日万分之五", "万分之五", "0.05", "day"),
    ("未付款的万分之五每日", "万分之五", "0.05", "day"),
    ("月利率1.5%", "1.5%", "1.5", "month"),
    ("年利率5%", "5%", "5", "year"),
    ("按年租金的千分之三", "千分之三", "0.3", None),
    ("按月考核，合格率为90%", "90%", "90", None),
    ("十倍", "十倍", "1000", None),
    ("利润的2倍", "2倍", "200", None),
    ("双倍返还", "双倍", "200", None),
    ("定金的两倍", "两倍", "200", None),
    ("三成", "三成", "30", None),
    ("七折", "七折", "70", None),
    ("八五折", "八五折", "85", None),
    ("费用的一半", "一半", "50", None),
    ("乙方应将已收服务费全额退还甲方", "全额", "100", None),
    ("費用全數返還", "全數", "100", None),
    ("退還已繳費用全額。", "全額", "100", None),
    ("四分之三", "四分之三", "75", None),
    ("三分之一", "三分之一", "33.3333", None),
    ("30%", "30%", "30", None),
    ("thirty percent (30%)", "thirty percent (30%)", "30", None),
    ("5% (five percent)", "5% (five percent)", "5", None),
    ("five per cent", "five per cent", "5", None),
    ("0.05% per day", "0.05%", "0.05", "day"),
    ("0.05%/day", "0.05%/day", "0.05", "day"),
    ("1.5% per month", "1.5%", "1.5", "month"),
    ("1-1/2% per month", "1-1/2%", "1.5", "month"),
    ("one half of one percent", "one half of one percent", "0.5", None),
    ("ninety six and one-half percent (96.5%)", "ninety six and one-half percent (96.5%)", "96.5", None),
    ("5% per annum", "5%", "5", "year"),
    ("50 basis points", "50 basis points", "0.5", None),
    ("twice the Fees", "twice", "200", None),
    ("three (3) times the annual Fees", "three (3) times", "300", None),
]


@pytest.mark.parametrize(("text", "words", "value", "per"), PERCENTAGES)
def test_a_percentage_is_read_with_its_span(text: str, words: str, value: str, per: str | None) -> None:
    found = only(text)
    assert isinstance(found, Percentage)
    assert (found.text, found.value, found.per) == (words, Decimal(value), per)


@pytest.mark.parametrize(
    ("text", "value", "upper"),
    [
        ("一到三倍", 100, 300),
        ("1-3倍", 100, 300),
        ("10%至20%", 10, 20),
        ("50%-70%", 50, 70),
        ("5-8％", 5, 8),
        ("百分之十至百分之二十", 10, 20),
        ("10% to 15%", 10, 15),
    ],
)
def test_a_range_of_percentages(text: str, value: int, upper: int) -> None:
    found = only(text)
    assert isinstance(found, Percentage)
    assert (found.text, found.value, found.upper) == (text, value, upper)


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("乙方按合同总额的30%支付违约金", "合同总额"),
        ("应按照未付款项的万分之五支付", "未付款项"),
        ("支付已发生费用20%的违约金", "已发生费用"),
        ("相当于当月服务费的百分之二十", "当月服务费"),
        ("不超过LPR的四倍", "LPR"),
        ("一年期贷款利率四倍", "一年期贷款利率"),
        ("结算额（不含税）的5%", "结算额"),
        ("支付30%的违约金", None),
        ("税率提高了6%", None),
        ("2% of the outstanding amount.", "the outstanding amount"),
        ("fifty percent (50%) of the total fees paid, and", "the total fees paid"),
        ("1% per month on the unpaid balance", "the unpaid balance"),
        ("a fee of 5%", None),
    ],
)
def test_the_base_of_a_percentage(text: str, base: str | None) -> None:
    found = only(text, Percentage)
    assert isinstance(found, Percentage)
    assert found.base == base


def test_a_period_reaches_over_the_comma_but_not_past_the_next_rate() -> None:
    text = "每逾期一日，按应付款的1%支付违约金；逾期超过三十日的，按合同总额的20%支付。"
    rates = [q for q in find_quantities(text) if isinstance(q, Percentage)]
    assert [(q.value, q.per) for q in rates] == [(1, "day"), (20, None)]


@pytest.mark.parametrize(
    ("text", "words"),
    [("合同总额的___%", "___%"), ("合同总额的[  ]%", "[  ]%"), ("百分之__", "百分之__"), ("[***]%", "[***]%")],
)
def test_a_blank_percentage_has_no_value(text: str, words: str) -> None:
    found = only(text)
    assert isinstance(found, Percentage)
    assert (found.text, found.value) == (words, None)


# text, the span's words, ISO date
DATES = [
    ("2026年3月1日", "2026年3月1日", "2026-03-01"),
    ("２０２６年３月１日", "２０２６年３月１日", "2026-03-01"),
    ("2026 年 3 月 1 日", "2026 年 3 月 1 日", "2026-03-01"),
    ("二〇二六年三月一日", "二〇二六年三月一日", "2026-03-01"),
    ("二零二六年十二月三十一日", "二零二六年十二月三十一日", "2026-12-31"),
    ("2026年元月8号", "2026年元月8号", "2026-01-08"),
    ("2026年3月", "2026年3月", "2026-03"),
    ("民國115年3月1日", "民國115年3月1日", "2026-03-01"),
    ("中華民國一一五年三月一日", "中華民國一一五年三月一日", "2026-03-01"),
    ("115年3月1日", "115年3月1日", "2026-03-01"),
    ("2012___年__2_月__4_日", "2012___年__2_月__4_日", "2012-02-04"),
    ("2026-03-01", "2026-03-01", "2026-03-01"),
    ("2026/3/1", "2026/3/1", "2026-03-01"),
    ("2026.3.1", "2026.3.1", "2026-03-01"),
    ("于上一年  月  日前支付", "年  月  日", None),
    ("2026年2月30日", "2026年2月30日", None),
    ("签订日期：    年   月   日", "年   月   日", None),
    ("____年__月__日", "____年__月__日", None),
    ("20__年__月__日", "20__年__月__日", None),
    ("2026年__月__日", "2026年__月__日", None),
    ("2016年月日", "2016年月日", None),
    ("签订日期：年月日", "年月日", None),
    ("{{year}}年{{month}}月{{day}}日", "{{year}}年{{month}}月{{day}}日", None),
    ("March 1, 2026", "March 1, 2026", "2026-03-01"),
    ("March 1st, 2026", "March 1st, 2026", "2026-03-01"),
    ("MARCH 1, 2026", "MARCH 1, 2026", "2026-03-01"),
    ("Dec. 31, 2025", "Dec. 31, 2025", "2025-12-31"),
    ("1 March 2026", "1 March 2026", "2026-03-01"),
    ("this 1st day of March, 2026", "1st day of March, 2026", "2026-03-01"),
    ("the first day of May, 2026", "first day of May, 2026", "2026-05-01"),
    ("in May 2026", "May 2026", "2026-05"),
    ("1/21/2026", "1/21/2026", "2026-01-21"),
    ("21/1/2026", "21/1/2026", "2026-01-21"),
    ("March __, 2026", "March __, 2026", None),
    ("this ____day of ______, 20__", "____day of ______, 20__", None),
    ("the ___ day of ______, 20__", "___ day of ______, 20__", None),
]


@pytest.mark.parametrize(("text", "words", "iso"), DATES)
def test_a_date_is_read_with_its_span(text: str, words: str, iso: str | None) -> None:
    found = only(text)
    assert isinstance(found, Date)
    assert (found.text, found.iso) == (words, iso)


@pytest.mark.parametrize(
    ("text", "isos"),
    [
        ("3/4/2026", [None]),
        ("01.03.2026", [None]),
        ("from 25/12/2025 to 3/4/2026", ["2025-12-25", "2026-04-03"]),
        ("from 12/25/2025 to 3/4/2026", ["2025-12-25", "2026-03-04"]),
        ("25/12/2025, 12/25/2025 and 3/4/2026", ["2025-12-25", "2025-12-25", None]),
    ],
)
def test_a_date_of_figures_is_read_in_the_order_of_the_others_and_else_not_guessed(
    text: str, isos: list[str | None]
) -> None:
    assert [q.iso for q in find_quantities(text) if isinstance(q, Date)] == isos


def test_two_dates_of_figures_may_be_joined_by_a_dash() -> None:
    dates = [q for q in find_quantities("2026.3.1-2026.5.20") if isinstance(q, Date)]
    assert [q.iso for q in dates] == ["2026-03-01", "2026-05-20"]


def test_the_day_of_delay_wins_over_the_period_of_the_base() -> None:
    rate = only("每逾期一日按年租金的千分之三支付", Percentage)
    assert isinstance(rate, Percentage)
    assert (rate.value, rate.per) == (Decimal("0.3"), "day")


def test_quantities_come_in_order_with_half_open_spans() -> None:
    text = "本协议自2026年3月1日起一年，服务费5000元/月，逾期每日按万分之五计。"
    found = find_quantities(text)
    assert [(q.kind, text[q.start : q.end]) for q in found] == [
        ("date", "2026年3月1日"),
        ("duration", "一年"),
        ("money", "5000元/月"),
        ("percentage", "万分之五"),
    ]


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("提前三十日", "zh", 1),
        ("提前三十日", "en", 0),
        ("thirty days", "en", 1),
        ("thirty days", "zh", 0),
        ("30 days", "zh", 1),
    ],
)
def test_the_language_chooses_the_numerals(text: str, language: str, count: int) -> None:
    assert len(find_quantities(text, language)) == count  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("on thirty\n                    (30) days' notice", 30),
        ("for ninety (90)\n                              calendar days", 90),
        ("within ten business\n                    days of receipt", 10),
        ("shall be ten (10)                     days", 10),
    ],
)
def test_a_length_of_time_in_hard_wrapped_lines(text: str, days: int) -> None:
    assert [q.value for q in find_quantities(text, "en") if q.kind == "duration"] == [days]
