"""Key dates. Every expected day is worked out by hand in a comment, with a calendar and not with the code."""

from __future__ import annotations

import datetime
import subprocess
import sys
from pathlib import Path

import pytest

import contractscan
from assess_factory import LABELS, contract, finding
from contractscan.assess.dates import find_key_dates
from contractscan.assess.exits import conditional_exits, find_exit
from contractscan.assess.facts import add_months, find_facts
from contractscan.assess.periods import add_working_days, next_working_day, shift
from contractscan.assess.plan import Plan
from contractscan.model import Document, Duration, Finding, KeyDate
from contractscan.quantities import find_quantities
from contractscan.segment import segment

SAMPLES = Path(__file__).resolve().parent.parent / "sample_contracts"
DAY = datetime.date.fromisoformat


def duration(text: str) -> Duration:
    quantity = find_quantities(text)[0]
    assert isinstance(quantity, Duration)
    return quantity


def key_dates(document: Document, findings: list[Finding], **plan: datetime.date) -> dict[str, KeyDate]:
    clauses = segment(document)
    facts = find_facts(document, clauses, findings)
    dates = find_key_dates(document, clauses, findings, facts, Plan(**plan), labels=LABELS)
    return {date.what.zh: date for date in dates}


# --------------------------------------------------------------------- exits


@pytest.mark.parametrize(
    ("sentence", "free"),
    [
        ("甲方可以提前三十日书面通知乙方解除本合同。", True),
        ("甲方可以无理由提前三十日通知乙方解除本合同，遇不可抗力的除外。", True),
        ("甲方不接受调整后价格的，可以提前三十日通知乙方解除本合同。", False),
        ("甲方如不接受調整之價格，得提前三十日通知乙方終止本合約。", False),
        ("因不可抗力不能履行的，甲方可以提前三十日通知乙方解除本合同。", False),
        ("有下列情形之一的，甲方可以提前三十日通知乙方解除本合同。", False),
    ],
)
def test_a_right_that_waits_for_an_event_is_no_free_exit(sentence: str, free: bool) -> None:
    document = contract(sentence)
    right = finding(document, "termination-for-convenience", sentence, holder="client", period="三十日")
    assert (find_exit([right]) is not None) == free
    assert bool(conditional_exits([right])) != free


def test_a_free_exit_counts_before_one_that_waits_for_an_event() -> None:
    document = contract("甲方不接受变更的，可以提前十日通知解除。\n甲方可以提前三十日通知乙方解除本合同。")
    tied, free = (
        finding(document, "termination-for-convenience", words, holder="client", period=period)
        for words, period in zip(document.text.split("\n"), ("十日", "三十日"), strict=True)
    )
    way_out = find_exit([tied, free])
    assert way_out is not None
    assert way_out.source == free


# -------------------------------------------------------------- the day chosen


@pytest.mark.parametrize(
    ("as_of", "chosen", "said"),
    [
        # 1 September + 30 days is 1 October; 20 September is 11 days sooner; 20 September − 30 days is 21 August.
        ("2026-09-01", "2026-09-20", "注意：早于通知后最早的终止日 2026-10-01，提前 11 日离开须对方同意"),
        ("2026-09-01", "2026-09-20", "通知最迟须在 2026-08-21 到达"),
        (None, "2026-09-20", "通知最迟须在 2026-08-21 到达"),
        ("2026-09-01", "2026-11-30", "通知最迟须在 2026-10-31 到达"),
    ],
)
def test_a_day_before_the_earliest_end_is_warned_of(as_of: str | None, chosen: str, said: str) -> None:
    text = "甲方可以提前三十日书面通知乙方解除本合同。"
    document = contract(text)
    right = finding(document, "termination-for-convenience", text, holder="client", period="三十日")
    plan = {"terminate_on": DAY(chosen), **({"as_of": DAY(as_of)} if as_of else {})}
    assert said in key_dates(document, [right], **plan)["所选的终止日"].basis.zh


def test_a_day_that_no_right_leads_to_is_warned_of() -> None:
    document = contract("合作期限自2026年4月1日起至2027年3月31日止。")
    term = finding(document, "contract-term-expiry", document.text)
    planned = key_dates(document, [term], terminate_on=DAY("2026-09-30"))["所选的终止日"]
    assert planned.basis.zh.startswith("注意：没有发现甲方可以在该日终止合同的权利")


# -------------------------------------------------------------------- periods


@pytest.mark.parametrize(
    ("start", "period", "country", "end"),
    [
        # September has 30 days: 1 September + 29 = 30 September, + 30 = 1 October.
        ("2026-09-01", "三十日", "CN", "2026-10-01"),
        ("2026-09-01", "90日", "CN", "2026-11-30"),  # 30 Sep is day 29, 31 Oct day 60, 30 Nov day 90
        ("2026-01-31", "1个月", "CN", "2026-02-28"),  # no 31 February: the last day of the month
        ("2028-01-31", "1个月", "CN", "2028-02-29"),  # 2028 is a leap year
        ("2026-11-30", "一个季度", "CN", "2027-02-28"),  # three months, and no 30 February
        ("2024-02-29", "1年", "CN", "2025-02-28"),
        ("2026-09-01", "一个半月", "CN", "2026-10-16"),  # a month is 1 October, half a month 15 days more
        ("2026-09-01", "2周", "CN", "2026-09-15"),
        ("2026-09-01", "24小时", "CN", "2026-09-02"),
        ("2026-09-01", "36小时", "CN", "2026-09-03"),  # part of a day counts as one
        ("2026-09-01", "30 to 60 days", "US", "2026-10-31"),  # the longer figure: 30 Sep is day 29, 31 Oct day 60
        # 1-7 October 2026 are holidays and Saturday the 10th is worked: Thu 8, Fri 9, Sat 10.
        ("2026-10-01", "3个工作日", "CN", "2026-10-10"),
        # Fri 24 December is the holiday in 2027 (Christmas is a Saturday): Thu 23, then Mon 27.
        ("2027-12-22", "2 business days", "US", "2027-12-27"),
        # 3 April 2026 is Good Friday, 4 and 6 April are kept, 5 is a Sunday, 7 April (Ching Ming's substitute) too.
        ("2026-04-02", "1个工作日", "HK", "2026-04-08"),
        # 10 October 2026, a Saturday, is the national day and moves to Friday the 9th: the next is Monday.
        ("2026-10-08", "1個工作日", "TW", "2026-10-12"),
    ],
)
def test_a_period_ends_on_the_day_counted_by_hand(start: str, period: str, country: str, end: str) -> None:
    reached = shift(DAY(start), duration(period), country)  # type: ignore[arg-type]
    assert reached is not None
    assert reached.day == DAY(end)


@pytest.mark.parametrize(
    ("end", "period", "last"),
    [
        # 31 March - 31 = 28 February, - 28 = 31 January, - 31 = 31 December: 90 days.
        ("2027-03-31", "九十日", "2026-12-31"),
        ("2026-08-31", "30日", "2026-08-01"),
        ("2027-03-31", "三个月", "2026-12-31"),
        ("2027-03-31", "1个月", "2027-02-28"),
        # back from Thursday 8 October 2026: 1-7 October are holidays, so Wed 30 September, Tue 29.
        ("2026-10-08", "2个工作日", "2026-09-29"),
    ],
)
def test_a_period_is_counted_back_from_the_end(end: str, period: str, last: str) -> None:
    reached = shift(DAY(end), duration(period), "CN", back=True)
    assert reached is not None
    assert reached.day == DAY(last)
    assert reached.basis.zh.startswith(f"{end} − ")


def test_the_arithmetic_is_shown_in_both_languages() -> None:
    reached = shift(DAY("2026-08-31"), duration("30日"), "CN", back=True)
    assert reached is not None
    assert reached.basis.zh == "2026-08-31 − 30日 = 2026-08-01"
    assert reached.basis.en == "2026-08-31 − 30 days = 2026-08-01"


def test_the_convention_of_business_days_is_stated() -> None:
    reached = shift(DAY("2026-10-01"), duration("3个工作日"), "CN")
    assert reached is not None
    assert "工作日按周一至周五、扣除中国大陆法定节假日及调休计算" in reached.basis.zh
    assert "without public holidays of mainland China, with make-up days" in reached.basis.en


@pytest.mark.parametrize("period", ["__日", "9999999年", "99999个工作日"])
def test_a_period_that_is_blank_or_beyond_the_calendar_gives_no_day(period: str) -> None:
    assert shift(DAY("2026-08-31"), duration(period), "CN") is None


def test_a_working_saturday_counts() -> None:
    assert add_working_days(DAY("2026-10-09"), 1, "CN") == DAY("2026-10-10")
    assert next_working_day(DAY("2026-10-03"), "CN") == DAY("2026-10-08")


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [("2026-12-15", 1, "2027-01-15"), ("2026-03-31", -1, "2026-02-28"), ("2026-05-01", 12, "2027-05-01")],
)
def test_months_are_added_to_the_corresponding_day(day: str, months: int, then: str) -> None:
    assert add_months(DAY(day), months) == DAY(then)


# ----------------------------------------------------------------------- term


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("合作期限自2026年4月1日起至2027年3月31日止。", "2026-04-01", "2027-03-31"),
        ("服务期：2026年4月1日-2027年3月31日。", "2026-04-01", "2027-03-31"),
        ("合約期間自民國115年4月1日起至116年3月31日止，共十二個月。", "2026-04-01", "2027-03-31"),
        ("The term runs from 1 April 2026 to 31 March 2027, both dates included.", "2026-04-01", "2027-03-31"),
        (
            "It commences on 1 April 2026 and is in force for 24 months, then until three months' notice is given.",
            "2026-04-01",
            "2028-03-31",
        ),
        ("The agreement starts on 1 April 2026 and runs from month to month.", "2026-04-01", None),
        ("The agreement shall expire at midnight on 31 March 2027.", None, "2027-03-31"),
        ("本协议有效期至2027年3月31日届满。", None, "2027-03-31"),
        # twelve months whose first day counts end the day before the corresponding day
        ("合作期限为十二个月，自2026年4月1日起算。", "2026-04-01", "2027-03-31"),
        ("合作期限为____个月，自____年__月__日起算。", None, None),
    ],
)
def test_the_term_is_read_off_the_clause(sentence: str, start: str | None, end: str | None) -> None:
    document = contract(f"代运营服务合同\n第一条 期限\n{sentence}\n")
    facts = find_facts(document, segment(document), [finding(document, "contract-term-expiry", sentence)])
    assert (facts.start.date, facts.end.date) == (start and DAY(start), end and DAY(end))


def test_a_term_from_signing_needs_the_signing_date() -> None:
    sentence = "合作期限为一年，自双方签订之日起计算。"
    blank = contract(
        f"代运营服务合同\n第一条 期限\n{sentence}\n甲方（盖章）：\n日期：____年__月__日\n乙方（盖章）：\n日期："
        "2026年4月20日\n"
    )
    dates = key_dates(blank, [finding(blank, "contract-term-expiry", sentence)])
    assert dates["合同届满日"].date is None
    assert "需要合同的起始日" in dates["合同届满日"].basis.zh

    signed = contract(f"代运营服务合同\n第一条 期限\n{sentence}\n签订日期：2026年4月20日\n")
    dates = key_dates(signed, [finding(signed, "contract-term-expiry", sentence)])
    assert (dates["合同起始日"].date, dates["合同届满日"].date) == ("2026-04-20", "2027-04-19")


def test_two_ends_are_told_and_none_is_chosen() -> None:
    one, other = "合作期限自2026年4月1日起至2027年3月31日止。", "合作期限自2026年4月1日起至2027年4月30日止。"
    document = contract(f"代运营服务合同\n第一条 期限\n{one}\n附件一\n{other}\n")
    findings = [finding(document, "contract-term-expiry", words) for words in (one, other)]
    end = key_dates(document, findings)["合同届满日"]
    assert end.date is None
    assert "2027-03-31, 2027-04-30" in end.basis.zh
    assert len(end.finding_ids) == 2


def test_an_end_before_the_beginning_is_no_end() -> None:
    sentence = "合作期限自2026年4月1日起至2025年3月31日止。"
    document = contract(f"代运营服务合同\n第一条 期限\n{sentence}\n")
    end = key_dates(document, [finding(document, "contract-term-expiry", sentence)])["合同届满日"]
    assert end.date is None
    assert "合同写的届满日 2025-03-31 早于起始日 2026-04-01" in end.basis.zh


# --------------------------------------------------------- renewal and notice

TERM = "合作期限自2026年4月1日起至2027年3月31日止。"
WINDOW = "不再续约的，应在期满前九十日书面通知对方，否则自动续约十二个月。"
EXIT = "甲方可以提前三十日书面通知乙方解除本合同。"


def agreement(*sentences: str) -> Document:
    return contract("代运营服务合同\n" + "\n".join(f"第{n}条 {text}" for n, text in enumerate(sentences, 1)) + "\n")


def test_the_last_day_of_a_non_renewal_notice_is_a_day_of_arrival() -> None:
    document = agreement(TERM, WINDOW)
    findings = [
        finding(document, "contract-term-expiry", TERM),
        finding(document, "non-renewal-window", WINDOW, effect="burden", window="九十日"),
        finding(document, "auto-renewal", WINDOW, effect="burden", renewal="十二个月"),
    ]
    dates = key_dates(document, findings, as_of=DAY("2027-01-15"))
    last = dates["不续约通知最迟到达日"]
    assert last.date == "2026-12-31"  # worked out above
    assert "当天必须已经到达对方" in last.basis.zh
    assert "早于 2027-01-15，已过" in last.basis.zh
    # 1 April 2027 + 12 months = 1 April 2028, the day before is the last
    assert dates["错过通知后的续约届满日"].date == "2028-03-31"


def test_talks_about_a_renewal_give_no_day_for_a_notice() -> None:
    talks = "合同到期前一个月双方协商续签事宜。"
    document = agreement("合作期限自2026年4月1日起至2027年3月31日止。", talks)
    dates = key_dates(document, [finding(document, "non-renewal-window", talks, effect="neutral", window="一个月")])
    assert not any("不续约通知" in what for what in dates)


def test_without_an_end_the_last_day_is_asked_for() -> None:
    document = agreement(WINDOW)
    dates = key_dates(document, [finding(document, "non-renewal-window", WINDOW, effect="burden", window="九十日")])
    assert dates["不续约通知最迟到达日"].date is None
    assert "届满日 − 90日" in dates["不续约通知最迟到达日"].basis.zh


def test_a_day_that_is_no_business_day_names_the_one_before() -> None:
    term = "合作期限自2026年4月1日起至2027年1月31日止。"
    window = "不再续约的，应在期满前三十日书面通知对方。"
    document = agreement(term, window)
    findings = [
        finding(document, "contract-term-expiry", term),
        finding(document, "non-renewal-window", window, effect="burden", window="三十日"),
    ]
    last = key_dates(document, findings, as_of=DAY("2026-09-01"))["不续约通知最迟到达日"]
    assert last.date == "2027-01-01"  # 31 January - 30 days, New Year's Day
    assert "之前最后一个工作日是 2026-12-31" in last.basis.zh


def test_the_earliest_end_follows_from_the_notice() -> None:
    document = agreement(TERM, EXIT)
    findings = [
        finding(document, "contract-term-expiry", TERM),
        finding(document, "termination-for-convenience", EXIT, holder="client", period="三十日"),
    ]
    earliest = key_dates(document, findings, as_of=DAY("2026-09-01"))["甲方发出解除通知后最早的终止日"]
    assert earliest.date == "2026-10-01"
    assert "起始日不计入（民法典第201条）" in earliest.basis.zh
    assert "每晚到达一日则顺延一日" in earliest.basis.zh


def test_without_a_day_the_earliest_end_is_asked_for() -> None:
    document = agreement(EXIT)
    dates = key_dates(
        document, [finding(document, "termination-for-convenience", EXIT, holder="client", period="三十日")]
    )
    assert dates["甲方发出解除通知后最早的终止日"].date is None
    assert "--as-of" in dates["甲方发出解除通知后最早的终止日"].basis.zh


@pytest.mark.parametrize("holder", ["provider", "unknown"])
def test_no_right_no_earliest_end(holder: str) -> None:
    document = agreement(EXIT)
    findings = [finding(document, "termination-for-convenience", EXIT, holder=holder, period="三十日")]
    assert find_exit(findings) is None
    assert key_dates(document, findings, as_of=DAY("2026-09-01")) == {}


def test_of_several_periods_the_longest_counts() -> None:
    other = "任何一方提前六十日通知对方的，可以终止合作。"
    document = agreement(EXIT, other)
    findings = [
        finding(document, "termination-for-convenience", EXIT, holder="client", period="三十日"),
        finding(document, "termination-for-convenience", other, holder="both", period="六十日"),
    ]
    way_out = find_exit(findings)
    assert way_out is not None
    assert way_out.period is not None
    assert way_out.period.days == 60


def test_a_right_after_a_first_term_gives_no_day_before_it() -> None:
    words = "最低合作期届满后，甲方可以提前三十日通知乙方解除本合同。"
    document = agreement(words)
    findings = [finding(document, "termination-for-convenience", words, holder="client", period="三十日")]
    earliest = key_dates(document, findings, as_of=DAY("2026-09-01"))["甲方发出解除通知后最早的终止日"]
    assert earliest.date is None
    assert "首期或最低期限届满后" in earliest.basis.zh


# ------------------------------------------------------------------ deadlines


def test_deadlines_run_from_the_last_day_and_roll_over_holidays() -> None:
    words = "合同终止后三日内，乙方应移交全部账号。"
    document = agreement(words)
    findings = [finding(document, "account-handover-duty", words, obligor="provider", deadline="三日")]
    dates = key_dates(document, findings, terminate_on=DAY("2026-09-30"))
    deadline = dates["账号移交期限（第8.2条）"]
    assert deadline.date == "2026-10-03"
    assert "期限可能顺延至 2026-10-08（民法典第203条）" in deadline.basis.zh  # 1-7 October are holidays


def test_a_deadline_from_another_event_is_no_date() -> None:
    words = "乙方收到通知后三日内移交全部账号。"
    document = agreement(words)
    findings = [finding(document, "account-handover-duty", words, obligor="provider", deadline="三日")]
    assert set(key_dates(document, findings, terminate_on=DAY("2026-09-30"))) == {"所选的终止日"}


def test_time_to_object_waits_for_the_day_of_receipt() -> None:
    words = "甲方应在收到结算单后三日内提出异议。"
    document = agreement(words)
    date = key_dates(document, [finding(document, "objection-period", words, period="三日")])[
        "提出异议的期限（第8.2条）"
    ]
    assert date.date is None
    assert date.basis.zh.startswith("每次收到之日 + 3日")


def test_days_of_payment_are_listed() -> None:
    document = agreement("甲方应于2026年9月20日前支付第二期服务费。", "乙方应于2026年9月25日前提交报告。")
    dates = key_dates(document, [])
    assert [date.date for date in dates.values()] == ["2026-09-20"]


# -------------------------------------------- three sample contracts, by hand


def sample_dates(name: str, as_of: str | None = None) -> dict[str, str | None]:
    report = contractscan.scan(SAMPLES / name, as_of=DAY(as_of) if as_of else None)
    return {date.what.zh: date.date for date in report.key_dates}


def test_dates_of_the_one_sided_contract() -> None:
    dates = sample_dates("douyin-agency.docx", "2026-09-01")
    assert dates["合同起始日"] == "2026-04-01"  # clause 3.1
    assert dates["合同届满日"] == "2027-03-31"  # clause 3.1
    assert dates["不续约通知最迟到达日"] == "2026-12-31"  # clause 3.3: ninety days before 31 March 2027
    assert dates["错过通知后的续约届满日"] == "2028-03-31"  # twelve months from 1 April 2027
    assert dates["合同写明的付款日"] == "2026-09-20"  # clause 4.2
    assert "甲方发出解除通知后最早的终止日" not in dates  # no right to end it


def test_dates_of_the_fair_contract() -> None:
    dates = sample_dates("fair-agency.docx", "2026-09-01")
    assert dates["合同届满日"] == "2027-04-30"  # clause 1.2
    assert dates["甲方发出解除通知后最早的终止日"] == "2026-10-01"  # clause 8.1: thirty days from 1 September
    # clause 3.4: three business days after 1 October 2026 are Thu 8, Fri 9 and the working Sat 10 October
    assert dates["账号移交期限（第3.4条）"] == "2026-10-10"
    # clause 5.4: five business days: Thu 8, Fri 9, Sat 10, Mon 12, Tue 13
    assert dates["数据返还期限（第5.4条）"] == "2026-10-13"
    assert "不续约通知最迟到达日" not in dates


def test_dates_of_the_english_contract() -> None:
    dates = sample_dates("en-agency.docx")
    assert dates["合同起始日"] == "2026-04-01"  # the Effective Date
    assert dates["合同届满日"] == "2027-03-31"  # 3.1
    assert dates["不续约通知最迟到达日"] == "2026-12-31"  # 3.2: ninety days
    assert dates["错过通知后的续约届满日"] == "2028-03-31"  # 3.2: twelve months more


def test_holidays_are_loaded_only_when_they_are_needed() -> None:
    code = (
        "import sys, contractscan; contractscan.scan(sys.argv[1]); print('holidays' in sys.modules); "
        "contractscan.scan(sys.argv[1], terminate_on=__import__('datetime').date(2026, 9, 30)); "
        "print('holidays' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(SAMPLES / "douyin-agency.docx")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == ["False", "True"]


def test_a_scan_never_depends_on_today() -> None:
    report = contractscan.scan(SAMPLES / "fair-agency.docx")
    waiting = next(date for date in report.key_dates if "最早的终止日" in date.what.zh)
    assert waiting.date is None


def test_business_days_under_english_law_leave_out_bank_holidays() -> None:
    # Boxing Day 2026 is a Saturday, made up for on the Monday; Thanksgiving is a day like any other.
    assert add_working_days(DAY("2026-12-24"), 1, "UK") == DAY("2026-12-29")
    assert add_working_days(DAY("2026-11-25"), 1, "UK") == DAY("2026-11-26")
