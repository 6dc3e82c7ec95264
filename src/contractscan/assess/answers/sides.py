"""Who asks, what the contract calls them, and what a reply to one question is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from contractscan.assess.wording import cited
from contractscan.model import Bilingual, Finding
from contractscan.ruleset.words import named


class Sides(NamedTuple):
    """Who asks, who is the other party, and what the contract calls them."""

    us: str
    them: str
    labels: Mapping[str, str]

    def name(self, role: str) -> Bilingual:
        return named(role, self.labels)


class Reply(NamedTuple):
    """The parts of a headline, the findings they rest on, and whether a fact that decides is not known."""

    parts: list[Bilingual]
    cited: list[Finding]
    unclear: bool = False

    def say(self, hits: Sequence[Finding], zh: str, en: str) -> bool:
        """One line with the place of the first of `hits`; False and nothing said where there is none."""
        if not hits:
            return False
        self.parts.append(cited(Bilingual(zh=zh, en=en), hits[0]))
        self.cited.append(hits[0])
        return True
