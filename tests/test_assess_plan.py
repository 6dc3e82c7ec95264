"""What only the client knows reaches the assessment, from the library, from worker processes and from the command."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest

import contractscan
from cli_runs import CHINESE, run


def test_amounts_may_be_written_as_text() -> None:
    scanner = contractscan.Scanner(paid="120000", monthly_fee=Decimal("1250.50"))
    assert scanner.scan(CHINESE.encode(), name="合同.txt").overall.reviewed


@pytest.mark.parametrize("amount", ["twelve", "-1", "NaN", "Infinity"])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    with pytest.raises(contractscan.UsageError, match="is no amount of money"):
        contractscan.Scanner(paid=amount)


def test_the_command_takes_them(tmp_path: Path) -> None:
    path = tmp_path / "合同.txt"
    path.write_text(CHINESE, "utf-8")
    options = ["--as-of", "2026-09-01", "--terminate-on", "2026-10-01", "--paid", "120,000", "--monthly-fee", "20000"]
    assert run("report", str(path), *options).code == 0


@pytest.mark.parametrize("option", ["--paid", "--monthly-fee"])
def test_the_command_says_what_an_amount_looks_like(option: str, tmp_path: Path) -> None:
    path = tmp_path / "合同.txt"
    path.write_text(CHINESE, "utf-8")
    done = run("report", str(path), option, "一万")
    assert done.code == 2
    assert "Write it as 120000" in done.err


def test_workers_know_the_plan() -> None:
    scanner = contractscan.Scanner(as_of=datetime.date(2026, 9, 1))
    alone = scanner.scan(CHINESE.encode())
    shared = list(scanner.scan_many([CHINESE.encode(), CHINESE.encode()], workers=2))
    assert [getattr(report, "key_dates", None) for report in shared] == [alone.key_dates] * 2
