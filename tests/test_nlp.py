"""The spaCy component: found by its name, spans with rule ids, nothing lost when a Doc is stored."""

from __future__ import annotations

import re
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from cli_runs import CHINESE, ENGLISH, FRENCH, house

ROOT = Path(__file__).resolve().parent.parent


def passages(doc: Doc, key: str = "contractscan") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for span in doc.spans[key]:
        found.setdefault(span.label_, []).append(span.text.strip())
    return found


def test_the_component_is_registered_through_an_entry_point() -> None:
    (found,) = entry_points(group="spacy_factories", name="contractscan")
    assert found.value == "contractscan.nlp:make_component"


def test_chinese_findings_are_spans_with_the_rule_s_id() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("contractscan")
    found = passages(nlp(CHINESE))
    assert found["no-early-termination"] == ["合作期限为十二个月，合作期限内甲方不得提前解除本合同。"]


def test_english_findings_are_spans_with_the_rule_s_id() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("contractscan", config={"select": ["termination-for-convenience"]})
    assert passages(nlp(ENGLISH)) == {
        "termination-for-convenience": [
            "Either party may terminate this Agreement for convenience upon thirty (30) days' prior written notice."
        ]
    }


def test_a_text_in_another_language_has_no_spans() -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("contractscan")
    assert list(nlp(FRENCH).spans["contractscan"]) == []


def test_house_rules_and_another_key(tmp_path: Path) -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe(
        "contractscan",
        config={"rules": [str(house(tmp_path))], "select": ["house-lock"], "spans_key": "risks"},
    )
    assert list(passages(nlp(CHINESE), "risks")) == ["house-lock"]


def test_a_doc_keeps_its_spans_when_it_is_stored() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("contractscan")
    doc = nlp(CHINESE)
    stored = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    spans = [(span.label_, span.id_, span.text) for span in doc.spans["contractscan"]]
    assert spans
    assert [(span.label_, span.id_, span.text) for span in stored.spans["contractscan"]] == spans


@pytest.mark.parametrize("text", ["", "甲方", "\n\n"])
def test_a_text_without_a_contract_has_no_spans(text: str) -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("contractscan")
    assert list(nlp(text).spans["contractscan"]) == []


def test_the_example_in_the_guide_runs(capsys: pytest.CaptureFixture[str]) -> None:
    guide = (ROOT / "docs" / "rules.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    exec(compile(code, "guide", "exec"), {"__name__": "example"})
    assert capsys.readouterr().out.startswith("termination-for-convenience Either party may terminate this Agreement")
