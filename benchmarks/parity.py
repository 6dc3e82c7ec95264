"""Whether one contract gives the same findings whatever file it comes in.

    python benchmarks/parity.py FOLDER

Compares files of one name in FOLDER (contract.docx with contract.pdf) and each with its own text saved as .txt, and
prints what only one of them gives: rule, kind and quote. White space and the numbers of clauses aside. A folder of
Word files gets its PDFs from LibreOffice: `soffice --headless --convert-to pdf *.docx`.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from contractscan import Scanner
from contractscan.model import Document, Report
from contractscan.readers import ReadOptions

KINDS = (".docx", ".pdf")
Told = tuple[str, str, str]  # rule, kind, quote


def plain_text(document: Document) -> str:
    """The text as a person would copy it: without headers, footers and what is hidden or deleted."""
    text, position = "", 0
    for muted in document.muted:
        if muted.reason != "unticked" and muted.start >= position:
            text += document.text[position : muted.start]
            position = muted.end
    return re.sub(r"\n{2,}", "\n", text + document.text[position:])


def told(report: Report) -> set[Told]:
    """What a report tells of the contract: each rule with its kind and the words it rests on."""
    return {(f.rule_id, f.kind, squeezed("".join(e.quote for e in f.evidence))) for f in report.findings}


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def compare(files: list[Path], scanner: Scanner) -> tuple[int, int]:
    """Print the differences; how many findings the first file gives, and how many differ anywhere."""
    found: dict[str, set[Told]] = {}
    for file in files:
        review = scanner.review(file)
        found[file.suffix] = told(review.report)
        found[f"{file.suffix} as .txt"] = told(scanner.scan(plain_text(review.document).encode(), name="text.txt"))
    first, *others = found
    differing = 0
    for other in others:
        for sign, only in (("-", found[first] - found[other]), ("+", found[other] - found[first])):
            differing += len(only)
            for rule, kind, quote in sorted(only):
                print(f"  {sign} {other:14} {rule} ({kind}) {quote[:160]}")
    return len(found[first]), differing


def main() -> None:
    folder = Path(sys.argv[1])
    scanner = Scanner(options=ReadOptions(guarded=False, ocr="never"))
    names = sorted({file.stem for file in folder.iterdir() if file.suffix in KINDS})
    total = differences = 0
    for name in names:
        files = [path for kind in KINDS if (path := folder / f"{name}{kind}").is_file()]
        findings, differing = compare(files, scanner)
        total, differences = total + findings, differences + differing
        print(f"{name}: {findings} findings in {files[0].suffix}, {differing} differences in {len(files)} files")
    print(f"{len(names)} contracts, {total} findings, {differences} differences")


if __name__ == "__main__":
    main()
