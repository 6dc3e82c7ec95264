"""The provider's view of findings that rules state for the client."""

from __future__ import annotations

from contractscan.model import Finding


def seen_by_provider(finding: Finding) -> Finding:
    """What burdens the client protects the provider, and the other way round.

    A protection of the client weighs medium, unless the rule says more: how much it costs the provider is not known.
    """
    if finding.effect == "burden":
        return finding.model_copy(update={"effect": "protection", "severity": "info"})
    if finding.effect == "protection":
        severity = "medium" if finding.severity in ("info", "low") else finding.severity
        return finding.model_copy(update={"effect": "burden", "severity": severity})
    return finding
