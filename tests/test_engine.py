"""Rules over sentences: marks for parties and quantities, gaps, captures, provisions, severities."""

from __future__ import annotations

from pathlib import Path

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from contractscan.engine import compile_matcher, evaluate
from contractscan.engine.units import Unit, matching_text
from contractscan.model import Document, Finding, Language, Mention, Muted, Party, Span
from contractscan.parties import find_mentions
from contractscan.ruleset import Ruleset, load_ruleset
from contractscan.ruleset.prefilter import required
from contractscan.segment import segment
from contractscan.text import ROLE_MARK

PARTIES = (
    Party(role="client", label="甲方", aliases=("委托方", "Client")),
    Party(role="provider", label="乙方", aliases=("受托方", "Agency")),
)
HEAD = """\
id: probe
topic: termination
effect: neutral
severity: info
title: {zh: 试, en: Probe}
message: {zh: '{holder}', en: '{holder}'}
rationale: {zh: 试, en: probe}
suggestion: {zh: 试, en: probe}
examples: {flagged: [{text: 试}], clean: [{text: 不}]}
"""


def rules(folder: Path, body: str, head: str = HEAD) -> Ruleset:
    path = folder / "termination" / "probe.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head + body, "utf-8")
    return load_ruleset(folder, built_in=False, cache=False)


def find(ruleset: Ruleset, text: str, muted: tuple[Muted, ...] = ()) -> list[Finding]:
    document = Document(name="t", format="txt", text=text, muted=muted)
    mentions = find_mentions(document, PARTIES)
    return evaluate(compile_matcher(ruleset), document, segment(document), PARTIES, mentions).findings


HOLDER = "detect: {zh: ['${party:holder}~(有权|可以)…(解除|终止)'], en: ['${party:holder}~\\bmay\\b…\\bterminat']}\n"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("甲方有权解除本合同。", "client"),
        ("委託方可以終止本合約。", "client"),  # traditional characters, another label
        ("甲 方逾期付款的，乙方有权解除本合同。", "provider"),  # the subject of 有权, not the first party
        ("任何一方均有权提前终止合作。", "both"),
        ("乙方违约的，对方有权解除合同。", "client"),  # 对方 is whoever was not named before
        ("Agency may terminate this Agreement.", "provider"),
        ("If Agency fails to perform, Client may\nterminate this Agreement.", "client"),
        ("Either party may terminate at any time.", "both"),
    ],
)
def test_a_party_is_captured_by_its_role(tmp_path: Path, text: str, role: str) -> None:
    ruleset = rules(tmp_path, HOLDER)
    assert [finding.captures["holder"].role for finding in find(ruleset, text)] == [role]


@pytest.mark.parametrize("text", ["甲方应付款。", "甲方有权查看报告，乙方配合。", "The agency may propose dates."])
def test_other_sentences_give_nothing(tmp_path: Path, text: str) -> None:
    assert find(rules(tmp_path, HOLDER), text) == []


@pytest.mark.parametrize(
    ("text", "days", "business"),
    [
        ("甲方可提前三十日书面通知乙方解除合同。", 30, False),
        ("甲方可提前__15__个工作日通知乙方解除合同。", 15, True),
        ("甲方可提前 2 个月 通知乙方解除合同。", 60, False),
        ("甲方可提前____日通知乙方解除合同。", None, False),
    ],
)
def test_a_quantity_is_captured_in_any_wording(tmp_path: Path, text: str, days: int | None, business: bool) -> None:
    body = "detect: {zh: ['提前${duration:period}…解除']}\ncapture: {holder: {kind: party, zh: 提前}}\n"
    ruleset = rules(tmp_path, body)
    (finding,) = find(ruleset, text)
    period = finding.captures["period"]
    assert period.kind == "duration"
    assert (period.days, period.business) == (days, business)


def test_evidence_quotes_the_sentence_and_marks_the_words(tmp_path: Path) -> None:
    text = "第一条 期限\n双方另行约定。甲方有权随时解除本合同。其他事项协商。"
    (finding,) = find(rules(tmp_path, HOLDER), text)
    (evidence,) = finding.evidence
    assert evidence.quote == text[evidence.start : evidence.end] == "甲方有权随时解除本合同。"
    assert [text[a:b] for a, b in evidence.marks] == ["甲方有权随时解除"]


def test_a_list_item_is_read_with_its_lead_in(tmp_path: Path) -> None:
    text = "8.1 有下列情形之一的，甲方可以要求：\n（1）退还费用；\n（2）解除本合同。"
    (finding,) = find(rules(tmp_path, HOLDER), text)
    assert finding.captures["holder"].role == "client"
    quotes = [item.quote.strip() for item in finding.evidence]
    assert quotes == ["有下列情形之一的，甲方可以要求：", "解除本合同。"]


def test_a_lead_in_without_a_mark_is_no_evidence_of_an_english_sentence(tmp_path: Path) -> None:
    ruleset = rules(tmp_path, HOLDER)
    text = "1. The support covers:\n(a) repairs. Agency may terminate this Agreement;\n(b) Client may terminate it.\n"
    quotes = [item.quote for finding in find(ruleset, text) for item in finding.evidence]
    assert "1. The support covers:" not in quotes
    assert "The support covers:" not in quotes
    lead = "1. Agency may do this without notice:\n(a) terminate this Agreement;\n(b) stop posting.\n"
    quotes = [item.quote for finding in find(ruleset, lead) for item in finding.evidence]
    assert quotes == ["Agency may do this without notice:", "terminate this Agreement;"]


@pytest.mark.parametrize("item", ["Agency may terminate it", '"Exit" means that Agency may terminate it'])
def test_the_colon_of_a_lead_in_is_no_word_that_matched(tmp_path: Path, item: str) -> None:
    ruleset = rules(tmp_path, "detect: {en: ['(^|[:.] ?)[^:;]{0,20}?${party:holder} may terminate']}\n")
    text = f"1. The following words have these meanings and effects:\n(a) {item};\n(b) the fee is due monthly.\n"
    quotes = [evidence.quote for finding in find(ruleset, text) for evidence in finding.evidence]
    assert quotes == [f"{item};"]


def test_matches_that_agree_are_one_finding_and_others_two(tmp_path: Path) -> None:
    ruleset = rules(tmp_path, HOLDER)
    agreeing = "第一条 甲方有权解除合同。甲方可以终止合作。"
    assert [len(finding.evidence) for finding in find(ruleset, agreeing)] == [2]
    differing = "第一条 甲方有权解除合同。乙方可以终止合作。"
    assert [finding.captures["holder"].role for finding in find(ruleset, differing)] == ["client", "provider"]


def test_a_length_of_time_is_the_same_with_and_without_its_bound(tmp_path: Path) -> None:
    ruleset = rules(tmp_path, "detect: {zh: ['合作…${duration:period}']}\ncapture: {holder: {kind: party, zh: 合作}}\n")
    (finding,) = find(ruleset, "第一条 合作至少十二个月。实际合作不足十二个月的，按十二个月计费。")
    assert len(finding.evidence) == 2


def test_the_same_words_elsewhere_keep_their_fingerprint(tmp_path: Path) -> None:
    ruleset = rules(tmp_path, HOLDER)
    (one,) = find(ruleset, "甲方有权解除本合同。")
    (other,) = find(ruleset, "鉴于双方自愿合作。\n第九条 甲方 有权解除 本合同。")
    assert one.id == other.id
    twice = find(ruleset, "第一条 甲方有权解除本合同。\n第二条 甲方有权解除本合同。")
    assert [finding.id for finding in twice] == [one.id, f"{one.id}-2"]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("甲方可提前三十日解除合同。", "info"),
        ("甲方可提前九十日解除合同。", "high"),
        ("甲方可提前50个工作日解除合同。", "high"),  # a business day counts 1.4 calendar days
        ("甲方可提前____日解除合同。", "info"),  # unknown is never too long
        ("甲方可提前三十日解除合同，已付费用不退。", "medium"),
    ],
)
def test_severity_follows_captured_values_and_words(tmp_path: Path, text: str, severity: str) -> None:
    body = """\
detect: {zh: ['提前${duration:period}…解除']}
capture: {holder: {kind: party, zh: 提前}}
escalate:
  - {if: {period: {gt: 60 days}}, severity: high}
  - {if: {matches: {zh: [不退]}}, severity: medium}
"""
    assert [finding.severity for finding in find(rules(tmp_path, body), text)] == [severity]


def test_unless_any_and_heading_narrow_an_alternative(tmp_path: Path) -> None:
    body = """\
detect:
  zh:
    - {all: [解除], any: [书面, 邮件], unless: [协商], heading: [合同解除]}
capture: {holder: {kind: party, default: both}}
"""
    ruleset = rules(tmp_path, body)
    assert find(ruleset, "第一条 合同解除和终止\n以书面解除。")
    assert not find(ruleset, "第一条 合同解除和终止\n以书面协商解除。")
    assert not find(ruleset, "第一条 合同解除和终止\n当面解除。")
    assert not find(ruleset, "第一条 付款\n以书面解除。")


def test_a_rule_may_look_at_the_whole_clause(tmp_path: Path) -> None:
    body = "detect: {zh: [{all: [解除, 不退]}]}\nscope: {unit: clause}\ncapture: {holder: {kind: party, zh: 解除}}\n"
    ruleset = rules(tmp_path, body)
    assert len(find(ruleset, "第一条 甲方可以解除合同。费用不退。")) == 1
    assert find(ruleset, "第一条 甲方可以解除合同。\n第二条 费用不退。") == []


def test_token_patterns_join_the_others(tmp_path: Path) -> None:
    body = """\
detect:
  en:
    - {all: ['\\bterminat'], tokens: [[{LOWER: without}, {LOWER: cause}]]}
capture: {holder: {kind: party, en: '\\bmay\\b'}}
"""
    ruleset = rules(tmp_path, body)
    assert find(ruleset, "Client may terminate this Agreement without cause.")
    assert not find(ruleset, "Client may terminate this Agreement for cause.")


def test_muted_text_is_never_matched(tmp_path: Path) -> None:
    text = "甲方有权解除本合同。"
    muted = (Muted(start=0, end=len(text), reason="unticked"),)
    assert find(rules(tmp_path, HOLDER), text, muted) == []


def test_private_use_characters_of_a_file_do_not_pose_as_parties() -> None:
    document = Document(name="t", format="txt", text=f"{ROLE_MARK['client']}有权解除")
    assert ROLE_MARK["client"] not in matching_text(document, [], [])
    marked = matching_text(document, [Mention(start=0, end=1, role="provider")], [])
    assert marked == f"{ROLE_MARK['provider']}有权解除"


def test_a_unit_finds_its_way_back_to_the_document() -> None:
    text = "甲方  有权"
    clause = segment(Document(name="t", format="txt", text=text))[0]
    unit = Unit((Span(start=0, end=6),), text, "zh", clause, clause.sentences[0])
    assert unit.text == "甲方有权"
    assert unit.span(0, 4) == (0, 6)
    assert unit.span(2, 3) == (4, 5)


def test_an_english_unit_keeps_one_space_for_any_layout() -> None:
    text = " Either __ party\n may\tleave  the Agency. "
    clause = segment(Document(name="t", format="txt", text=text))[0]
    unit = Unit((Span(start=0, end=16), Span(start=16, end=len(text))), text, "en", clause, clause.sentences[0])
    assert unit.text == "Either party may leave the Agency. "
    assert unit.own == 13
    assert unit.span(13, 16) == (18, 21)


@given(st.text(alphabet="ab1甲。, \t\n_\u3000\ue000", min_size=1), st.sampled_from(["zh", "en"]), st.data())
def test_every_character_of_a_unit_is_the_one_at_its_place_in_the_document(
    text: str, language: Language, data: st.DataObject
) -> None:
    clause = segment(Document(name="t", format="txt", text="甲方"))[0]
    cut = data.draw(st.integers(0, len(text)))
    spans = (Span(start=0, end=cut), Span(start=cut, end=len(text)))
    unit = Unit(spans, text, language, clause, clause.sentences[0])
    kept = [(unit.position(i), character) for i, character in enumerate(unit.text) if character != " "]
    assert kept == [(i, character) for i, character in enumerate(text) if not character.isspace() and character != "_"]


@pytest.mark.parametrize(
    ("regex", "branches"),
    [
        ("解除", [[{"解除"}]]),
        ("(?:解除|终止)合同", [[{"解除合同", "终止合同"}]]),
        ("提前.{0,20}?(?:解除|终止)", [[{"提前"}, {"解除", "终止"}]]),
        ("(?:甲[^,]{0,8}?乙丙|丁戊)己", [[{"乙丙"}, {"己"}, {"甲"}], [{"丁戊"}, {"己"}]]),
        ("书面?通知", [[{"书通知", "书面通知"}]]),
        ("[甲乙]方", [[{"甲方", "乙方"}]]),
        (r"\bTerminat\w*", [[{"terminat"}]]),
        ("(?:解除)?", [[]]),
        ("(?:解除|.{0,3})", [[]]),
        ("解除.{0,3}|终止.{0,3}", [[{"解除"}], [{"终止"}]]),
        ("解除+", [[{"解"}, {"除"}]]),
        (r"a\.b", [[{"a.b"}]]),
        ("(?:notice|may).{0,9}notice", [[{"notice"}]]),
        ("terminate.{0,9}\\b(?:on|by)\\b.{0,9}notice", [[{"terminate"}, {"notice"}]]),
        ("|".join(f"甲{i}.{{0,9}}乙" for i in range(20)), [[{f"甲{i}" for i in range(20)}]]),
    ],
)
def test_the_words_that_a_pattern_needs(regex: str, branches: list[list[set[str]]]) -> None:
    assert [sorted(map(sorted, branch)) for branch in required(regex)] == [
        sorted(map(sorted, branch)) for branch in branches
    ]


_REGEXES = st.recursive(
    st.sampled_from(["a", "ab", "Ba", "[ab]", "[^a]", ".{0,2}?", r"\b", "^a", "b+", "(?:ab)?", r"\w*"]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        inner.map(lambda part: f"({part}){{1,2}}"),
    ),
    max_leaves=12,
)


@given(_REGEXES, st.text(alphabet="abAB ", max_size=8))
def test_no_pattern_matches_without_its_words(regex: str, text: str) -> None:
    if re2.search(f"(?i){regex}", text):
        occurring = [[any(word in text.lower() for word in words) for words in branch] for branch in required(regex)]
        assert any(map(all, occurring))
