"""What people read in a terminal and in Markdown, and what programs read as JSON."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from contractscan.errors import UsageError
from contractscan.model import ClauseRef, Overall, Report
from contractscan.renderers import FORMATS, render
from contractscan.renderers.text import wrap
from contractscan.renderers.wording import one_line
from renderers_factory import both, make_case, twice, with_quote

ZH = make_case("zh").report
EN = make_case("en").report
UNREVIEWED = ZH.model_copy(
    update={
        "overall": Overall(
            severity=None, reviewed=False, counts={}, basis={"zh": "文本语言不支持。", "en": "Language not supported."}
        ),
        "findings": (),
        "answers": (),
    }
)
HOSTILE = "<script>alert(1)</script> | `code` [x](javascript:a) **b** \x1b[31m红\x07\u202e倒 https://example.com"
TEXTS = ("text", "md")


def test_an_unknown_format_names_those_that_exist() -> None:
    with pytest.raises(UsageError, match=r"'odt'.*text, md, json"):
        render(ZH, "odt")


def test_json_is_the_report() -> None:
    assert Report.model_validate_json(render(ZH, "json")) == ZH


def test_text_first_screen_in_chinese() -> None:
    screen = str(render(ZH, "text", width=100)).splitlines()[:24]
    assert screen[0] == "合同审阅报告"
    assert "总体风险：严重" in screen
    assert "  取甲方各项风险中的最高等级：严重。" in screen
    assert "能否解除    可以提前解除：甲方提前30日书面通知即可（第八条 › 8.2 解除，第2页）" in screen
    assert "数据与内容  [未发现] 已读文本中未发现数据返还或删除的约定" in screen
    assert "1. 先固定证据，再谈换绑。" in screen


def test_text_first_screen_in_english() -> None:
    screen = str(render(EN, "text", language="en", width=100)).splitlines()[:24]
    assert "Overall risk: Critical" in screen
    assert "Can we leave      Yes: 30 days' written notice by the client (8. › 8.2 Termination, p. 2)" in screen
    assert "1. Secure evidence first, then negotiate." in screen


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(
    "words",
    [
        "5.1 甲方每月支付服务费人民币20,000元。合同提前终止的，已付费用概不退还。",
        "要求按未履行部分退还。",
        "先取得变更主体的书面承诺，再发解除通知。",
        "2026-12-31 − 90 天 = 2026-10-02",
        "20,000.00–40,000.00 CNY",
        "未提供已付金额。",
        "未发现账号交接义务",
        "广告余额",
        "续期与期限写法不一致",
        "法务已确认",
        "2项检查未发现问题",
        "no text layer",
        "文件含未接受的修订。",
        "本报告是对合同文字的整理，供阅读和准备时参考，不构成法律意见。",
    ],
)
def test_every_part_of_the_report_is_shown(name: str, words: str) -> None:
    assert words in str(render(ZH, name, width=200))


@pytest.mark.parametrize("words", ["乙方应在终止后10日内按未履行天数退还。", "lock-in：通知期未知"])
def test_wording_and_names_of_checks_are_for_the_full_report(words: str) -> None:
    assert words in str(render(ZH, "md"))
    assert words not in str(render(ZH, "text"))


def test_the_text_says_how_many_findings_stand_without_their_words() -> None:
    text = str(render(ZH, "text", width=200))
    assert "以上是摘要，3 条提示没有附原文。" in text  # a medium one, a missing one, one in favour
    assert "--format html -o report.html" in text
    assert "以上是摘要" not in str(render(UNREVIEWED, "text"))


@pytest.mark.parametrize(("title", "dated"), [("Silence counts as consent", False), ("Automatic renewal", True)])
def test_only_a_step_about_the_renewal_names_its_day(title: str, dated: bool) -> None:
    renewal = next(finding for finding in ZH.findings if finding.rule_id == "auto-renewal")
    day = ZH.key_dates[0].model_copy(
        update={
            "what": both("不续约通知最迟到达日", "Last day for a notice of non-renewal to arrive"),
            "date": "2026-10-02",
            "finding_ids": (renewal.id,),
        }
    )
    step = renewal.model_copy(update={"title": both("标题", title), "severity": "critical", "related": (renewal.id,)})
    screen = render(ZH.model_copy(update={"findings": (step,), "key_dates": (day,)}), "text")
    assert ("1. 先发不续约通知（不续约通知最迟到达日：2026-10-02）。" in screen) is dated
    over = day.model_copy(update={"basis": both("早于 2026-11-28，已过", "before 2026-11-28: it has passed")})
    screen = render(ZH.model_copy(update={"findings": (step,), "key_dates": (over,)}), "text")
    assert ("（不续约通知最迟到达日：2026-10-02，已过）。" in screen) is dated


def test_terms_of_little_weight_are_listed_by_title() -> None:
    light = ZH.findings[2].model_copy(update={"severity": "info", "effect": "neutral"})
    text = str(render(ZH.model_copy(update={"findings": (light,), "negotiation": ()}), "text", width=200))
    assert "影响较小或仅供了解：\n- [提示] 已付费用不退  第五条 › 5.1 服务费用，第1页" in text
    assert "│ 5.1 甲方每月支付服务费" not in text


def test_missing_terms_with_one_advice_share_a_line() -> None:
    one = next(f for f in ZH.findings if f.kind == "absence")
    other = one.model_copy(update={"id": "other", "rule_id": "missing-other", "title": both("未发现过渡期", "None")})
    text = str(render(ZH.model_copy(update={"findings": (one, other)}), "text", width=200))
    assert "缺少约定：[高] 未发现账号交接义务；[高] 未发现过渡期\n  建议：要求补充交接条款。" in text


@pytest.mark.parametrize("name", TEXTS)
def test_combined_risks_come_first_then_topics_worst_first(name: str) -> None:
    text = str(render(ZH, name, width=200))
    heads = re.findall(r"^(?:### |缺少约定：)?\\?\[(?:严重|高|中|低)\\?\] (\w+)", text, re.MULTILINE)
    assert heads[:5] == ["账号受制于人", "自动续期", "已付费用不退", "账号登记在乙方名下", "未发现账号交接义务"]


def test_findings_of_one_rule_are_said_once_with_all_their_places() -> None:
    text = str(render(twice(make_case("zh")).report, "text", width=200))
    start = text.index("[高] 已付费用不退")
    assert text[start:].splitlines()[:7] == [
        "[高] 已付费用不退",
        "  第五条 › 5.1 服务费用，第1页",
        "    │ 5.1 甲方每月支付服务费人民币20,000元。合同提前终止的，已付费用概不退还。",
        "  [中] 第九条 › 9.1 数据，第2页",
        "    │ 9.1 乙方应当对甲方的客户资料保密。",
        "  提前终止时已付费用概不退还。",
        "  建议：要求按未履行部分退还。",
    ]


def test_an_answer_that_names_its_clause_is_not_given_it_twice() -> None:
    answer = ZH.answers[0].model_copy(update={"headline": both("可以解除（第八条 › 8.2 解除）", "Yes (8. › 8.2)")})
    text = str(render(ZH.model_copy(update={"answers": (answer,)}), "text"))
    assert text.count("8.2 解除", text.index("五个问题"), text.index("先做什么")) == 1


def test_a_combined_risk_leaves_the_quotes_to_the_findings_it_rests_on() -> None:
    compound = ZH.findings[5].model_copy(update={"evidence": ZH.findings[5].evidence * 5})
    assert compound.related
    text = str(render(ZH.model_copy(update={"findings": (compound,)}), "text"))
    assert text.count("6.1 运营账号以乙方名义注册") == 0


def test_a_risk_of_the_whole_text_quotes_two_places_and_counts_the_others() -> None:
    update = {"evidence": ZH.findings[5].evidence * 5, "related": ()}
    text = str(render(ZH.model_copy(update={"findings": (ZH.findings[5].model_copy(update=update),)}), "text"))
    assert text.count("6.1 运营账号以乙方名义注册") == 2
    assert "    + 3 处，见完整报告" in text.splitlines()


def test_an_answer_names_three_places_and_counts_the_others() -> None:
    findings = tuple(
        ZH.findings[2].model_copy(update={"id": f"n{n}", "clause": ClauseRef(number=f"{n}.1", path=(f"{n}.1",))})
        for n in range(1, 6)
    )
    answer = ZH.answers[2].model_copy(update={"finding_ids": tuple(f.id for f in findings)})
    text = str(render(ZH.model_copy(update={"findings": findings, "answers": (answer,)}), "text", width=200))
    assert "已付费用不退（1.1，第1页；2.1，第1页；3.1，第1页 等5处）" in text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", TEXTS)
def test_the_whole_report_reads_as_expected(name: str, language: Literal["zh", "en"], request: Any) -> None:
    shown = str(render(make_case(language).report, name, language=language, width=90))
    expected = Path(__file__).parent / "renderers" / f"report-{language}{FORMATS[name].suffix}"
    if request.config.getoption("--update-golden"):
        expected.write_text(shown, encoding="utf-8")
    assert shown == expected.read_text("utf-8")


@pytest.mark.parametrize("name", TEXTS)
def test_text_that_was_not_reviewed_gets_no_grade(name: str) -> None:
    text = str(render(UNREVIEWED, name))
    assert "总体风险：未审阅，不作评级" in text
    assert "文本语言不支持。" in text


@pytest.mark.parametrize("width", [40, 60, 80, 140])
@pytest.mark.parametrize(("report", "language"), [(ZH, "zh"), (EN, "en")])
def test_no_line_is_wider_than_asked(report: Report, language: str, width: int) -> None:
    lines = str(render(report, "text", language=language, width=width)).splitlines()  # type: ignore[arg-type]
    assert max(cell_len(line) for line in lines) <= width


def test_text_has_colour_codes_only_when_asked() -> None:
    assert "\x1b" not in str(render(ZH, "text"))
    assert "\x1b[" in str(render(ZH, "text", color=True))


def test_colour_changes_no_word() -> None:
    coloured = str(render(ZH, "text", color=True))
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render(ZH, "text")


@pytest.mark.parametrize("name", TEXTS)
def test_control_and_direction_marks_of_a_contract_are_not_shown(name: str) -> None:
    text = str(render(with_quote(ZH, HOSTILE), name))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


def test_markdown_shows_a_contract_letter_for_letter() -> None:
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(
        str(render(with_quote(ZH, "<script>alert(1)</script> [x](javascript:a) **b** | `c` ![i](http://a.b)"), "md"))
    )
    quote = "&lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:a) **b** | `c` ![i](http://a.b)"
    assert f"<blockquote>\n<p>{quote}</p>" in html
    assert "<script" not in html
    assert "<a " not in html
    assert "<img" not in html


@pytest.mark.parametrize("words", ["1. 通知", "- 无", "# 标题", "> 引文", "+ 加", "1) x", "=== x"])
def test_markdown_does_not_take_a_clause_for_structure(words: str) -> None:
    html = MarkdownIt().render(str(render(with_quote(ZH, words), "md")))
    shown = words.replace(">", "&gt;")
    assert f"<blockquote>\n<p>{shown}</p>\n</blockquote>" in html


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("甲方可以解除本合同。", 10, ["甲方可以解", "除本合同。"]),
        ("甲方可以解除本合同。", 8, ["甲方可以", "解除本合", "同。"]),
        ("乙方（受托方）收款", 6, ["乙方", "（受托", "方）收", "款"]),
        ("notice of thirty days", 9, ["notice of", "thirty", "days"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("", 4, [""]),
    ],
)
def test_wrapping_keeps_punctuation_with_its_word(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


@given(text=st.text(max_size=60).map(one_line), width=st.integers(4, 30))
@settings(deadline=None)
def test_wrapping_loses_nothing_but_spaces(text: str, width: int) -> None:
    assert "".join(wrap(text, width)).replace(" ", "") == text.replace(" ", "")


ODD = (HOSTILE, "长" * 3000, "x" * 3000, "\u202e", "👩‍👩‍👧", "\x00", "\r\n\t")


@given(words=st.text(min_size=1, max_size=80) | st.sampled_from(ODD))
@settings(deadline=None)
def test_text_formats_never_raise(words: str) -> None:
    report = with_quote(ZH, words)
    for name in ("text", "md", "json"):
        assert isinstance(render(report, name, width=40), str)


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("docx", "pdf")])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_report_without_findings_or_review_renders(name: str, language: Literal["zh", "en"]) -> None:
    empty = Report(
        tool=ZH.tool,
        document=ZH.document.model_copy(update={"pages": None, "language": "unknown", "script": "unknown"}),
        overall=Overall(severity=None, reviewed=True, counts={}, basis={"zh": "", "en": ""}),
    )
    assert render(empty, name, language=language)
    assert render(UNREVIEWED, name, language=language)


def test_every_format_has_a_suffix_of_its_own() -> None:
    assert len({entry.suffix for entry in FORMATS.values()}) == len(FORMATS)
