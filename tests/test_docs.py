"""What the documents say is so: commands, options, examples, schemas, links, the report in the README."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

import contractscan
from contractscan.model import TOPICS, Evidence, Finding, Overall, Report
from contractscan.renderers import FORMATS

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
import build_rule_docs  # noqa: E402
import build_schemas  # noqa: E402
import update_readme  # noqa: E402

FOLDERS = (".", "docs", "docs/rules", "sample_contracts")
DOCUMENTS = sorted(path for folder in FOLDERS for path in (ROOT / folder).glob("*.md"))
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
PYTHON = [
    pytest.param(code, id=f"{path.name}:{number}")
    for path in READMES
    for number, code in enumerate(re.findall(r"```python\n(.*?)```", path.read_text("utf-8"), re.DOTALL), 1)
]
RULE_FILES = sorted(path for topic in TOPICS for path in (ROOT / "rules" / topic).glob("*.yaml"))


def command(readme: Path, mark: str) -> str:
    found = re.search(rf"<!-- {mark} -->\n```bash\n(.*?)\n```", readme.read_text("utf-8"), re.DOTALL)
    assert found
    return found[1]


# ------------------------------------------------------------------- commands


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_two_commands_bring_their_own_environment(readme: Path) -> None:
    assert command(readme, "report-command") == (
        "python3 -m venv .venv && .venv/bin/pip install -q . && "
        ".venv/bin/contractscan report sample_contracts/douyin-agency.pdf"
    )
    assert command(readme, "test-command") == (
        "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/pytest"
    )


def test_ci_takes_its_test_command_from_the_readme() -> None:
    assert "<!-- test-command -->" in (ROOT / ".ci" / "run").read_text("utf-8")


def report_options() -> set[str]:
    import typer

    from contractscan.cli import app

    group: Any = typer.main.get_command(app)
    named = {option for parameter in group.commands["report"].params for option in parameter.opts}
    return {option for option in named if option.startswith("--")} - {"--help"}


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_every_option_of_report_is_documented_and_no_other(readme: Path) -> None:
    table = re.search(r"`contractscan report [^`]*…`\n\n(.*?)\n\n", readme.read_text("utf-8"), re.DOTALL)
    assert table
    assert set(re.findall(r"--[a-z][a-z-]*", table[1])) - {"--help"} == report_options()


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_every_format_is_documented_and_no_other(readme: Path) -> None:
    table = re.search(r"\| (?:format|格式) \| \|\n\|---\|---\|\n(.*?)\n\n", readme.read_text("utf-8"), re.DOTALL)
    assert table
    named = [name for row in table[1].splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1])]
    assert sorted(named) == sorted(FORMATS)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_is_mentioned_exists(path: Path) -> None:
    import typer

    from contractscan.cli import app

    group: Any = typer.main.get_command(app)
    known = {name: set(getattr(sub, "commands", {})) for name, sub in group.commands.items()}
    mentioned = re.findall(r"(?:^|`|bin/)contractscan ([a-z]+)(?: ([a-z]+))?", path.read_text("utf-8"), re.MULTILINE)
    for name, sub in mentioned:
        assert name in known, name
        assert not known[name] or not sub or sub in known[name], f"{name} {sub}"


# ------------------------------------------------------------------- examples


@pytest.mark.parametrize("code", PYTHON)
def test_python_examples_run(code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README", "exec"), {"__name__": "example"})
    assert capsys.readouterr().out


@pytest.mark.parametrize("path", list(update_readme.READMES), ids=lambda path: path.name)
def test_the_report_in_the_readme_is_the_real_one(path: Path) -> None:
    report = contractscan.scan(update_readme.SAMPLE)
    text = path.read_text("utf-8")
    assert update_readme.BLOCK.search(text)
    assert update_readme.updated(text, report, update_readme.READMES[path]) == text


def test_the_rule_in_the_guide_holds_its_own_examples(tmp_path: Path) -> None:
    from contractscan.rulecheck import check_rules

    guide = (ROOT / "docs" / "rules.md").read_text("utf-8")
    text = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)[0]
    folder = tmp_path / "notice-period"
    folder.mkdir()
    (folder / f"{yaml.safe_load(text)['id']}.yaml").write_text(text, "utf-8")
    assert check_rules(tmp_path).problems == []


def test_the_other_parts_in_the_guide_are_valid() -> None:
    from contractscan.ruleset import CaptureRule, Compound
    from contractscan.ruleset.shape import Absent, Escalation

    guide = (ROOT / "docs" / "rules.md").read_text("utf-8")
    _, capture, escalate, extending, absent, compound = map(
        yaml.safe_load, re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    )
    assert extending["extends"] == "auto-renewal"
    kinds = [CaptureRule.model_validate(rule).kind for rule in capture["capture"].values()]
    assert kinds == ["party", "duration", "party"]
    assert [Escalation.model_validate(row).severity for row in escalate["escalate"]] == ["high", "critical"]
    assert Absent.model_validate(absent["absent"]).satisfied_by == ("account-handover-duty",)
    assert Compound.model_validate(compound).id == "lock-in"


def test_the_pages_of_the_rules_are_current() -> None:
    wanted = build_rule_docs.pages()
    assert set(build_rule_docs.FOLDER.rglob("*.md")) == set(wanted)
    stale = [str(path.relative_to(ROOT)) for path, text in wanted.items() if path.read_text("utf-8") != text]
    assert stale == []  # python scripts/build_rule_docs.py


# -------------------------------------------------------------------- schemas


@pytest.mark.parametrize("path", list(build_schemas.schemas()), ids=lambda path: path.name)
def test_schemas_are_current(path: Path) -> None:
    assert path.read_text("utf-8") == build_schemas.schemas()[path]


@pytest.mark.parametrize("name", ["douyin-agency.pdf", "en-agency.docx", "clean/news.txt"])
def test_reports_keep_their_schema(name: str) -> None:
    schema = json.loads((ROOT / "docs" / "report.schema.json").read_text("utf-8"))
    report = contractscan.scan(ROOT / "sample_contracts" / name)
    Draft202012Validator(schema).validate(json.loads(report.model_dump_json()))


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.stem)
def test_rule_files_keep_their_schema(path: Path) -> None:
    schema = json.loads((ROOT / "docs" / "rule.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(yaml.safe_load(path.read_text("utf-8")))


@pytest.mark.parametrize("model", [Report, Finding, Overall, Evidence], ids=lambda model: model.__name__)
def test_every_field_of_the_report_is_documented(model: Any) -> None:
    text = (ROOT / "docs" / "report.md").read_text("utf-8")
    assert [name for name in model.model_fields if f"`{name}" not in text and f".{name}`" not in text] == []


# ---------------------------------------------------------------------- links


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text("utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []
