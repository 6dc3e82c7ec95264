"""contractscan reviews service contracts before a client leaves an agency.

import contractscan
report = contractscan.scan("contract.pdf")
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contractscan.config import Config, load_config
    from contractscan.errors import ContractScanError, ReadError, RuleError, UsageError
    from contractscan.model import Clause, Document, Finding, Party, Quantity, Report, Span
    from contractscan.quantities import find_quantities
    from contractscan.readers import read
    from contractscan.readers.limits import Limits, ReadOptions
    from contractscan.renderers import render
    from contractscan.ruleset import Rule, Ruleset, load_ruleset
    from contractscan.scan import Review, Scanner, scan
    from contractscan.segment import segment

_HOMES = {
    "contractscan.config": ("Config", "load_config"),
    "contractscan.errors": ("ContractScanError", "ReadError", "RuleError", "UsageError"),
    "contractscan.model": ("Clause", "Document", "Finding", "Party", "Quantity", "Report", "Span"),
    "contractscan.quantities": ("find_quantities",),
    "contractscan.readers": ("read",),
    "contractscan.readers.limits": ("Limits", "ReadOptions"),
    "contractscan.renderers": ("render",),
    "contractscan.ruleset": ("Rule", "Ruleset", "load_ruleset"),
    "contractscan.scan": ("Review", "Scanner", "scan"),
    "contractscan.segment": ("segment",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Clause",
    "Config",
    "ContractScanError",
    "Document",
    "Finding",
    "Limits",
    "Party",
    "Quantity",
    "ReadError",
    "ReadOptions",
    "Report",
    "Review",
    "Rule",
    "RuleError",
    "Ruleset",
    "Scanner",
    "Span",
    "UsageError",
    "find_quantities",
    "load_config",
    "load_ruleset",
    "read",
    "render",
    "scan",
    "segment",
]


def __getattr__(name: str) -> Any:
    """Load a room when its name is first used: importing the package alone costs next to nothing."""
    if name not in _HOME:
        raise AttributeError(f"module 'contractscan' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


class _Package(ModuleType):
    """Keeps `contractscan.scan` and `contractscan.segment` functions: importing the rooms of the same names would
    otherwise bind the modules in their place."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _HOME and isinstance(value, ModuleType):
            value = getattr(value, name)
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
