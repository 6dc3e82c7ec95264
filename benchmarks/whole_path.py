"""The whole path: the command on a ten-page Chinese PDF, and all rules over text, against PDFium's bare extraction.

    python benchmarks/whole_path.py

Prints, as medians of one interleaved run, the wall time of a fresh `contractscan report` (rule cache warm), the
processor time of the rules over 100 KB and 1 MB of Chinese and of English text, and the ratios to the bare text
extraction of the same PDF through pypdfium2, each in a fresh process or in this one alike. Bounds: 1.5 s for the
command, 0.1 s for 100 KB of Chinese text through all rules.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from contractscan.engine import compile_matcher, evaluate
from contractscan.model import Document, Language
from contractscan.parties import find_mentions, resolve_parties
from contractscan.ruleset import load_ruleset
from contractscan.segment import segment

ROUNDS = 5
SOURCES = Path(__file__).parent.parent / "sample_contracts"
BARE = (
    "import sys, pypdfium2; d = pypdfium2.PdfDocument(sys.argv[1]); "
    "[d[i].get_textpage().get_text_range() for i in range(len(d))]"
)


def sample_text(name: str) -> str:
    """The sample contract's text, as its PDF reads."""
    document = pypdfium2.PdfDocument(SOURCES / name)
    return "\n".join(document[i].get_textpage().get_text_range() for i in range(len(document))).replace("\r", "")


def draw(path: Path, lines: list[str], pages: int) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=True)
    for page in range(pages):
        canvas.setFont("STSong-Light", 10.5)
        for i in range(42):
            canvas.drawString(60, 780 - 17 * i, lines[(page * 42 + i) % len(lines)][:44])
        canvas.showPage()
    canvas.save()


def wall(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def processor(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def rules_over(text: str, language: Language) -> Callable[[], object]:
    """All rules over `text`, its clauses and mentions given: what the engine alone costs."""
    document = Document(name="b", format="txt", text=text, language=language)
    clauses = segment(document)
    parties = resolve_parties(document, clauses)
    mentions = find_mentions(document, parties)
    matcher = compile_matcher(load_ruleset())
    evaluate(matcher, document, clauses, parties, mentions)  # compiles what it needs
    return lambda: evaluate(matcher, document, clauses, parties, mentions)


def main() -> None:
    chinese, english = sample_text("douyin-agency.pdf"), sample_text("en-agency.pdf")
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder, "ten-pages.pdf")
        draw(pdf, [line for line in chinese.splitlines() if line.strip()], 10)
        command = [sys.executable, "-m", "contractscan", "report", str(pdf), "--format", "json"]
        bare = [sys.executable, "-c", BARE, str(pdf)]
        wall(command)  # warms the caches of files and rules
        pairs = [(wall(command), wall(bare)) for _ in range(ROUNDS)]
        ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
        ratio = statistics.median(a / b for a, b in pairs)
        print(f"report of a 10-page PDF, fresh: {ours:5.2f} s, bare pypdfium2 {theirs:5.2f} s, ratio {ratio:5.1f}")

        def extract() -> None:
            document = pypdfium2.PdfDocument(pdf)
            for page in range(len(document)):
                document[page].get_textpage().get_text_range()

        for name, source, language in (("Chinese", chinese, "zh"), ("English", english, "en")):
            for size in (100_000, 1_000_000):
                width = 3 if language == "zh" else 1  # bytes of a character
                text = (source * (size // (width * len(source)) + 1))[: size // width]
                work = rules_over(text, language)  # type: ignore[arg-type]
                rounds = [(processor(work), processor(extract)) for _ in range(ROUNDS)]
                cost = statistics.median(a for a, _ in rounds)
                ratio = statistics.median(a / b for a, b in rounds)
                rate = size / cost / 1e6
                print(
                    f"rules over {size / 1e6:3.1f} MB of {name:8} {cost:8.3f} s   {rate:5.1f} MB/s   "
                    f"ratio to the bare extraction of the 10 pages {ratio:6.1f}"
                )


if __name__ == "__main__":
    main()
