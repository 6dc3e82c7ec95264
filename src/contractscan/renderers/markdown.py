"""The report as Markdown: the whole outline, with everything from the contract escaped."""

from __future__ import annotations

import re

from contractscan.model import Bilingual, Evidence, Report
from contractscan.renderers.labels import LABELS
from contractscan.renderers.options import Options
from contractscan.renderers.outline import BRIEF, Entry, outline
from contractscan.renderers.wording import one_line

# ASCII punctuation that can open or close something in CommonMark or in GitHub's tables, anywhere in a line.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!$@])")
# What means something only at the start of a line: lists, quotes, headings, rules.
_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([-+=])")
# GitHub turns bare addresses into links; a report never links to where a contract points.
_LINK = re.compile(r"(https?|ftp)(:)//|\b(www)(\.)", re.IGNORECASE)


def escape(text: str) -> str:
    """`text` as one line that Markdown shows letter for letter."""
    line = _SPECIAL.sub(r"\\\1", one_line(text))
    line = _LINK.sub(lambda m: f"{m[1]}\\://" if m[1] else f"{m[3]}\\.", line)
    return _START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", line)


def render_markdown(report: Report, options: Options) -> str:
    """The outline as Markdown; ends with one line break."""
    language = options.language
    content = outline(report)
    lines = [f"# {_say(content.title, language)}", ""]
    lines += [_item(_say(name, language), value, language) for name, value in content.facts]
    lines += ["", f"## {_labelled('overall', language)}{_label(content.severity, language)}", ""]
    for text in (content.counts, content.basis):
        if said := _say(text, language):
            lines += [said, ""]
    if content.answers:
        lines += [f"## {_label('answers', language)}", ""]
        for answer in content.answers:
            headline, *cited = answer.lines
            badge = f" \\[{_label(answer.badge, language)}\\]" if answer.badge else ""
            head = f"- **{_say(answer.title, language)}**{badge}"
            source = "".join(f" _({_labelled(key, language)}{_say(text, language)})_" for key, text in cited)
            lines.append(f"{head} {_say(headline[1], language)}{source}")
        lines.append("")
    if content.first_steps:
        lines += [f"## {_label('first_steps', language)}", ""]
        lines += [f"{number}. {_say(step.title, language)}" for number, step in enumerate(content.first_steps, 1)]
        lines.append("")
    for section in content.sections:
        lines += [f"## {_say(section.title, language)}", ""]
        for entry in section.entries:
            lines += _entry(entry, language, brief=section.brief)
        if lines[-1]:
            lines.append("")
    lines += ["---", "", _say(content.disclaimer, language)]
    return "\n".join(lines) + "\n"


def _entry(entry: Entry, language: str, *, brief: bool) -> list[str]:
    if entry.passages and not brief:
        return _explained(entry, language)
    return _listed(entry, language, brief=brief)


def _explained(entry: Entry, language: str) -> list[str]:
    tag = f" ({_label(entry.tag, language)})" if entry.tag else ""
    lines = [f"### \\[{_label(entry.badge, language)}\\] {_say(entry.title, language)}{tag}", ""]
    for passage in entry.passages:
        badge = f"\\[{_label(passage.badge, language)}\\] " if passage.badge != entry.badge else ""
        if where := badge + _say(passage.where, language):
            lines += [where, ""]
        for quote in _quotes(passage.quotes, language):
            lines += [quote, ""]
        if said := _say(passage.message, language):
            lines += [said, ""]
    lines += [_item(_label(key, language), text, language) for key, text in entry.lines]
    return [*lines, ""]


def _listed(entry: Entry, language: str, *, brief: bool) -> list[str]:
    badge = f"\\[{_label(entry.badge, language)}\\] " if entry.badge else ""
    alone = entry.passages[0].where if len(entry.passages) == 1 else entry.where
    where = _say(alone, language)
    lines = [f"- {badge}{_say(entry.title, language)}" + (f" — {where}" if where else "")]
    lines += [f"  {quote}" for quote in _quotes(entry.quotes, language)]
    for passage in entry.passages:
        if len(entry.passages) > 1:
            lines.append(f"  - {_say(passage.where, language)}")
        margin = "    " if len(entry.passages) > 1 else "  "
        lines += [margin + quote for quote in _quotes(passage.quotes, language)]
        if said := _say(passage.message, language):
            lines += ["", margin + said]
    for key, text in entry.lines:
        if (said := _say(text, language)) and not (brief and key not in BRIEF):
            lines.append(f"  - {_labelled(key, language) if key else ''}{said}")
    return lines


def _quotes(quotes: tuple[Evidence, ...], language: str) -> list[str]:
    notes = [f" _({_label('ocr', language)})_" if item.source == "ocr" else "" for item in quotes]
    return [f"> {escape(item.quote)}{note}" for item, note in zip(quotes, notes, strict=True)]


def _item(name: str, value: Bilingual, language: str) -> str:
    return f"- **{name}**{'：' if language == 'zh' else ': '}{_say(value, language)}"


def _labelled(key: str, language: str) -> str:
    return _label(key, language) + ("：" if language == "zh" else ": ")


def _label(key: str, language: str) -> str:
    return LABELS[key].get(language)


def _say(text: Bilingual, language: str) -> str:
    return escape(text.get(language))
