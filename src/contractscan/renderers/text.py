"""The report for a terminal: rich measures and colours it, and a pipe gets the same lines without colour."""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING

from contractscan.model import Bilingual, Evidence, Report
from contractscan.renderers.labels import LABELS
from contractscan.renderers.options import Options
from contractscan.renderers.outline import BRIEF, Entry, Section, outline
from contractscan.renderers.wording import one_line

if TYPE_CHECKING:
    from rich.console import Console

_DEFAULT_WIDTH = 100
_NARROWEST = 32
_QUOTES_OF_COMBINED = 3
_STYLES = {
    "critical": "bold white on red",
    "high": "bold red",
    "medium": "yellow",
    "low": "cyan",
    "info": "dim",
    "not_reviewed": "bold red",
    "no_risk": "green",
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


def render_text(report: Report, options: Options) -> str:
    """The whole report as lines of at most `options.width` cells, wide characters counted as two."""
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
            self.section(section)
        self.blank()
        self.line("─" * self.width, style="dim")
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
        self.pair(self.say(entry.title), f"[{self.label(entry.badge)}] {headline}{source}", column=column)

    def section(self, section: Section) -> None:
        self.heading(section.title)
        for entry in section.entries:
            self.entry(entry, brief=section.brief)

    def entry(self, entry: Entry, *, brief: bool) -> None:
        head = f"[{self.label(entry.badge)}] " if entry.badge else ""
        head += self.say(entry.title)
        if entry.tag:
            head += f" ({self.label(entry.tag)})"
        alone = entry.passages[0].where if len(entry.passages) == 1 else entry.where
        if self.say(alone):
            head += f"  {self.say(alone)}"
        if entry.passages and not brief:
            self.blank()
        self.line(head, style=_STYLES.get(entry.badge, "bold" if entry.passages else None))
        self.quotes(entry.quotes)
        for passage in entry.passages:
            if len(entry.passages) > 1:
                badge = f"[{self.label(passage.badge)}] " if passage.badge != entry.badge else ""
                self.line(badge + self.say(passage.where), indent=2)
            self.quotes(passage.quotes, all_of_them=passage.finding.kind != "compound")
            if self.say(passage.message):
                self.line(self.say(passage.message), indent=4)
        for key, text in entry.lines:
            if (brief and key not in BRIEF) or (entry.passages and key in _HIDDEN_IN_FINDINGS):
                continue
            label = self.labelled(key) if key and key != "message" else ""
            self.line(label + self.say(text), indent=2)

    def quotes(self, quotes: tuple[Evidence, ...], *, all_of_them: bool = True) -> None:
        """A combined risk quotes what the findings below it quote again: three are enough here."""
        for evidence in quotes if all_of_them else quotes[:_QUOTES_OF_COMBINED]:
            note = f" ({self.label('ocr')})" if evidence.source == "ocr" else ""
            self.line(f"{one_line(evidence.quote)}{note}", bar="│ ", indent=4, style="italic")
        if not all_of_them and len(quotes) > _QUOTES_OF_COMBINED:
            self.line(f"+ {len(quotes) - _QUOTES_OF_COMBINED} {self.label('further')}", indent=4, style="dim")
