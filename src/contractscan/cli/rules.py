"""`contractscan rules`: list, show, check and start rules."""

from __future__ import annotations

import json
import os
import re
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from contractscan.cli.console import WRONG_CALL, aligned, guarded, harmless, put, say
from contractscan.cli.options import Client, Debug, Houses
from contractscan.errors import UsageError

Topic = Literal["termination", "notice-period", "remaining-fees", "account-ownership", "data-rights"]
Lang = Annotated[Literal["zh", "en"] | None, typer.Option(help="Language of the texts.", show_default="the locale's")]

rules = typer.Typer(
    no_args_is_help=True,
    help="The rules: list, show, check, write.",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _locale_language() -> Literal["zh", "en"]:
    """Chinese where the environment says so."""
    setting = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if setting.lower().startswith("zh") else "en"


@rules.command("list")
@guarded
def list_rules(
    topic: Annotated[Topic | None, typer.Option(help="Only the rules of one topic.")] = None,
    format: Annotated[  # noqa: A002 - the word users know
        Literal["text", "json"], typer.Option("--format", "-f", help="For people or for programs.")
    ] = "text",
    houses: Houses = None,
    lang: Lang = None,
    debug: Debug = False,
) -> None:
    """List every rule by topic, with its severity and title.

    \b
      contractscan rules list --topic account-ownership
      contractscan rules list -f json
    """
    from contractscan.model import TOPICS
    from contractscan.ruleset import Compound, Rule, load_ruleset

    ruleset = load_ruleset(*houses or ())
    items: list[Rule | Compound] = [*ruleset.rules, *ruleset.compounds]
    rows = [
        {
            "id": rule.id,
            "topic": rule.topic,
            "kind": "compound"
            if isinstance(rule, Compound)
            else "clause"
            if rule.detect.zh or rule.detect.en
            else "absence",
            "status": "stable" if isinstance(rule, Compound) else rule.status,
            "effect": "burden" if isinstance(rule, Compound) else rule.effect,
            "severity": rule.severity,
            "title": rule.title.model_dump(),
        }
        for rule in sorted(items, key=lambda rule: (TOPICS.index(rule.topic), rule.id))
        if topic in (None, rule.topic)
    ]
    if format == "json":
        put(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    else:
        put(_listed(rows, lang or _locale_language()))


def _listed(rows: list[dict[str, Any]], language: str) -> str:
    columns = [(f"  {row['id']}", row["kind"], row["effect"], row["severity"], row["title"][language]) for row in rows]
    lines = iter(aligned(columns).splitlines(keepends=True)) if rows else iter(())
    parts = []
    for topic, group in groupby(rows, key=lambda row: row["topic"]):
        parts.append(f"{topic}\n" + "".join(next(lines) for _ in group))
    return "\n".join(parts)


@rules.command("show")
@guarded
def show_rule(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="A rule id, as `rules list` shows it.")],
    lang: Lang = None,
    houses: Houses = None,
    debug: Debug = False,
) -> None:
    """Show one rule: what it means, what it looks for in words, its examples, its sources.

    \b
      contractscan rules show auto-renewal
      contractscan rules show auto-renewal --lang zh
    """
    from contractscan.cli.describe import describe
    from contractscan.ruleset import load_ruleset

    ruleset = load_ruleset(*houses or ())
    said = describe(rule_id, ruleset, lang or _locale_language())
    if said is None:
        raise _unknown(rule_id, [*(rule.id for rule in ruleset.rules), *(risk.id for risk in ruleset.compounds)])
    put(said)


def _unknown(rule_id: str, known: list[str]) -> UsageError:
    from rapidfuzz.process import extract

    near = [str(name) for name, _, _ in extract(rule_id, known, limit=3, score_cutoff=70)]
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    return UsageError(f"unknown rule {rule_id!r}.{hint} `contractscan rules list` shows the ids.")


@rules.command("check")
@guarded
def check(
    folders: Annotated[
        list[Path] | None, typer.Argument(metavar="DIR...", help="Folders of house rules. None: the built-in rules.")
    ] = None,
    debug: Debug = False,
) -> None:
    """Check rule files and run their examples. Prints a line for each problem; exit code 2 when there is one.

    House rules may use the vocabulary of the built-in ones, whose examples are then not run again.

    \b
      contractscan rules check
      contractscan rules check house-rules/
    """
    from contractscan.rulecheck import check_rules

    ruleset, problems = check_rules(*folders or ())
    if problems or ruleset is None:
        put("".join(f"{problem}\n" for problem in problems))
        say(f"{_count(len(problems), 'problem')}.")
        raise typer.Exit(WRONG_CALL)
    flagged = sum(len(rule.examples.flagged) for rule in ruleset.rules)
    clean = sum(len(rule.examples.clean) for rule in ruleset.rules)
    put(
        f"{_count(len(ruleset.rules), 'rule')} and {_count(len(ruleset.compounds), 'compound risk')} are well formed; "
        f"{flagged} flagged and {clean} clean examples hold.\n"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


@rules.command("new")
@guarded
def new(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="The new rule's id, like late-fee-cap.")],
    topic: Annotated[Topic, typer.Option(help="The question that the rule helps to answer.")],
    folder: Annotated[Path, typer.Option("--dir", metavar="DIR", help="Folder of rules to write into.")] = Path(
        "rules"
    ),
    debug: Debug = False,
) -> None:
    """Write a rule file to start from. It passes `rules check` as it stands.

    \b
      contractscan rules new late-fee-cap --topic remaining-fees --dir house-rules
    """
    from contractscan.ruleset import load_ruleset

    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", rule_id):
        raise UsageError(f"{rule_id!r} is no rule id. Write words in small letters with hyphens, like late-fee-cap.")
    path = folder / topic / f"{rule_id}.yaml"
    if path.exists():
        raise UsageError(f"{path}: exists already.")
    ruleset = load_ruleset()
    if ruleset.rule(rule_id) or rule_id in {compound.id for compound in ruleset.compounds}:
        raise UsageError(f"{rule_id!r} is a built-in rule. Choose another id: ids are never reused.")
    template = Path(__file__).with_name("new_rule.yaml").read_text("utf-8")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(template.replace("RULE-ID", rule_id).replace("TOPIC", topic), "utf-8")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from error
    put(f"{path}\n")
    say(f"Fill it in, then: contractscan rules check {folder}")


@rules.command("schema")
@guarded
def schema(debug: Debug = False) -> None:
    """Print the JSON Schema of a rule file, for editors that complete and check YAML.

    \b
      contractscan rules schema > rule.schema.json
    """
    from contractscan.ruleset.schema import rule_schema

    put(json.dumps(rule_schema(), ensure_ascii=False, indent=2) + "\n")


@rules.command("test")
@guarded
def try_out(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="A rule file, or the id of a built-in rule.")],
    contract: Annotated[str, typer.Argument(metavar="FILE", help="The contract to try it on.")],
    client: Client = None,
    every: Annotated[bool, typer.Option("--all", help="Show every sentence, not only those nearly found.")] = False,
    debug: Debug = False,
) -> None:
    """Show what a rule finds in a contract and, sentence by sentence, what keeps it from finding more.

    \b
      contractscan rules test house-rules/termination/lock.yaml contract.pdf
      contractscan rules test auto-renewal contract.pdf --all
    """
    from contractscan.cli.trial import load_rule, try_rule
    from contractscan.readers import read

    found, ruleset = load_rule(rule)
    put(harmless(try_rule(found, ruleset, read(contract), client=client, every=every)))
