"""Who is client, who is provider, by which names, and where they stand in the text.

`resolve_parties` reads labels, names and aliases, and gives each party a role by evidence (who engages, who pays, who
renders the service), never by the label 甲方; `find_mentions` finds them throughout; `label_conflicts` reports a name
that stands under two labels.
"""

from __future__ import annotations

from contractscan.parties.conflicts import label_conflicts
from contractscan.parties.resolve import find_mentions, resolve_parties

__all__ = ["find_mentions", "label_conflicts", "resolve_parties"]
