"""Rule folders → Ruleset: which files, what the cache holds of them, and which of their rules."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from contractscan.errors import RuleError, UsageError
from contractscan.model import TOPICS
from contractscan.ruleset.build import RuleFile, build_ruleset
from contractscan.ruleset.shape import Compound, Rule, Ruleset

_CACHE_FORMAT = "2"


def built_in_rules() -> Path:
    """The folder of the rules that ship with contractscan: inside the package, or at the top of the checkout."""
    packaged = Path(str(files("contractscan"))) / "rules"
    if packaged.is_dir():
        return packaged
    return Path(str(files("contractscan"))).parent.parent / "rules"


def load_ruleset(
    *folders: str | Path,
    built_in: bool = True,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    cache: bool = True,
) -> Ruleset:
    """Load the built-in rules and those of `folders`, which may override built-in ids.

    `select` and `ignore` take rule ids or topics. Raises RuleError with every `file:line: message`, UsageError on an
    unknown id or a folder that does not exist.
    """
    roots = [built_in_rules()] if built_in else []
    for folder in folders:
        path = Path(folder)
        if not path.is_dir():
            raise UsageError(f"{folder}: no such rules folder. Give a folder that holds rule files (*.yaml).")
        roots.append(path)
    sources = list(_read_files(roots))
    digest = _digest(sources)
    ruleset = _from_cache(digest) if cache else None
    if ruleset is None:
        ruleset = build_ruleset(sources, roots, digest)
        if cache:
            _to_cache(ruleset)
    return choose_rules(ruleset, tuple(select), tuple(ignore))


# ------------------------------------------------------------------- reading


def _read_files(roots: Sequence[Path]) -> Iterator[RuleFile]:
    for root in roots:
        for path in sorted(root.rglob("*.yaml")):
            if any(part.startswith(".") for part in path.relative_to(root).parts):
                continue
            try:
                text = path.read_text("utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise RuleError([f"{path}:1: cannot be read as UTF-8 text: {error}"]) from error
            yield RuleFile(path, str(path), text)


def _digest(sources: Sequence[RuleFile]) -> str:
    digest = hashlib.sha256(f"{_CACHE_FORMAT} {version('contractscan')}".encode())
    # What they make of the files is what the cache holds.
    for module in ("build", "extend", "shape", "patterns", "prefilter", "tokens"):
        digest.update(Path(__file__).with_name(f"{module}.py").read_bytes())
    for file in sources:
        digest.update(f"\0{file.path.parent.name}/{file.path.name}\0{file.text}".encode())
    return digest.hexdigest()


def _cache_path(digest: str) -> Path | None:
    if os.environ.get("CONTRACTSCAN_NO_CACHE"):
        return None
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    return Path(base, "contractscan", f"rules-{digest[:32]}.json") if base else None


def _from_cache(digest: str) -> Ruleset | None:
    path = _cache_path(digest)
    if path is None:
        return None
    try:
        ruleset = Ruleset.model_validate_json(path.read_bytes())
    except (OSError, ValueError):
        return None
    return ruleset if ruleset.digest == digest else None


def _to_cache(ruleset: Ruleset) -> None:
    path = _cache_path(ruleset.digest)
    if path is None:
        return
    with suppress(OSError):  # a cache that cannot be written costs time, nothing else
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(ruleset.model_dump_json(by_alias=True, exclude_defaults=True))
        Path(temporary).replace(path)


def choose_rules(ruleset: Ruleset, select: tuple[str, ...], ignore: tuple[str, ...]) -> Ruleset:
    """`ruleset` with the rules of `select` (all, when it is empty) but those of `ignore`: rule ids or topics."""
    known = {rule.id for rule in ruleset.rules} | {c.id for c in ruleset.compounds} | set(TOPICS)
    for name in (*select, *ignore):
        if name not in known:
            raise UsageError(f"unknown rule {name!r}. `contractscan rules list` shows the ids.")
    if not select and not ignore:
        return ruleset

    def chosen(item: Rule | Compound) -> bool:
        return (not select or item.id in select or item.topic in select) and not {item.id, item.topic} & set(ignore)

    chosen_rules = tuple(rule for rule in ruleset.rules if chosen(rule))
    chosen_compounds = tuple(compound for compound in ruleset.compounds if chosen(compound))
    named = json.dumps([sorted(select), sorted(ignore)])
    digest = hashlib.sha256(f"{ruleset.digest} {named}".encode()).hexdigest()
    return ruleset.model_copy(update={"rules": chosen_rules, "compounds": chosen_compounds, "digest": digest})
