"""Properties of find_quantities that hold for any text, hostile ones included."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractscan.quantities import Duration, Money, find_quantities
from contractscan.quantities.numerals import read_figure

PIECES = [
    *(
        "9",
        "30",
        "５",
        "1,000",
        "0.5",
        "一",
        "十五",
        "壹拾",
        "廿",
        "半",
        "双",
        "one",
        "thirty",
        "and",
        "half",
        "XX",
        "***",
        "○",
    ),
    *(
        "_",
        "____",
        "【",
        "】",
        "[",
        "]",
        "（",
        "）",
        "(",
        ")",
        "{{",
        "}}",
        " ",
        "　",
        "\n",
        "-",
        "至",
        "到",
        ".",
        ",",
        "，",
        "。",
        "/",
    ),
    *(
        "日",
        "天",
        "个工作日",
        "个月",
        "月",
        "年",
        "周",
        "小时",
        "元",
        "万",
        "万元整",
        "角",
        "%",
        "‰",
        "倍",
        "成",
        "折",
        "百分之",
        "万分之",
    ),
    *(
        "￥",
        "$",
        "US$",
        "人民币",
        "RMB",
        "大写",
        "（小写）：",
        "提前",
        "不少于",
        "每",
        "每月",
        "第",
        "《",
        "》",
        "之日起",
        "后",
        "前",
        "内",
    ),
    *(" days", " business", " months", "percent", " dollars", "million", "March", "2026", "day of", "within ", "民國"),
]
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=80)


@settings(max_examples=300, deadline=None)
@given(texts)
def test_spans_are_ordered_disjoint_and_hold_their_words(text: str) -> None:
    found = find_quantities(text)
    assert all(text[q.start : q.end] == q.text and q.start < q.end for q in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@settings(max_examples=150, deadline=None)
@given(texts, texts)
def test_a_paragraph_does_not_change_the_one_before_it(first: str, second: str) -> None:
    alone = [(q.start, q.end, q.kind) for q in find_quantities(first + "。\n\n")]
    together = find_quantities(first + "。\n\n" + second)
    assert [(q.start, q.end, q.kind) for q in together if q.end <= len(first)] == alone


@given(st.integers(min_value=1, max_value=999))
def test_every_number_of_days_is_read_in_figures_and_in_words(number: int) -> None:
    for text in (f"提前{number}日", f"提前{_chinese(number)}日", f"upon {number} days notice"):
        (found,) = find_quantities(text)
        assert isinstance(found, Duration)
        assert found.days == number


@given(st.integers(min_value=1, max_value=99_999_999))
def test_every_amount_is_read_from_formal_numerals(number: int) -> None:
    (found,) = find_quantities(f"人民币{_formal(number)}元整（￥{number:,}.00）")
    assert isinstance(found, Money)
    assert (found.amount, found.consistent) == (Decimal(number), True)


@pytest.mark.parametrize("piece", PIECES)
def test_long_runs_of_one_piece_come_to_an_end(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    assert all(q.end <= len(text) for q in find_quantities(text))


@pytest.mark.parametrize("figure", ["一二百", "万", "三百百", "万二", "abc", "three twenty", "", "*"])
def test_what_is_no_number_has_no_value(figure: str) -> None:
    assert read_figure(figure) is None


def _chinese(number: int) -> str:
    """Write 1 to 99,999,999 in everyday Chinese numerals."""
    digits = "零一二三四五六七八九"
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        rest = "" if not low else ("零" if low < 1000 else "") + _chinese_below(low, digits)
        return _chinese_below(high, digits) + "万" + rest
    words = _chinese_below(number, digits)
    return words.removeprefix("一") if 10 <= number < 20 else words


def _chinese_below(number: int, digits: str) -> str:
    words, gap = "", False
    for scale, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            words += ("零" if gap and words else "") + digits[digit] + unit
            gap = False
        else:
            gap = True
    return words


def _formal(number: int) -> str:
    """Write 1 to 99,999,999 in the numerals of cheques, which put a digit before every unit: 壹拾伍."""
    words = _chinese(number).translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"))
    return "壹" + words if words.startswith("拾") else words
