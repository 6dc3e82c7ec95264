"""`contractscan text` and `contractscan clauses`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli_runs import CHINESE, pdf_file, run, write


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    return write(tmp_path / "合同.txt", CHINESE)


def test_text_is_what_was_read(contract: Path) -> None:
    done = run("text", contract)
    assert (done.code, done.text, done.err) == (0, CHINESE, "")


def test_clauses_are_shown_as_a_tree(contract: Path) -> None:
    done = run("clauses", contract)
    assert done.code == 0
    lines = done.text.splitlines()
    assert "第二条 合同期限" in lines
    assert "  2.1 合作期限为十二个月，合作期限内甲方不得提前解除本合同。" in lines


def test_clauses_name_the_page(tmp_path: Path) -> None:
    done = run("clauses", pdf_file(tmp_path / "c.pdf", ["1. Services", "Agency manages the accounts."]))
    assert "1. Services (p. 1)" in done.text.splitlines()


def test_clauses_as_json(contract: Path) -> None:
    data = json.loads(run("clauses", contract, "-f", "json").out)
    assert "".join(CHINESE[row["start"] : row["end"]] for row in data["clauses"]) == CHINESE
    assert [(party["label"], party["role"]) for party in data["parties"]] == [("甲方", "client"), ("乙方", "provider")]


def test_clauses_begin_with_who_is_who(contract: Path) -> None:
    lines = run("clauses", contract).text.splitlines()
    assert lines[0].startswith("甲方: client, 青禾茶业有限公司 (")
    assert lines[1].startswith("乙方: provider, 蓝鲸互动文化传媒有限公司 (")


def test_text_in_a_pipe_is_exact(tmp_path: Path) -> None:
    assert run("text", write(tmp_path / "c.txt", "甲\u3000方\u00a0乙方\n")).text == "甲\u3000方\u00a0乙方\n"


@pytest.mark.parametrize("command", ["text", "clauses"])
def test_a_file_that_cannot_be_read(command: str, tmp_path: Path) -> None:
    done = run(command, tmp_path / "none.pdf")
    assert (done.code, done.out) == (3, b"")
    assert "does not exist" in done.err


@pytest.mark.parametrize("command", ["text", "clauses"])
def test_a_folder_is_refused(command: str, tmp_path: Path) -> None:
    done = run(command, tmp_path)
    assert (done.code, done.out) == (2, b"")


def test_a_file_without_text_says_so(tmp_path: Path) -> None:
    done = run("text", pdf_file(tmp_path / "scan.pdf", []), "--ocr", "never")
    assert done.code == 3
    assert "scan.pdf: there is no text in it." in done.err


def test_a_link_that_leads_to_itself_is_named(tmp_path: Path) -> None:
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    done = run("text", str(loop))
    assert (done.code, done.err.strip()) == (3, f"{loop}: is a link that leads nowhere. Check the path.")
