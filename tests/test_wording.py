"""Every text that a report can print: both languages, no claim too far, no unregistered law, no fixed label."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from contractscan.model import Bilingual
from contractscan.renderers.labels import LABELS
from contractscan.ruleset import Ruleset, load_ruleset

ROOT = Path(__file__).resolve().parent.parent


class Text(NamedTuple):
    """A text and where it comes from. `own` texts speak to the reader, the others are wording for a contract."""

    where: str
    text: Bilingual
    own: bool = True


RULESET: Ruleset = load_ruleset()


def _rules() -> Iterator[Text]:
    for rule in RULESET.rules:
        for name in ("title", "message", "rationale", "suggestion"):
            yield Text(f"{rule.id}.{name}", getattr(rule, name))
        for number, row in enumerate(rule.escalate):
            if row.message:
                yield Text(f"{rule.id}.escalate.{number}", row.message)
        if rule.absent:
            yield Text(f"{rule.id}.absent", rule.absent.message)
        if rule.fallback:
            yield Text(f"{rule.id}.fallback", rule.fallback, own=False)
    for compound in RULESET.compounds:
        for name in ("title", "message", "rationale", "suggestion"):
            yield Text(f"{compound.id}.{name}", getattr(compound, name))


def _code() -> Iterator[Text]:
    """`Bilingual(zh=…, en=…)` as written in the code; what is filled in is left out."""
    for path in sorted((ROOT / "src" / "contractscan").rglob("*.py")):
        if path.parent.name == "cli":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Bilingual":
                said = {keyword.arg: _words(keyword.value) for keyword in node.keywords}
                if set(said) == {"zh", "en"} and all(said.values()):
                    yield Text(f"{path.name}:{node.lineno}", Bilingual(zh=said["zh"], en=said["en"]))


def _words(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_words(part) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return ""


TEXTS = [*_rules(), *_code(), *(Text(f"label {key}", text) for key, text in LABELS.items())]
OWN = [text for text in TEXTS if text.own]


def test_texts_of_all_origins_are_looked_at() -> None:
    assert len(list(_rules())) > 400
    assert len(list(_code())) > 100


OTHER_LANGUAGE = {"label other_language"}  # the switch is written in the language that it leads to


def test_both_languages_are_there_and_in_their_own_script() -> None:
    def wrong(text: Bilingual) -> bool:
        plain = re.sub(r"\{[^}]*\}|“[^”]*”|\([^)]*\)", "", text.en)
        return bool(text.zh.strip()) != bool(text.en.strip()) or bool(re.search(r"[\u4e00-\u9fff]", plain))

    assert [text for text in TEXTS if wrong(text.text) and text.where not in OTHER_LANGUAGE] == []


# What the domain knowledge forbids to say: each is a legal claim that does not hold.
FORBIDDEN = (
    # the 30% of Art. 65 is measured by the loss, not by the contract price
    (
        r"(?:超过|高于|大于)[^。；]{0,14}(?:总额|总价|金额)[^。；]{0,6}(?:30%|三十)[^。；]{0,14}(?:违法|无效)",
        "30%",
    ),
    (r"(?:exceed|above|over)[^.;]{0,30}30%[^.;]{0,40}\b(?:illegal|unlawful|void|invalid)\b", "30%"),
    # whether Art. 933 applies is disputed
    (r"委托合同[^。；]{0,12}随时解除[^。；]{0,14}(?:所以|因此|你可以|客户可以)", "933"),
    (r"随时(?:可以|都能)(?:走|离开|退出)", "933"),
    (r"\b(?:can|may) (?:simply )?leave (?:at )?any ?time\b", "933"),
    # platforms keep ownership; what the client can have are rights of use
    (r"(?:账号|帐号)(?:的)?所有权(?:归|属于|是)", "ownership of accounts"),
    (r"\b(?:you|the client) owns? the account", "ownership of accounts"),
    # consumer rules do not apply between businesses
    (r"七日无理由|7日无理由|消费者[^。；]{0,10}(?:可以|有权)", "consumers"),
    (r"\bcooling[- ]off\b|\bas a consumer\b", "consumers"),
    # silence on an objection ends nothing by itself
    (r"(?:未|没有|逾期)[^。；]{0,10}异议[^。；]{0,10}(?:合同|协议)(?:即|就|已)[告已经]{0,2}解除", "objection"),
    (r"no objection[^.;]{0,40}\b(?:is|has been) terminated\b", "objection"),
    # no verdicts
    (r"(?:一定|必然|肯定|必定)(?:无效|违法|胜诉|败诉|会被)|违法无效", "verdict"),
    (
        r"\b(?:is|are) (?:certainly|definitely|clearly) (?:illegal|void|invalid|unenforceable)\b|\byou will win\b",
        "verdict",
    ),
)


def _forbidden(text: Bilingual) -> bool:
    return any(re.search(pattern, said, re.I) for pattern, _ in FORBIDDEN for said in (text.zh, text.en))


def test_no_claim_that_does_not_hold() -> None:
    assert [text for text in TEXTS if _forbidden(text.text)] == []


def test_the_forbidden_patterns_catch_what_they_are_for() -> None:
    said = (
        "违约金超过合同总额30%的即违法。", "委托合同可随时解除，所以你可以走。", "账号所有权归客户。",
        "客户可七日无理由退款。", "对方未提出异议的，合同就已解除。", "该条一定无效。",
    )  # fmt: skip
    for text in said:
        assert any(re.search(pattern, text) for pattern, _ in FORBIDDEN), text


IN_THE_CONTRACTS_LABELS = ("rationale", "suggestion")  # these are put into them before they are shown


def test_no_label_is_taken_for_granted() -> None:
    """甲方 is not always the client."""

    def labelled(text: Text) -> bool:
        return bool(re.search(r"甲方|乙方", re.sub(r"“[^”]*”", "", text.text.zh)))

    assert [t for t in OWN if labelled(t) and t.where.rpartition(".")[2] not in IN_THE_CONTRACTS_LABELS] == []


def test_nobody_but_the_reader_is_spoken_to() -> None:
    chinese = re.compile(r"报告(?:应|须|需|可|只|给出|同时)|本工具应|规则应|TODO|FIXME|TBD")
    english = re.compile(r"\bthe report (?:should|must)\b|\bTODO\b|\bFIXME\b", re.I)
    assert [t for t in OWN if chinese.search(t.text.zh) or english.search(t.text.en)] == []


# ----------------------------------------------------------------------- law

REGISTER = yaml.safe_load((ROOT / "rules" / "references.yaml").read_text("utf-8"))
_CITED = "\n".join(entry["citation"]["zh"] for entry in REGISTER.values())
_CIVIL_CODE = {int(n) for n in re.findall(r"民法典[^\n]*?第(\d+)条", _CITED)}
_OTHERS = {int(n) for n in re.findall(r"第(\d+)条", _CITED)}


def _unregistered(said: str) -> set[int]:
    civil = [int(n) for n in re.findall(r"民法典》?第(\d+)条", said)]
    civil += [int(n) for n in re.findall(r"\bArts?\. (\d+)(?: of the)? Civil Code", said)]
    any_law = [int(n) for n in re.findall(r"(?<!\d)(\d{2,4})条", said)]
    return (set(civil) - _CIVIL_CODE) | (set(any_law) - _CIVIL_CODE - _OTHERS)


def test_only_registered_articles_are_cited() -> None:
    assert _unregistered("《民法典》第999条，566条") == {999}
    cited = {text.where: _unregistered(text.text.zh) | _unregistered(text.text.en) for text in OWN}
    assert {where: articles for where, articles in cited.items() if articles} == {}


def test_every_key_that_a_rule_cites_is_registered() -> None:
    cited = {key for rule in (*RULESET.rules, *RULESET.compounds) for key in rule.references}
    assert cited <= set(REGISTER)
