"""`contractscan report`: what it prints where, and with which exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli_runs import CHINESE, ENGLISH, FRENCH, HOUSE_RULE, house, pdf_file, run, word_file, write
from contractscan.cli.console import failure
from contractscan.cli.report import FORMATS_HELP
from contractscan.renderers import FORMATS


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    return write(tmp_path / "合同.txt", CHINESE)


# --------------------------------------------------------------------- output


def test_report_goes_to_stdout_and_nothing_else_does(contract: Path) -> None:
    done = run("report", contract, "-f", "json")
    assert done.code == 0
    assert json.loads(done.out)["document"]["name"] == "合同.txt"
    assert done.err == ""


def test_report_speaks_the_contract_s_language(tmp_path: Path) -> None:
    zh = run("report", write(tmp_path / "zh.txt", CHINESE))
    en = run("report", write(tmp_path / "en.txt", ENGLISH))
    assert "总体风险" in zh.text
    assert "Overall risk" in en.text


def test_report_language_can_be_chosen(contract: Path) -> None:
    assert "Overall risk" in run("report", contract, "--report-lang", "en").text


def test_text_in_a_pipe_has_no_colours(contract: Path) -> None:
    assert b"\x1b" not in run("report", contract).out


def test_docx_is_read(tmp_path: Path) -> None:
    done = run("report", word_file(tmp_path / "合同.docx", CHINESE), "-f", "json")
    assert done.code == 0
    assert [party["name"] for party in json.loads(done.out)["parties"]] == [
        "青禾茶业有限公司",
        "蓝鲸互动文化传媒有限公司",
    ]


def test_standard_input_is_read() -> None:
    done = run("report", "-", "-f", "json", stdin=CHINESE.encode())
    assert done.code == 0
    assert json.loads(done.out)["document"]["name"] == "stdin"


def test_output_file(contract: Path, tmp_path: Path) -> None:
    done = run("report", contract, "-f", "json", "-o", tmp_path / "r.json")
    assert (done.code, done.out, done.err) == (0, b"", "")
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))["schema_version"] == "1"


def test_output_folder_for_one_contract_names_the_report_after_it(contract: Path, tmp_path: Path) -> None:
    assert run("report", contract, "-f", "json", "-o", f"{tmp_path / 'reports'}/").code == 0
    assert (tmp_path / "reports" / "合同.json").is_file()


def test_help_names_every_format() -> None:
    assert sorted(FORMATS_HELP.split(", ")) == sorted(FORMATS)


@pytest.mark.parametrize("name", FORMATS_HELP.split(", "))
def test_every_format_of_help_can_be_written(name: str, contract: Path, tmp_path: Path) -> None:
    if name in ("docx", "pdf"):
        contract = {"docx": word_file, "pdf": lambda path, text: pdf_file(path, text.splitlines())}[name](
            tmp_path / f"contract.{name}", ENGLISH
        )
    assert run("report", contract, "-f", name, "-o", tmp_path / "out").code == 0
    assert (tmp_path / "out").stat().st_size > 0


def test_marking_up_the_original_needs_an_original_of_that_format(contract: Path, tmp_path: Path) -> None:
    done = run("report", contract, "-f", "docx", "-o", tmp_path / "out.docx")
    assert done.code == 2
    assert not (tmp_path / "out.docx").exists()
    assert len(done.err.splitlines()) == 1


# -------------------------------------------------------------------- options


def test_client_can_be_named(tmp_path: Path) -> None:
    text = CHINESE.replace("（委托方）", "").replace("（受托方）", "")
    done = run("report", write(tmp_path / "c.txt", text), "--client", "乙方", "-f", "json")
    roles = {party["label"]: party["role"] for party in json.loads(done.out)["parties"]}
    assert roles == {"甲方": "provider", "乙方": "client"}


def test_house_rules_are_added(contract: Path, tmp_path: Path) -> None:
    done = run("report", contract, "--rules", house(tmp_path / "house"), "-f", "json")
    assert "house-lock" in [finding["rule_id"] for finding in json.loads(done.out)["findings"]]


@pytest.mark.parametrize(
    "selection", [["house-lock,termination-for-convenience"], ["house-lock", "termination-for-convenience"]]
)
def test_select_takes_ids_repeated_or_with_commas(contract: Path, tmp_path: Path, selection: list[str]) -> None:
    options = [part for name in selection for part in ("--select", name)]
    done = run("report", contract, "--rules", house(tmp_path / "house"), *options, "-f", "json")
    found = {finding["rule_id"] for finding in json.loads(done.out)["findings"]}
    assert found == {"house-lock", "termination-for-convenience"}


def test_ignore_takes_topics(contract: Path) -> None:
    done = run("report", contract, "--ignore", "termination", "-f", "json")
    assert "termination" not in {finding["topic"] for finding in json.loads(done.out)["findings"]}


@pytest.mark.parametrize(("threshold", "code"), [("critical", 0), ("high", 1), ("medium", 1), ("info", 1)])
def test_fail_on(contract: Path, tmp_path: Path, threshold: str, code: int) -> None:
    rules = house(tmp_path / "house")
    done = run("report", contract, "--rules", rules, "--select", "house-lock", "--fail-on", threshold)
    assert done.code == code
    assert "house" not in done.err


def test_password_opens_an_encrypted_pdf(tmp_path: Path) -> None:
    contract = pdf_file(tmp_path / "c.pdf", ENGLISH.splitlines(), password="geheim")
    assert run("report", contract, "--password", "geheim").code == 0
    assert run("report", contract, env={"CONTRACTSCAN_PASSWORD": "geheim"}).code == 0


# ---------------------------------------------------------------- wrong calls


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--format", "yaml"], "unknown format 'yaml'. Choose one of text, "),
        (["--select", "no-such-rule"], "unknown rule 'no-such-rule'"),
        (["--rules", "no-such-folder"], "no-such-folder: no such rules folder"),
        (["--client", "丙方"], "丙方"),
        (["--as-of", "tomorrow"], "Write it as 2026-08-31"),
        (["--lang", "fr"], "fr"),
        (["--fail-on", "huge"], "huge"),
        (["-o", "no/such/folder/report.txt"], "the folder no/such/folder does not exist"),
    ],
)
def test_wrong_call(contract: Path, options: list[str], message: str) -> None:
    done = run("report", contract, *options)
    assert (done.code, done.out) == (2, b"")
    assert message in done.err


def test_no_contract_named() -> None:
    assert run("report").code == 2


def test_several_contracts_need_a_folder(contract: Path, tmp_path: Path) -> None:
    done = run("report", contract, write(tmp_path / "b.txt", ENGLISH))
    assert (done.code, done.out) == (2, b"")
    assert "-o DIR" in done.err


def test_the_report_never_overwrites_a_contract(contract: Path) -> None:
    done = run("report", contract, "-o", contract)
    assert done.code == 2
    assert "would overwrite the contract" in done.err
    assert contract.read_text("utf-8") == CHINESE


def test_the_reports_of_a_folder_never_overwrite_its_contracts(contract: Path) -> None:
    done = run("report", contract.parent, "-o", contract.parent)
    assert done.code == 2
    assert contract.read_text("utf-8") == CHINESE


def test_folder_without_contracts(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run("report", tmp_path / "empty", "-o", tmp_path / "out")
    assert done.code == 2
    assert "no contract in this folder" in done.err


def test_a_broken_rule_is_named_with_its_line(contract: Path, tmp_path: Path) -> None:
    rules = house(tmp_path / "house", HOUSE_RULE.replace("severity: high", "severity: hgih"))
    done = run("report", contract, "--rules", rules)
    assert (done.code, done.out) == (2, b"")
    assert "house-lock.yaml:4: severity: " in done.err


# ----------------------------------------------------------- unreadable files


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream.encode("utf-16-le") + b"\0" * 512


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("missing.pdf", None, "does not exist"),
        ("empty.pdf", b"", "is empty (0 bytes)"),
        ("text.pdf", CHINESE.encode(), "is called .pdf but holds plain text"),
        ("broken.docx", b"PK\x03\x04" + b"\0" * 200, "is damaged"),
        ("sheet.xls", ole("Workbook"), "Excel"),
        ("noise.bin", bytes(range(256)) * 8, "is of a type that is not known"),
    ],
)
def test_unreadable_file(tmp_path: Path, name: str, content: bytes | None, reason: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = run("report", tmp_path / name)
    assert (done.code, done.out) == (3, b"")
    assert name in done.err
    assert reason in done.err
    assert len(done.err.splitlines()) == 1


def test_old_word_file_is_refused_with_its_remedy_or_read(tmp_path: Path) -> None:
    (tmp_path / "old.doc").write_bytes(ole("WordDocument"))
    done = run("report", tmp_path / "old.doc")
    assert (done.code, done.out) == (3, b"")
    assert "old.doc" in done.err


def test_truncated_docx(tmp_path: Path) -> None:
    contract = word_file(tmp_path / "c.docx", CHINESE)
    contract.write_bytes(contract.read_bytes()[:-400])
    done = run("report", contract)
    assert (done.code, done.out) == (3, b"")
    assert "c.docx: is damaged" in done.err


def test_encrypted_pdf(tmp_path: Path) -> None:
    done = run("report", pdf_file(tmp_path / "c.pdf", ["Agreement"], password="geheim"))
    assert (done.code, done.out) == (3, b"")
    assert "password" in done.err


def test_pdf_without_text_is_not_reviewed_and_not_graded(tmp_path: Path) -> None:
    done = run("report", pdf_file(tmp_path / "scan.pdf", []), "-f", "json", "--ocr", "never")
    assert done.code == 3
    report = json.loads(done.out)
    assert report["overall"]["reviewed"] is False
    assert report["overall"]["severity"] is None
    assert "scan.pdf: not reviewed. There is no text in it." in done.err


def test_unsupported_language_is_not_reviewed_and_the_report_says_so(tmp_path: Path) -> None:
    done = run("report", write(tmp_path / "contrat.txt", FRENCH), "-f", "json", "--fail-on", "info")
    assert done.code == 3
    report = json.loads(done.out)
    assert report["overall"]["reviewed"] is False
    assert report["overall"]["severity"] is None
    assert report["findings"] == []
    assert "contrat.txt: not reviewed. Its language is neither Chinese nor English." in done.err


def test_the_language_can_be_forced(tmp_path: Path) -> None:
    assert run("report", write(tmp_path / "c.txt", FRENCH), "--lang", "en").code == 0


def test_an_unexpected_error_is_one_line_that_names_the_file_and_asks_for_a_report() -> None:
    code, message = failure(ValueError("bad\nvalue"), "合同.pdf")
    assert code == 3
    assert message == (
        "合同.pdf: unexpected error (ValueError: bad value). This is a bug in contractscan: please report it. "
        "--debug shows where it happened."
    )


def test_debug_shows_where_an_unexpected_error_happened() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        print(1 / 0)
    _, message = failure(caught.value, "合同.pdf", debug=True)
    assert message.startswith("Traceback (most recent call last):")
    assert message.endswith("ZeroDivisionError: division by zero")


# ---------------------------------------------------------------------- batch


def test_one_bad_file_does_not_stop_a_batch(contract: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.docx").write_bytes(b"PK\x03\x04" + b"\0" * 200)
    done = run("report", tmp_path / "bad.docx", contract, "-f", "json", "-o", tmp_path / "out")
    assert (done.code, done.out) == (3, b"")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["合同.json"]
    assert "bad.docx: is damaged" in done.err
    assert "1 reviewed, 1 not reviewed." in done.err


def test_a_batch_that_reaches_fail_on(contract: Path, tmp_path: Path) -> None:
    rules = house(tmp_path / "house")
    files = [contract, write(tmp_path / "b.txt", ENGLISH)]
    done = run(
        "report", *files, "-o", tmp_path / "out", "--rules", rules, "--select", "house-lock", "--fail-on", "high"
    )
    assert done.code == 1


def test_quiet_leaves_out_the_summary_but_not_the_errors(contract: Path, tmp_path: Path) -> None:
    done = run("report", contract, tmp_path / "none.pdf", "-o", tmp_path / "out", "--quiet")
    assert done.err == f"{tmp_path / 'none.pdf'}: does not exist. Check the path.\n"


def test_folders_are_walked(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt", CHINESE)
    write(tmp_path / "in" / "下级" / "b.md", ENGLISH)
    write(tmp_path / "in" / ".hidden" / "c.txt", CHINESE)
    write(tmp_path / "in" / "~$a.docx", "lock")
    write(tmp_path / "in" / "photo.xyz", "")
    done = run("report", tmp_path / "in", "-f", "json", "-o", tmp_path / "in" / "reports")
    assert done.code == 0
    assert sorted(path.name for path in (tmp_path / "in" / "reports").iterdir()) == ["a.json", "b.json"]
    assert "1 other files in the folders were not looked at" in done.err
    assert "photo.xyz" in done.err


def test_last_time_s_reports_are_not_reviewed(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt", CHINESE)
    for _ in range(2):
        assert run("report", tmp_path / "in", "-f", "md", "-o", tmp_path / "in" / "reports").code == 0
    assert [path.name for path in (tmp_path / "in" / "reports").iterdir()] == ["a.md"]


def test_reports_of_one_stem_keep_apart(tmp_path: Path) -> None:
    files = [
        write(tmp_path / "one" / "合同.txt", CHINESE),
        write(tmp_path / "one" / "合同.md", CHINESE),
        write(tmp_path / "two" / "合同.txt", ENGLISH),
        write(tmp_path / "two" / "other.txt", ENGLISH),
    ]
    done = run("report", *files, "-f", "json", "-o", tmp_path / "out")
    assert done.code == 0
    names = ["other.json", "合同.md.json", "合同.txt-2.json", "合同.txt.json"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == names


def test_a_contract_named_twice_is_reviewed_once(contract: Path, tmp_path: Path) -> None:
    done = run("report", contract, contract.parent / "." / contract.name, "-f", "json")
    assert json.loads(done.out)["document"]["name"] == "合同.txt"


def test_workers_give_the_same_reports(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt", CHINESE)
    write(tmp_path / "in" / "b.txt", ENGLISH)
    (tmp_path / "in" / "c.docx").write_bytes(b"PK\x03\x04" + b"\0" * 200)
    one = run("report", tmp_path / "in", "-f", "json", "-o", tmp_path / "one")
    two = run("report", tmp_path / "in", "-f", "json", "-o", tmp_path / "two", "--workers", "2")
    assert (one.code, two.code) == (3, 3)
    for name in ("a.json", "b.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert "c.docx: is damaged" in two.err
