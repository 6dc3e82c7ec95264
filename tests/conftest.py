from __future__ import annotations

import os

import pytest
from hypothesis import settings

# On a build server a red run must be red again; elsewhere every run tries other texts.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the expected reports in sample_contracts/ from this run"
    )
