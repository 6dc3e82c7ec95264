"""What holds for every text: spans, the partition into clauses, and that nothing raises on the way to a report."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import contractscan
from contractscan.renderers import FORMATS
from contractscan.text import fold, mask

ANY = settings(max_examples=200, deadline=None)
WHOLE_PATH = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])

FRAGMENTS = (
    "代运营服务合同",
    "甲方（委托方）：澜州青芽食品有限公司",
    "乙方（受托方）：云汐星桥互动文化传媒有限公司",
    "第一条 服务内容",
    "第八条",
    "一、",
    "（一）",
    "8.2 甲方提前三十日书面通知乙方的，可以解除本合同。",
    "（2）逾期付款的，每日按千分之五支付违约金；",
    "① 已支付的服务费概不退还。",
    "账号由乙方以其名义注册，密码由乙方保管。",
    "合同终止后五个工作日内，乙方应移交账号并删除全部数据。",
    "甲方提前終止合約者，應給付百分之三十之違約金。",
    "Client: Fernhollow Tea Company Ltd.",
    "Agency: Lanternwick Social LLC",
    "ARTICLE 8 TERMINATION",
    "Section 8.2 Either party may terminate this Agreement upon thirty (30) days' prior written notice.",
    "(a) all Fees for the remainder of the Term become due;",
    "The Accounts are registered in Agency's name.",
    "| 序号 | 项目 | 金额 |",
    "甲方 ________ 日期：____年__月__日",
    "□ 同意　☑ 不同意",
    "\u200b\ufeff\u00ad",
    "𠮷野家🍵é\u0301",
    "\ue000\ue001\uf8ff",
)
SEPARATORS = st.sampled_from(["\n", "\n\n", "", " ", "；", "。", "\r\n", "\f"])
PRINTABLE = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30)  # others make a file binary
PIECES = st.tuples(st.sampled_from(FRAGMENTS) | PRINTABLE, SEPARATORS)
CONTRACTS = st.lists(PIECES, min_size=1, max_size=25).map(lambda pieces: "".join(a + b for a, b in pieces))


@cache
def scanner() -> contractscan.Scanner:
    return contractscan.Scanner()


def as_file(text: str) -> bytes:
    """A text file that is not empty."""
    return f"合同 Agreement\n{text}".encode()


@ANY
@given(st.text())
def test_folding_keeps_the_length_and_is_stable(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded.replace("\ufffd", "")) == folded.replace("\ufffd", "")


@ANY
@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=6))
def test_masking_keeps_the_length(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [(start, min(start + size, len(text)), "\ue000") for start, size in spans if start < len(text)]
    assert len(mask(text, marks)) == len(text)


@WHOLE_PATH
@given(CONTRACTS)
def test_clauses_partition_the_text(text: str) -> None:
    document = contractscan.read(as_file(text))
    clauses = contractscan.segment(document)
    assert "".join(document.text[clause.start : clause.end] for clause in clauses) == document.text
    position = 0
    for index, clause in enumerate(clauses):
        assert (clause.index, clause.start) == (index, position)
        assert clause.parent is None or clause.parent < index
        for sentence in clause.sentences:
            assert clause.start <= sentence.start < sentence.end <= clause.end
        position = clause.end
    assert position == len(document.text)


@WHOLE_PATH
@given(CONTRACTS)
def test_every_quote_is_a_slice_of_the_text(text: str) -> None:
    data = as_file(text)
    document = contractscan.read(data)
    for finding in scanner().scan(data).findings:
        for evidence in finding.evidence:
            assert evidence.quote == document.text[evidence.start : evidence.end]
            assert all(evidence.start <= start < end <= evidence.end for start, end in evidence.marks)
        for capture in finding.captures.values():
            assert capture.text == document.text[capture.start : capture.end]


@WHOLE_PATH
@given(CONTRACTS)
def test_the_same_text_gives_the_same_report(text: str) -> None:
    data = as_file(text)
    assert scanner().scan(data).model_dump_json() == scanner().scan(data).model_dump_json()


@WHOLE_PATH
@given(st.text(max_size=200) | CONTRACTS)
def test_quantities_stand_where_they_say(text: str) -> None:
    for quantity in contractscan.find_quantities(text):
        assert quantity.text == text[quantity.start : quantity.end]


@pytest.mark.parametrize("name", sorted(name for name, entry in FORMATS.items() if not entry.binary))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=CONTRACTS, language=st.sampled_from(["zh", "en"]))
def test_rendering_never_raises(name: str, text: str, language: str) -> None:
    assert contractscan.render(scanner().scan(as_file(text)), name, language=language)
