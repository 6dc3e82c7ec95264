"""Put the real report of the sample Douyin contract into README.md and README.zh.md.

    python scripts/update_readme.py

The beginning is shown: who, how bad, the five answers, what to do first, one finding. A test holds the READMEs
against this.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import contractscan
from contractscan.renderers.outline import outline

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "sample_contracts" / "douyin-agency.pdf"
READMES: dict[Path, Literal["zh", "en"]] = {ROOT / "README.md": "en", ROOT / "README.zh.md": "zh"}
BLOCK = re.compile(r"(<!-- report:begin [^\n]*-->\n).*?(<!-- report:end -->)", re.DOTALL)


def first_page(report: contractscan.Report, language: Literal["zh", "en"]) -> str:
    """The text report up to the end of its first finding."""
    text = str(contractscan.render(report, "text", language=language, width=100))
    lines = [line.rstrip() for line in text.splitlines()]
    sections = outline(report).sections
    if sections:
        # The heading may also be the label of an answer further up: the section is the last line that is just this.
        start = max(i for i, line in enumerate(lines) if line == sections[0].title.get(language))
        blank = [i for i in range(start + 2, len(lines)) if not lines[i]]
        lines = [*lines[: blank[0]], "", "…"] if blank else lines
    return "\n".join(lines).strip("\n")


def updated(readme: str, report: contractscan.Report, language: Literal["zh", "en"]) -> str:
    """`readme` with the report's first page between the two marks."""
    block = f"```text\n{first_page(report, language)}\n```\n"
    return BLOCK.sub(lambda marks: marks[1] + block + marks[2], readme, count=1)


def main() -> None:
    report = contractscan.scan(SAMPLE)
    for path, language in READMES.items():
        path.write_text(updated(path.read_text("utf-8"), report, language), "utf-8")
        print(path.name)


if __name__ == "__main__":
    main()
