"""The public names of the package, whichever way they are reached."""

from __future__ import annotations

import subprocess
import sys

import pytest

import contractscan


@pytest.mark.parametrize("name", contractscan.__all__)
def test_every_public_name_exists(name: str) -> None:
    assert getattr(contractscan, name) is not None


@pytest.mark.parametrize(
    "first",
    [
        "contractscan.scan",
        "contractscan.Scanner",
        "from contractscan.scan import Scanner",
        "import contractscan.segment, contractscan.readers",
        "contractscan.segment",
    ],
)
def test_functions_that_share_a_room_s_name_are_functions_in_any_order(first: str) -> None:
    code = (
        f"import contractscan; {first}; "
        "print(contractscan.scan.__name__, contractscan.segment.__name__, contractscan.read.__name__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == ["scan", "segment", "read"]


def test_importing_the_package_imports_no_room() -> None:
    code = "import sys, contractscan; print([name for name in sys.modules if name.startswith('contractscan.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"
