"""The report for a terminal: rich measures and colours it, and a pipe gets the same lines without colour.

It is to be read in a minute or two: what to know and to do comes first, then each risk with its words. What weighs
little, and what is missing, is listed by title; the end says how much that is and where all of it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from contractscan.model import TOPICS, Bilingual, Evidence, Report
from contractscan.renderers.labels import LABELS
from contractscan.renderers.options import Options
from contractscan.renderers.outline import BRIEF, Entry, Section, outline
from contractscan.renderers.wording import one_line

if TYPE_CHECKING:
    from rich.console import Console

_DEFAULT_WIDTH = 100
_NARROWEST = 32
_QUOTES = 2  # of one place
_QUOTED = 240  # characters of a quote
_PASSAGES = 2  # places of one rule that are quoted
_PLACES = 3  # places that a title names
_LIGHT = ("info", "low")
_ASKS = 8  # points to negotiate; they repeat the titles of the findings, worst first
_STYLES = {
    "critical": "bold white on red",
    "high": "bold red",
    "medium": "yellow",
    "low": "cyan",
    "info": "dim",
    "not_reviewed": "bold red",
    "no_grade": "yellow",
    "protection": "green",
    "not_found": "yellow",
    "unclear": "yellow",
    "unknown": "yellow",
    "not_computable": "yellow",
}
# A line may break between ideographs, but no line begins with a closing mark or ends with an opening one.
_CJK = "\u2e80-\u2fdf\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_OPEN = "（〔【《「『“‘"
_CLOSE = "，。、；：？！）〕】》」』”’…—·"
_TOKEN = re.compile(f" |[{_OPEN}]*(?:[{_CJK}]|[^ {_CJK}{_OPEN}{_CLOSE}]+|[{_CLOSE}])[{_CLOSE}]*|[{_OPEN}]+")
_HIDDEN_IN_FINDINGS = ("fallback", "rationale", "law")
_HIDDEN_IN_LISTS = ("cites",)


def render_text(report: Report, options: Options) -> str:
    """The report as lines of at most `options.width` cells, wide characters counted as two."""
    from rich.console import Console

    width = max(options.width or _DEFAULT_WIDTH, _NARROWEST)
    out = StringIO()
    console = Console(
        file=out,
        width=width + 1,  # lines are wrapped here already; the spare cell keeps rich from doing it again
        force_terminal=options.color,
        color_system="standard" if options.color else None,
        no_color=not options.color,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    _Page(console, options.language, width).write(report)
    return out.getvalue()


def wrap(text: str, width: int) -> list[str]:
    """Break `text` into lines of at most `width` cells, between words or ideographs; a longer word is cut."""
    from rich.cells import cell_len, chop_cells

    lines: list[str] = []
    line, used = "", 0
    for piece in _TOKEN.findall(text):
        size = cell_len(piece)
        if used + size > width:
            if line.strip():
                lines.append(line.rstrip())
            line, used = "", 0
            if piece == " ":
                continue
            if size > width:
                *whole, piece = chop_cells(piece, width)
                lines += whole
                size = cell_len(piece)
        line += piece
        used += size
    if line.strip():
        lines.append(line.rstrip())
    return lines or [""]


class _Page:
    """Writes lines to one console; knows the language and how wide a line may be."""

    def __init__(self, console: Console, language: str, width: int) -> None:
        self.console = console
        self.language = language
        self.width = width
        self.wide = width >= 60
        self.folded = 0  # findings that are listed by their titles only
        self.separator = "；" if language == "zh" else "; "

    def write(self, report: Report) -> None:
        content = outline(report)
        self.line(self.say(content.title), style="bold")
        self.line("─" * self.width, style="dim")
        column = self.column([label for label, _ in content.facts])
        for label, value in content.facts:
            self.pair(self.say(label), self.say(value), column=column)
        self.blank()
        self.line(self.labelled("overall") + self.label(content.severity), style=_STYLES[content.severity])
        for text in (content.counts, content.basis):
            if self.say(text):
                self.line(self.say(text), indent=2)
        if content.answers:
            self.heading(LABELS["answers"])
            column = self.column([answer.title for answer in content.answers])
            for answer in content.answers:
                self.answer(answer, column=column)
        if content.first_steps:
            self.heading(LABELS["first_steps"])
            for number, step in enumerate(content.first_steps, 1):
                self.line(self.say(step.title), first=f"{number}. ", indent=3)
        for section in content.sections:
            self.heading(section.title)
            self.section(section)
        self.blank()
        self.line("─" * self.width, style="dim")
        if self.folded:
            self.line(self.say(_elsewhere(self.folded)), style="bold")
        self.line(self.say(content.disclaimer), style="dim")

    def say(self, text: Bilingual) -> str:
        return one_line(text.get(self.language))

    def label(self, key: str) -> str:
        return LABELS[key].get(self.language)

    def labelled(self, key: str) -> str:
        return self.label(key) + ("：" if self.language == "zh" else ": ")

    def blank(self) -> None:
        self.console.print()

    def line(self, text: str, *, first: str = "", bar: str = "", indent: int = 0, style: str | None = None) -> None:
        """One paragraph, indented by `indent` cells; `first` stands before it, `bar` before each of its lines."""
        from rich.cells import cell_len
        from rich.text import Text

        margin = " " * (indent - cell_len(first)) if first else " " * indent
        for index, piece in enumerate(wrap(text, self.width - indent - len(bar))):
            start = first + margin if index == 0 and first else " " * indent + bar
            self.console.print(Text(start).append(piece, style or ""), soft_wrap=True)

    def heading(self, title: Bilingual) -> None:
        self.blank()
        self.line(self.say(title), style="bold underline")

    def column(self, labels: list[Bilingual]) -> int:
        from rich.cells import cell_len

        return min(max(cell_len(self.say(label)) for label in labels), self.width // 4) + 2

    def pair(self, label: str, text: str, *, column: int) -> None:
        from rich.cells import cell_len

        if self.wide and cell_len(label) < column:
            self.line(text, first=label, indent=column)
        else:
            self.line(label)
            self.line(text, indent=2)

    def answer(self, entry: Entry, *, column: int) -> None:
        headline, *cited = (self.say(text) for _, text in entry.lines)
        opening, closing = ("（", "）") if self.language == "zh" else (" (", ")")
        source = f"{opening}{cited[0]}{closing}" if cited else ""
        badge = f"[{self.label(entry.badge)}] " if entry.badge else ""
        self.pair(self.say(entry.title), f"{badge}{headline}{source}", column=column)

    def section(self, section: Section) -> None:
        if section.key in TOPICS:
            self.topic(section.entries)
        elif section.key == "protections":
            self.listed(section.entries)
        elif section.key == "checks":
            self.checks(section.entries)
        else:
            shown = section.entries[:_ASKS] if section.key == "negotiation" else section.entries
            for entry in shown:
                self.entry(entry, section)
            if len(section.entries) > len(shown):
                self.line(f"+ {len(section.entries) - len(shown)} {self.label('further')}", style="dim")

    def checks(self, entries: Sequence[Entry]) -> None:
        """How many, and why not; the ids of the rules are in the full report."""
        for entry in entries:
            self.line(self.say(entry.title))
            for _, reason in entry.lines:
                rules, _, why = self.say(reason).partition("：" if self.language == "zh" else ": ")
                count = len(re.split("、|, ", rules))
                self.line(f"{count} × {why}" if why else rules, indent=2)

    def topic(self, entries: Sequence[Entry]) -> None:
        """Risks with their words; terms that weigh little and terms that are missing are listed by their titles."""
        for entry in entries:
            if not entry.tag and entry.badge not in _LIGHT:
                self.risk(entry)
        missing = [entry for entry in entries if entry.tag]
        for advice, group in _by(missing, self.advice).items():
            self.blank()
            titles = self.separator.join(f"[{self.label(entry.badge)}] {self.say(entry.title)}" for entry in group)
            self.line(f"{self.labelled('absence')}{titles}", style=_STYLES.get(group[0].badge))
            self.line(advice, indent=2)
            self.folded += len(group)
        light = [entry for entry in entries if not entry.tag and entry.badge in _LIGHT]
        if light:
            self.blank()
            self.line(self.label("light") + ("：" if self.language == "zh" else ": "))
            self.listed(light)

    def listed(self, entries: Sequence[Entry]) -> None:
        """One line an entry: what it is and where."""
        for entry in entries:
            places = list(dict.fromkeys(where for p in entry.passages if (where := self.say(p.where))))
            spots = f"  {self.separator.join(places[:_PLACES])}" if places else ""
            more = f" +{len(places) - _PLACES}" if len(places) > _PLACES else ""
            badge = f"[{self.label(entry.badge)}] " if entry.badge in _LIGHT else ""
            self.line(f"{badge}{self.say(entry.title)}{spots}{more}", first="- ", indent=2)
            self.folded += max(len(entry.passages), 1)

    def advice(self, entry: Entry) -> str:
        return next((self.labelled(key) + self.say(text) for key, text in entry.lines if key == "suggestion"), "")

    def risk(self, entry: Entry) -> None:
        self.blank()
        self.head(entry)
        if entry.badge == "medium":
            places = list(dict.fromkeys(where for p in entry.passages if (where := self.say(p.where))))
            if len(places) > 1:
                self.line(self.separator.join(places[:_PLACES]), indent=2)
            said = [self.say(text) for key, text in entry.lines if key == "message"]
            said += [self.say(p.message) for p in entry.passages if self.say(p.message)]
            for text in dict.fromkeys(said):
                self.line(text, indent=2)
            self.folded += len(entry.passages)
            return
        shown = entry.passages[:_PASSAGES]
        for passage in shown:
            if len(entry.passages) > 1:
                badge = f"[{self.label(passage.badge)}] " if passage.badge != entry.badge else ""
                self.line(badge + self.say(passage.where), indent=2)
            self.quotes(passage.quotes)
            if self.say(passage.message):
                self.line(self.say(passage.message), indent=4)
        if len(entry.passages) > len(shown):
            self.line(f"+ {len(entry.passages) - len(shown)} {self.label('further')}", indent=2, style="dim")
            self.folded += len(entry.passages) - len(shown)
        self.lines(entry, skip=_HIDDEN_IN_FINDINGS)

    def entry(self, entry: Entry, section: Section) -> None:
        """A combined risk quotes nothing that the findings below it quote again."""
        if section.key == "compound":
            self.blank()
        self.head(entry)
        if section.key == "negotiation":
            return
        self.quotes(entry.quotes)
        for passage in entry.passages:
            if len(entry.passages) > 1:
                self.line(self.say(passage.where), indent=2)
            if not passage.finding.related and section.key != "suppressed":
                self.quotes(passage.quotes)
        skip = _HIDDEN_IN_FINDINGS if entry.passages else _HIDDEN_IN_LISTS
        self.lines(entry, skip=skip, only=BRIEF if section.brief else ())

    def head(self, entry: Entry) -> None:
        head = f"[{self.label(entry.badge)}] " if entry.badge else ""
        head += self.say(entry.title)
        alone = entry.passages[0].where if len(entry.passages) == 1 else entry.where
        if self.say(alone):
            head += f"  {self.say(alone)}"
        self.line(head, style=_STYLES.get(entry.badge, "bold" if entry.passages else None))

    def lines(self, entry: Entry, *, skip: Sequence[str], only: Sequence[str] = ()) -> None:
        for key, text in entry.lines:
            if key in skip or (only and key not in only):
                continue
            label = self.labelled(key) if key and key != "message" else ""
            self.line(label + self.say(text), indent=2)

    def quotes(self, quotes: tuple[Evidence, ...]) -> None:
        for evidence in quotes[:_QUOTES]:
            note = f" ({self.label('ocr')})" if evidence.source == "ocr" else ""
            words = one_line(evidence.quote)
            if len(words) > _QUOTED:
                words = f"{words[: _QUOTED - 1]}…"
            self.line(f"{words}{note}", bar="│ ", indent=4, style="italic")
        if len(quotes) > _QUOTES:
            self.line(f"+ {len(quotes) - _QUOTES} {self.label('further')}", indent=4, style="dim")


def _by(entries: Sequence[Entry], key: Callable[[Entry], str]) -> dict[str, list[Entry]]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(key(entry), []).append(entry)
    return groups


def _elsewhere(folded: int) -> Bilingual:
    return Bilingual(
        zh=f"以上是摘要，{folded} 条提示没有附原文。全部原文、理由、建议文字和法条见网页报告："
        "contractscan report 文件 --format html -o report.html（文字版：--format md）。",
        en=f"This is a summary; {folded} findings stand here without their words. All quotes, reasons, wording to ask "
        "for and statutes: contractscan report FILE --format html -o report.html (as text: --format md).",
    )
