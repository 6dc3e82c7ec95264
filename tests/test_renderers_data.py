"""Formats for other programs: CSV, XLSX, iCalendar, SARIF, and the Word memo."""

from __future__ import annotations

import csv
import datetime
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from contractscan.model import KeyDate, Report, Suppression
from contractscan.renderers import render
from renderers_factory import both, make_case, with_quote

CASE = make_case("zh")
ZH = CASE.report
SARIF_SCHEMA = Draft202012Validator(
    json.loads((Path(__file__).parent / "renderers" / "sarif-2.1.0.json").read_text("utf-8"))
)
DATA = ("csv", "xlsx", "ics", "sarif", "memo")


def rows(report: Report, **options: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(str(render(report, "csv", **options)).removeprefix("\ufeff"))))


def sheet(report: Report) -> Any:
    return load_workbook(io.BytesIO(bytes(render(report, "xlsx")))).active  # type: ignore[arg-type]


def sarif(report: Report, **options: Any) -> Any:
    log = json.loads(str(render(report, "sarif", **options)))
    SARIF_SCHEMA.validate(log)
    return log["runs"][0]


def test_csv_lists_every_finding_worst_first() -> None:
    table = rows(ZH)
    assert table[0][:7] == ["等级", "主题", "类别", "标题", "条款", "页码", "合同原文"]
    assert [row[0] for row in table[1:]] == ["严重", "严重", "高", "高", "中", "低", "提示"]
    assert table[3][3:7] == [
        "已付费用不退",
        "第五条 › 5.1 服务费用",
        "1",
        "5.1 甲方每月支付服务费人民币20,000元。合同提前终止的，已付费用概不退还。",
    ]


def test_csv_starts_with_a_byte_order_mark_for_spreadsheets() -> None:
    assert str(render(ZH, "csv")).encode().startswith(b"\xef\xbb\xbf")


def test_csv_says_what_is_set_aside() -> None:
    assert [row[11] for row in rows(ZH)[1:]] == ["", "", "", "", "", "法务已确认", ""]


@pytest.mark.parametrize("words", ["=1+1", "+86 10", "-5", "@SUM(A1)", " =1", "＝1", "\t=1", "\r=1", "\x00=1"])
def test_no_cell_becomes_a_formula(words: str) -> None:
    report = with_quote(ZH, words)
    quotes = [rows(report)[1][6], sheet(report).cell(2, 7).value]
    assert all(value.startswith("'") for value in quotes)
    assert sheet(report).cell(2, 7).data_type == "s"


def test_xlsx_holds_the_rows_of_the_csv() -> None:
    values = [[cell or "" for cell in row] for row in sheet(ZH).iter_rows(values_only=True)]
    assert values == rows(ZH)


def test_xlsx_takes_a_quote_longer_than_a_cell() -> None:
    assert len(sheet(with_quote(ZH, "长" * 40_000)).cell(2, 7).value) == 32_767


def test_calendar_holds_the_known_dates_only() -> None:
    (event,) = Calendar.from_ical(render(ZH, "ics")).walk("VEVENT")
    assert event["dtstart"].dt == datetime.date(2026, 10, 2)
    assert event["summary"] == "不续约通知的最晚到达日"
    assert "2026-12-31 − 90 天 = 2026-10-02\n第三条 › 3.1 服务期限，第1页" in event["description"]
    (alarm,) = event.walk("VALARM")
    assert alarm["trigger"].dt == datetime.timedelta(days=-7)


@pytest.mark.parametrize("date", ["2026-10", "明年", "", None])
def test_a_date_not_known_to_the_day_stays_out_of_the_calendar(date: str | None) -> None:
    item = KeyDate(what=both("到期", "End"), date=date, basis=both("", ""))
    calendar = Calendar.from_ical(render(ZH.model_copy(update={"key_dates": (item,)}), "ics"))
    assert calendar.walk("VEVENT") == []


def test_an_event_keeps_its_identity_in_either_language() -> None:
    uids = {Calendar.from_ical(render(ZH, "ics", language=x)).walk("VEVENT")[0]["uid"] for x in ("zh", "en")}
    assert len(uids) == 1


def test_sarif_is_valid_and_points_at_the_words() -> None:
    run = sarif(ZH, document=CASE.document)
    result = next(r for r in run["results"] if r["ruleId"] == "non-refundable-prepayment")
    region = result["locations"][0]["physicalLocation"]["region"]
    start, end = region["charOffset"], region["charOffset"] + region["charLength"]
    assert CASE.document.text[start:end] == region["snippet"]["text"]
    assert region["startLine"] == 7
    assert result["level"] == "error"
    assert result["fingerprints"] == {"contractscan/v1": "refund-1"}
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "non-refundable-prepayment"


def test_sarif_keeps_what_was_set_aside_as_suppressed() -> None:
    baseline = ZH.findings[1].model_copy(update={"suppressed": Suppression(reason="", by="baseline")})
    run = sarif(ZH.model_copy(update={"findings": (baseline, *ZH.findings[2:])}))
    set_aside = {r["ruleId"]: r for r in run["results"] if "suppressions" in r}
    assert set_aside["confidentiality"]["suppressions"][0]["justification"] == "法务已确认"
    assert set_aside["auto-renewal"]["baselineState"] == "unchanged"


def test_sarif_does_not_call_a_protection_a_failure() -> None:
    result = next(r for r in sarif(ZH)["results"] if r["ruleId"] == "termination-for-convenience")
    assert (result["kind"], result["level"]) == ("informational", "none")


def test_sarif_tells_what_was_not_analysed() -> None:
    (invocation,) = sarif(ZH)["invocations"]
    assert [n["message"]["text"] for n in invocation["toolExecutionNotifications"]] == [
        "图片 no text layer install OCR"
    ]


def test_memo_holds_the_outline_under_word_headings() -> None:
    word = docx.Document(io.BytesIO(bytes(render(ZH, "memo"))))  # type: ignore[arg-type]
    headings = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert headings[:4] == ["总体风险：严重", "五个问题", "先做什么", "关键日期"]
    text = "\n".join(p.text for p in word.paragraphs)
    assert "“5.1 甲方每月支付服务费人民币20,000元。合同提前终止的，已付费用概不退还。”" in text
    assert "建议文字：按未履行天数退还。" in text
    assert text.endswith("本报告是对合同文字的整理，供阅读和准备时参考，不构成法律意见。")
    assert word.tables[1].rows[0].cells[0].text == "能否解除"


@pytest.mark.parametrize("name", ["xlsx", "memo"])
def test_office_files_do_not_tell_when_they_were_made(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(bytes(render(ZH, name)))) as archive:  # type: ignore[arg-type]
        assert {member.date_time[0] for member in archive.infolist()} == {1980}
        assert str(datetime.date.today().year).encode() not in archive.read("docProps/core.xml")


@pytest.mark.parametrize("name", DATA)
@given(
    words=st.text(min_size=1, max_size=60)
    | st.sampled_from(["\u202e", "\x00", "👩‍👩‍👧", "长" * 3000, "\x0b\x85\ufffe"])
)
@settings(deadline=None, max_examples=25)
def test_data_formats_never_raise(name: str, words: str) -> None:
    assert render(with_quote(ZH, words), name)
