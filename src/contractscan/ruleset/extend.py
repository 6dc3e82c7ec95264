"""House rules that take after a built-in rule: `extends: auto-renewal` and the keys that differ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from contractscan.ruleset.strict_yaml import Location

# What decides whether an example of the extended rule still holds: other patterns find other sentences, other
# severities and captures make its promises void.
_FINDS = {"detect", "unless", "scope"}
_WEIGHS = {"severity", "escalate", "capture"}


class Written:
    """The data of the rules read so far, complete. A rule may extend those of the folders before its own."""

    def __init__(self) -> None:
        self._before: dict[str, dict[str, Any]] = {}
        self._here: dict[str, dict[str, Any]] = {}
        self._root: Path | None = None

    def complete(
        self, data: dict[str, Any], lines: dict[Location, int], *, root: Path | None
    ) -> tuple[dict[str, Any], dict[Location, int], str | None]:
        """`data` with what it takes from the rule that it extends, lines to match, and that rule's id if unknown.

        A key that is given replaces the whole key; examples are added to. What is taken over stands, for messages, on
        the line of `extends`.
        """
        if root != self._root:
            self._before |= self._here
            self._here, self._root = {}, root
        name = data.get("extends")
        if name is not None:
            base = self._before.get(str(name))
            if base is None:
                return data, lines, str(name)
            taken = {key: value for key, value in base.items() if key not in data}
            if "examples" in data or data.keys() & (_FINDS | _WEIGHS):
                taken["examples"] = _examples(base.get("examples") or {}, data)
            lines = lines | {(key,): lines["extends",] for key in taken if (key,) not in lines}
            data = {**data, **taken}
        if isinstance(data.get("id"), str):
            self._here[data["id"]] = data
        return data, lines, None


def _examples(base: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """Own examples first, so that they keep their lines; then those of the extended rule that still hold."""
    own = data.get("examples") or {}
    if not isinstance(own, dict) or data.keys() & _FINDS:
        return own  # refused, if it is no mapping, when the rule is validated
    void = {"severity", "captures"} if data.keys() & _WEIGHS else set()
    taken = {
        kind: [{key: value for key, value in example.items() if key not in void} for example in base.get(kind) or ()]
        for kind in ("flagged", "clean")
    }
    return {**own, **{kind: [*(own.get(kind) or ()), *taken[kind]] for kind in taken}}
