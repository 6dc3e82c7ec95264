"""Findings in the words and from the side of the reader."""

from __future__ import annotations

import re
from collections.abc import Mapping

from contractscan.model import Bilingual, Finding
from contractscan.ruleset.words import ROLES, named


def seen_by_provider(finding: Finding) -> Finding:
    """What burdens the client protects the provider, and the other way round.

    A protection of the client weighs medium, unless the rule says more: how much it costs the provider is not known.
    What a rule advises the client to do becomes what the other side may do; wording to offer falls away.
    """
    advice = Bilingual(zh=f"客户方可能：{finding.suggestion.zh}", en=f"The client may: {finding.suggestion.en}")
    finding = finding.model_copy(update={"suggestion": advice, "fallback": None})
    if finding.effect == "burden":
        return finding.model_copy(update={"effect": "protection", "severity": "info"})
    if finding.effect == "protection":
        severity = "medium" if finding.severity in ("info", "low") else finding.severity
        return finding.model_copy(update={"effect": "burden", "severity": severity})
    return finding


_PARTIES = re.compile(r"甲方|乙方")
_ENGLISH = re.compile(r"\b(?:the )?(Client|Agency)\b")
_LATIN = re.compile(r"^[A-Za-z][A-Za-z .&'-]*$")


def in_their_words(finding: Finding, labels: Mapping[str, str]) -> Finding:
    """The texts with the contract's own labels. Rules call the client 甲方 or Client, the provider 乙方 or Agency.

    A contract may call the provider 甲方: wording to offer would then give away what it is to keep. Without known
    roles the neutral 客户 and 服务商 stand.
    """
    client, provider = labels.get("client", ROLES["client"][0]), labels.get("provider", ROLES["provider"][0])
    chinese = {"甲方": named("client", labels).zh, "乙方": named("provider", labels).zh}
    english = {"Client": client, "Agency": provider} if _LATIN.match(client) and _LATIN.match(provider) else {}

    def said(text: Bilingual) -> Bilingual:
        zh = _PARTIES.sub(lambda match: chinese[match[0]], text.zh)
        en = _ENGLISH.sub(lambda match: english.get(match[1], match[0]), text.en)
        return text if (zh, en) == (text.zh, text.en) else Bilingual(zh=zh, en=en)

    return finding.model_copy(
        update={
            "rationale": said(finding.rationale),
            "suggestion": said(finding.suggestion),
            "fallback": said(finding.fallback) if finding.fallback else None,
        }
    )
