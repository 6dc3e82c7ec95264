"""Every error that contractscan raises on purpose: what it concerns, why, and what the user can do."""

from __future__ import annotations


class ContractScanError(Exception):
    """Base of all errors that a caller may want to catch. `str()` is one clear line for people."""


class ReadError(ContractScanError):
    """A file could not be read. Names the file, the reason and the remedy."""

    def __init__(self, path: str, reason: str, remedy: str = "") -> None:
        super().__init__(path, reason, remedy)
        self.path = path
        self.reason = reason
        self.remedy = remedy

    def __str__(self) -> str:
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{self.path}: {self.reason}{remedy}"


class RuleError(ContractScanError):
    """One or more rule files are wrong. `problems` holds a `file:line: message` for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(self.problems)


class UsageError(ContractScanError):
    """The call itself is wrong: an unknown rule id, an unknown party label, a format that does not exist."""
