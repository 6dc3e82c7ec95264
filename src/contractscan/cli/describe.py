"""A rule in words, for people who want to know what it looks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from contractscan.model import Bilingual, InconsistencyKind, Language
from contractscan.ruleset import Alternative, Comparison, Compound, Condition, Rule, Ruleset, Term
from contractscan.ruleset.patterns import BUILT_IN

Words = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")

_INSERT = re.compile(r"\$\{([a-z][a-z0-9-]*)(?::([a-z][a-z0-9_]*))?\}")
_LABELS: dict[str, tuple[str, str]] = {
    "topic": ("主题", "topic"),
    "severity": ("严重程度", "severity"),
    "effect": ("对委托方", "for the client"),
    "status": ("状态", "status"),
    "message": ("报告用语", "The report says"),
    "rationale": ("为什么重要", "Why it matters"),
    "suggestion": ("怎么办", "What to do"),
    "fallback": ("建议条款", "Wording to ask for"),
    "extends": ("沿用自", "extends"),
    "standard": ("本机构标准文本", "House standard"),
    "escalate": ("严重程度变化", "Severity changes"),
    "detect": ("识别方式", "What it looks for"),
    "headings": ("只在这些标题下", "Only under the headings"),
    "values": ("读取的数值", "Values read"),
    "absent": ("没有时", "When it is missing"),
    "flagged": ("命中的例句", "Examples that it finds"),
    "clean": ("不命中的例句", "Examples that it leaves alone"),
    "references": ("依据", "Sources"),
    "vocabulary": ("词表", "Vocabulary"),
    "when": ("同时成立时", "When together"),
}
_GLOSS: dict[str, tuple[str, str]] = {
    "client": ("委托方", "the client"),
    "provider": ("服务方", "the provider"),
    "both": ("双方", "both parties"),
    "third": ("第三方", "a third party"),
    "other": ("对方", "the other party"),
    "party": ("一方", "a party"),
    "duration": ("期间", "a duration"),
    "money": ("金额", "an amount of money"),
    "percentage": ("比例", "a percentage"),
    "date": ("日期", "a date"),
}
_INCONSISTENCIES: dict[InconsistencyKind, tuple[str, str]] = {
    "blanks": ("期限、金额、日期、账号或地址留空", "periods, amounts, dates, accounts or addresses left blank"),
    "other_blanks": ("其他空白", "other blanks"),
    "signature_blanks": ("签署处留空", "blanks at the signatures"),
    "amounts": ("金额大写与小写不同", "amounts in words and figures differ"),
    "references": ("引用的条款不存在", "references to clauses that are not there"),
    "options": ("未勾选的选项", "options not ticked"),
    "annexes": ("正文与附件的数值不同", "other values in an annex than in the body"),
    "notice_periods": ("同一方的通知期不同", "different notice periods for one party"),
    "renewal_windows": ("不续约通知期不同", "different notice periods for not renewing"),
    "days": ("工作日与日混用而无定义", "business days and days mixed and not defined"),
    "title": ("名称与内容不符", "a title that does not fit the content"),
    "parties": ("当事人称谓混乱", "labels of the parties mixed up"),
}
_SHOWN_WORDS = 12
_BOUNDED = re.compile(r"\[\^[^\]]*\]\{[0-9]*,[0-9]+\}\??|(?<!\\)\.\{[0-9]*,[0-9]+\}\??")
_MARK = "[\ue000-\uf8ff]"  # parties and quantities stand in an expanded entry as private-use characters
_MARKED = re.compile(rf"\(\?:(?:{_MARK}|\[{_MARK}+\])\+\)|(?:{_MARK}|\[{_MARK}+\])\+|{_MARK}")


def describe(rule_id: str, ruleset: Ruleset, language: Words) -> str | None:
    """A rule or a compound risk in words, None when there is none of that id."""
    rule = ruleset.rule(rule_id)
    if rule is not None:
        return describe_rule(rule, ruleset, language)
    compound = next((compound for compound in ruleset.compounds if compound.id == rule_id), None)
    return None if compound is None else describe_compound(compound, ruleset, language)


def describe_rule(rule: Rule, ruleset: Ruleset, language: Words) -> str:
    """Everything that the rule file says, readable without knowing its syntax."""
    lines = [*_head(rule, language), f"{label('effect', language)}: {rule.effect}"]
    lines.append(f"{label('status', language)}: {rule.status}")
    if rule.extends:
        lines.append(f"{label('extends', language)}: {rule.extends}")
    lines += _prose(rule, language)
    if rule.fallback:
        lines += ["", f"{label('fallback', language)}: {rule.fallback.get(language)}"]
    if rule.standard:
        lines += ["", f"{label('standard', language)}:"]
        lines += [f"  ({of}) {wording}" for of in LANGUAGES if (wording := rule.standard.get(of))]
    if rule.escalate:
        lines += ["", f"{label('escalate', language)}:"]
        lines += [f"  {row.severity}: {condition(row.condition, language)}" for row in rule.escalate]
    if rule.scope.heading:
        lines += ["", f"{label('headings', language)}: {', '.join(rule.scope.heading)}"]
    for of in LANGUAGES:
        if rule.detect.get(of):
            lines += ["", f"{label('detect', language)} ({of}):", *recognition(rule, of, language)]
            lines += _vocabulary(rule.detect.get(of), ruleset, of, language)
    if rule.capture:
        lines += ["", f"{label('values', language)}:"]
        lines += [f"  {name}: {_gloss(capture.kind, language)}" for name, capture in rule.capture.items()]
    if rule.absent:
        lines += [
            "",
            f"{label('absent', language)}:",
            f"  {rule.absent.severity}: {rule.absent.message.get(language)}",
        ]
        others = [name for name in rule.absent.satisfied_by if name != rule.id]
        if others:
            lines.append(f"  {_say(language, '以下任一项可满足', 'satisfied by any of')}: {', '.join(others)}")
    if rule.examples.flagged:
        lines += ["", f"{label('flagged', language)}:"]
        for example in rule.examples.flagged:
            values = ", ".join(f"{name} = {value}" for name, value in example.captures.items())
            lines.append(f"  + {example.text}{f'  [{values}]' if values else ''}")
    if rule.examples.clean:
        lines += ["", f"{label('clean', language)}:"]
        for clean in rule.examples.clean:
            lines.append(f"  - {clean.text}{f'  [{clean.because}]' if clean.because else ''}")
    lines += _references(rule.references, ruleset, language)
    return "\n".join(lines) + "\n"


def recognition(rule: Rule, of: Language, language: Words) -> Iterator[str]:
    """The ways by which the rule recognises a clause in the language `of`, in words."""
    for number, way in enumerate(rule.detect.get(of), 1):
        yield from _way(number, way, language)
    for pattern in rule.unless.get(of):
        yield f"  {_say(language, '都不得含', 'never with')}: {gist(pattern, language)}"


def describe_compound(compound: Compound, ruleset: Ruleset, language: Words) -> str:
    """A compound risk with its condition in words."""
    lines = [*_head(compound, language), *_prose(compound, language)]
    lines += ["", f"{label('when', language)}:", *term_lines(compound.when, language, 1)]
    lines += _references(compound.references, ruleset, language)
    return "\n".join(lines) + "\n"


def _say(language: Words, zh: str, en: str) -> str:
    return Bilingual(zh=zh, en=en).get(language)


def label(key: str, language: Words) -> str:
    return _say(language, *_LABELS[key])


def _gloss(name: str, language: Words) -> str:
    return _say(language, *_GLOSS[name]) if name in _GLOSS else name


def _head(rule: Rule | Compound, language: Words) -> list[str]:
    title = f"{rule.title.get(language)} ({rule.id})"
    return [
        title,
        "",
        f"{label('topic', language)}: {rule.topic}",
        f"{label('severity', language)}: {rule.severity}",
    ]


def _prose(rule: Rule | Compound, language: Words) -> Iterator[str]:
    for key, text in (("message", rule.message), ("rationale", rule.rationale), ("suggestion", rule.suggestion)):
        yield ""
        yield f"{label(key, language)}: {text.get(language)}"


def _way(number: int, way: Alternative, language: Words) -> Iterator[str]:
    """One alternative: what must stand in the sentence, what must not."""
    first = True
    for pattern in way.all:
        lead = f"{number}." if first else f"   {_say(language, '且', 'and')}"
        yield f"  {lead} {gist(pattern, language)}"
        first = False
    if way.any:
        lead = f"{number}." if first else f"   {_say(language, '且', 'and')}"
        patterns = f" {_say(language, '或', 'or')} ".join(gist(pattern, language) for pattern in way.any)
        yield f"  {lead} {patterns}"
    for pattern in way.unless:
        yield f"     {_say(language, '但不含', 'but not')} {gist(pattern, language)}"
    if way.heading:
        yield f"     {label('headings', language)}: {', '.join(way.heading)}"
    if way.tokens:
        yield f"     {_say(language, '且符合词序列（spaCy）', 'and a token sequence (spaCy)')}: {len(way.tokens)}"


def gist(pattern: str, language: Words) -> str:
    """`提前…${duration:period}…${notify}` → 「提前 … [a duration → period] … [notify]」."""

    def insert(match: re.Match[str]) -> str:
        name = _gloss(match[1], language)
        return f"[{name} → {match[2]}]" if match[2] else f"[{name}]"

    return f"「{_gaps(_INSERT.sub(insert, pattern))}」"


def _gaps(pattern: str) -> str:
    """Bounded gaps as an ellipsis, and no signs for word ends."""
    text = _BOUNDED.sub(" … ", pattern).replace(r"\b", "").replace(r"\s+", " ").replace("~", " … ").replace("…", " … ")
    return " ".join(text.split())


def _vocabulary(ways: Sequence[Alternative], ruleset: Ruleset, of: Language, language: Words) -> Iterator[str]:
    """The words behind the [names] of the patterns, shortened."""
    named = [match[1] for way in ways for p in (*way.all, *way.any, *way.unless) for match in _INSERT.finditer(p)]
    entries = [name for name in dict.fromkeys(named) if name in ruleset.vocabulary.get(of, {})]
    if entries:
        yield f"  {label('vocabulary', language)}:"
    for name in entries:
        words = list(
            _cut(_gaps(_MARKED.sub(lambda match: _marked(match, language), ruleset.vocabulary[of][name])), "|")
        )
        shown = " | ".join(words[:_SHOWN_WORDS]) + (" | …" if len(words) > _SHOWN_WORDS else "")
        yield f"    [{name}] = {shown}"


def parts(pattern: str) -> list[str]:
    """What stands between the gaps of a pattern; all of it when it is a choice."""
    if len(list(_cut(pattern, "|"))) > 1:
        return [pattern]
    return [part for part in _cut(_BOUNDED.sub("…", pattern), "…~") if part]


def _cut(pattern: str, separators: str) -> Iterator[str]:
    """Cut at the separators that stand outside every group."""
    depth, part = 0, ""
    for character in pattern:
        depth += (character in "([") - (character in ")]")
        if character in separators and depth == 0:
            yield part
            part = ""
        else:
            part += character
    yield part


def _marked(match: re.Match[str], language: Words) -> str:
    """The name of a run of mark characters, or of a choice between several."""
    names = [name for name, marks in BUILT_IN.items() if match[0] in (marks, f"(?:{marks})")]
    return f"[{_gloss(names[0], language)}]" if names else ""


def condition(condition: Condition, language: Words) -> str:
    parts = [_comparison(name, test, language) for name, test in condition.captures.items()]
    for key, zh, en in (("matches", "含", "with"), ("lacks", "不含", "without")):
        patterns = getattr(condition, key)
        if patterns:
            shown = [gist(pattern, language) for pattern in (*patterns.zh, *patterns.en)]
            parts.append(f"{_say(language, zh, en)} {_say(language, ' 或 ', ' or ').join(shown)}")
    return _say(language, " 且 ", " and ").join(parts)


def _comparison(name: str, test: Comparison, language: Words) -> str:
    words = {
        "gt": ("大于", "is more than"),
        "gte": ("不小于", "is at least"),
        "lt": ("小于", "is less than"),
        "lte": ("不大于", "is at most"),
        "eq": ("为", "is"),
    }
    parts = [
        f"{name} {_say(language, *words[key])} {getattr(test, key)}" for key in words if getattr(test, key) is not None
    ]
    if test.is_in:
        parts.append(f"{name} {_say(language, '为', 'is')} {_say(language, ' 或 ', ' or ').join(test.is_in)}")
    if test.known is not None:
        state = _say(language, "已写明", "is stated") if test.known else _say(language, "未写明", "is not stated")
        parts.append(f"{name} {state}")
    return _say(language, " 且 ", " and ").join(parts)


def term_lines(term: Term, language: Words, depth: int) -> Iterator[str]:
    indent = "  " * depth
    groups: Iterable[tuple[str, tuple[Term, ...] | None]] = (
        (_say(language, "全部成立", "all of"), term.all),
        (_say(language, "任一成立", "any of"), term.any),
        (_say(language, "均不成立", "none of"), term.none),
    )
    for lead, parts in groups:
        if parts is not None:
            yield f"{indent}{lead}:"
            for part in parts:
                yield from term_lines(part, language, depth + 1)
    if term.found is not None:
        narrowed = [condition(term.where, language)] if term.where else []
        narrowed += [f"{label('effect', language)}: {term.effect}"] if term.effect else []
        narrowed += [f"{label('severity', language)} ≥ {term.at_least}"] if term.at_least else []
        where = f" ({_say(language, '；', '; ').join(narrowed)})" if narrowed else ""
        yield f"{indent}{_say(language, '有', 'found')}: {_say(language, ' 或 ', ' or ').join(term.found)}{where}"
    if term.missing is not None:
        yield f"{indent}{_say(language, '未见', 'missing')}: {term.missing}"
    if term.inconsistency is not None:
        kind = _say(language, *_INCONSISTENCIES[term.inconsistency])
        yield f"{indent}{_say(language, '合同文字', 'the text')}: {kind}"
    if term.compare is not None:
        left, right = ".".join(term.compare.left), ".".join(term.compare.right)
        times = f"{term.compare.times:g} × " if term.compare.times != 1 else ""
        yield f"{indent}{left} {_say(language, '大于', 'is more than')} {times}{right}"
        for side, test in ((left, term.compare.left_if), (right, term.compare.right_if)):
            if test:
                yield f"{indent}  {side}: {condition(test, language)}"
        if term.compare.apart_from:
            apart = _say(language, "不计同一句中另有这些规则的", "not in a sentence with")
            yield f"{indent}  {apart}: {', '.join(term.compare.apart_from)}"


def _references(keys: Sequence[str], ruleset: Ruleset, language: Words) -> Iterator[str]:
    statutes = [ruleset.statutes[key] for key in keys if key in ruleset.statutes]
    if statutes:
        yield ""
        yield f"{label('references', language)}:"
    for statute in statutes:
        yield f"  {statute.citation.get(language)} [{statute.status}]: {statute.gist.get(language)}"
