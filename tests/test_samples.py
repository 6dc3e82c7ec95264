"""The whole path on the contracts of sample_contracts/: what is read, what is found, and the expected reports."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

import contractscan
from samples_expected import MUST_FIND

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "sample_contracts"
sys.path.insert(0, str(ROOT / "scripts"))
import build_samples  # noqa: E402

FILES = sorted(path for path in SAMPLES.rglob("*") if path.suffix in (".pdf", ".docx", ".txt"))
IDS = [path.relative_to(SAMPLES).as_posix() for path in FILES]
SOURCES = {
    sample.name: sample for sample in map(build_samples.read_source, sorted((SAMPLES / "sources").rglob("*.md")))
}
BOTH_FORMATS = sorted(name for name, sample in SOURCES.items() if {"pdf", "docx"} <= set(sample.formats))


@pytest.fixture(scope="module")
def report_of() -> Any:
    """Scan a file of sample_contracts/ once, however many tests ask for it."""
    reports: dict[str, contractscan.Report] = {}

    def scan(name: str) -> contractscan.Report:
        if name not in reports:
            reports[name] = contractscan.scan(SAMPLES / name)
        return reports[name]

    return scan


def test_the_update_flag_is_off(request: pytest.FixtureRequest) -> None:
    assert not request.config.getoption("--update-golden")


def test_every_source_is_built_and_nothing_else_lies_here() -> None:
    built = {f"{name}.{suffix}" for name, sample in SOURCES.items() for suffix in sample.formats}
    assert set(IDS) == built


# -------------------------------------------------------------------- reading


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", IDS)
def test_the_whole_text_is_read_in_order_with_its_numbers(name: str) -> None:
    text = _squeezed(contractscan.read(SAMPLES / name).text)
    position = 0
    for block in SOURCES[name.rsplit(".", 1)[0]].blocks:
        for heading in block.rows[0] if block.rows else ():
            assert text.find(_squeezed(heading), position) >= 0  # once, or before each cell of its column
        for part in (block.number + block.text, *(cell for row in block.rows[1:] for cell in row)):
            found = text.find(_squeezed(part), position)
            assert found >= 0, f"{part!r} is missing or out of order"
            position = found + len(_squeezed(part))


@pytest.mark.parametrize("name", [name for name in IDS if name.endswith(".docx")])
def test_the_docx_is_what_the_source_says(name: str) -> None:
    import io
    import zipfile

    built = build_samples.build_docx(SOURCES[name.removesuffix(".docx")])
    part = "word/document.xml"
    with zipfile.ZipFile(SAMPLES / name) as stored, zipfile.ZipFile(io.BytesIO(built)) as fresh:
        assert stored.read(part) == fresh.read(part)


# ------------------------------------------------------------------- findings


@pytest.mark.parametrize(
    ("name", "rule_id", "words"),
    [pytest.param(name, *row, id=f"{name}:{row[0]}") for name, rows in MUST_FIND.items() for row in rows],
)
def test_the_clause_is_found_and_quoted(name: str, rule_id: str, words: str, report_of: Any) -> None:
    quotes = [_squeezed("".join(e.quote for e in f.evidence)) for f in report_of(name).findings if f.rule_id == rule_id]
    assert any(_squeezed(words) in quote for quote in quotes), quotes


@pytest.mark.parametrize("name", BOTH_FORMATS)
def test_pdf_and_docx_of_one_text_give_the_same_findings(name: str, report_of: Any) -> None:
    pdf, docx = report_of(f"{name}.pdf"), report_of(f"{name}.docx")
    told = [
        [(f.rule_id, f.kind, f.severity, f.clause.number, f.message.zh) for f in report.findings]
        for report in (pdf, docx)
    ]
    assert sorted(told[0]) == sorted(told[1])


@pytest.mark.parametrize("name", [name for name in IDS if name.startswith("clean/")])
def test_a_text_that_is_no_service_contract_has_no_risk(name: str, report_of: Any) -> None:
    assert [(f.rule_id, f.severity) for f in report_of(name).findings if f.severity != "info"] == []


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_the_fair_contract_has_almost_no_risk(suffix: str, report_of: Any) -> None:
    report = report_of(f"fair-agency.{suffix}")
    worse = [f for f in report.findings if f.severity not in ("info", "low")]
    assert [(f.rule_id, f.clause.number, f.severity) for f in worse] == []
    assert len([f for f in report.findings if f.severity == "low" and f.effect == "burden"]) <= 4


@pytest.mark.parametrize("name", ["douyin-agency.pdf", "tw-agency.docx", "en-agency.docx"])
def test_a_one_sided_contract_answers_all_five_questions(name: str, report_of: Any) -> None:
    report = report_of(name)
    assert {answer.topic: answer.status for answer in report.answers} == {
        "termination": "found",
        "notice-period": "found",
        "remaining-fees": "found",
        "account-ownership": "found",
        "data-rights": "found",
    }
    assert report.overall.severity == "critical"


@pytest.mark.parametrize(
    ("name", "client", "provider"),
    [
        ("douyin-agency.pdf", ("甲方", "澜州青芽食品有限公司"), ("乙方", "云汐星桥互动文化传媒有限公司")),
        ("fair-agency.docx", ("甲方", "澜州慢禾家居用品有限公司"), ("乙方", "澜州微澜内容服务有限公司")),
        ("provider-is-party-a.pdf", ("乙方", "澜州山灯茶业有限公司"), ("甲方", "云汐逐浪直播服务有限公司")),
        ("provider-is-party-a.docx", ("乙方", "澜州山灯茶业有限公司"), ("甲方", "云汐逐浪直播服务有限公司")),
        ("tw-agency.docx", ("甲方", "初芽選物股份有限公司"), ("乙方", "星橋社群行銷有限公司")),
        ("en-agency.pdf", ("Client", "Fernhollow Tea Company Ltd."), ("Agency", "Lanternwick Social LLC")),
    ],
)
def test_the_parties_are_told_apart(
    name: str, client: tuple[str, str], provider: tuple[str, str], report_of: Any
) -> None:
    parties = {party.role: (party.label, party.name) for party in report_of(name).parties}
    assert parties == {"client": client, "provider": provider}


# ------------------------------------------------------------ expected reports


@pytest.mark.parametrize("name", IDS)
def test_the_report_is_the_expected_one(name: str, report_of: Any, request: pytest.FixtureRequest) -> None:
    report = json.loads(report_of(name).model_dump_json())
    # These change with every release and every edit of a rule, and say nothing about the contract.
    report["tool"] |= {"version": "", "ruleset_digest": ""}
    golden = SAMPLES / f"{name}.report.json"
    if request.config.getoption("--update-golden"):
        golden.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", "utf-8")
    assert report == json.loads(golden.read_text("utf-8"))
