"""Time read_docx against python-docx's bare paragraph loop, as ratios.

    python benchmarks/reading_docx.py [FILE.docx …]

Without files, contracts of 10, 50 and 300 pages are made with python-docx: numbered clauses, runs, a table a page.
The loop is `[p.text for p in Document(file).paragraphs]`, which sees neither numbers nor tables nor tracked changes:
the last column says how many times its characters read_docx returns. The second ratio is to the same loop over the
paragraphs of tables too (each `.text`, in file order). All open the same bytes; rounds are interleaved and the medians
of CPU time compared. The aim is a ratio of at most 2.
"""

from __future__ import annotations

import gc
import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import docx
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from contractscan.readers.docx import read_docx
from contractscan.readers.limits import ReadOptions

ROUNDS = 7
SENTENCE = "乙方应当按照甲方的书面要求提供账号代运营服务，并在每月五日之前提交上一个月的运营数据报告。"


def main(arguments: list[str]) -> None:
    files = {Path(name).name: Path(name).read_bytes() for name in arguments}
    files = files or {f"made, {pages} pages": make(pages) for pages in (10, 50, 300)}
    ratios = []
    for name, data in files.items():
        loop, whole, own = interleaved(
            lambda data=data: bare_loop(data), lambda data=data: whole_loop(data), lambda data=data: read(data)
        )
        more = read(data) / max(bare_loop(data), 1)
        ratios.append(own / loop)
        print(
            f"{name[:50]:50} loop {loop * 1000:8.1f} ms   read_docx {own * 1000:8.1f} ms   "
            f"ratio {own / loop:.2f}, {own / whole:.2f} with tables   characters x {more:.2f}"
        )
    print(f"worst ratio {max(ratios):.2f}, median {statistics.median(ratios):.2f}")


def bare_loop(data: bytes) -> int:
    return len("\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs))


def whole_loop(data: bytes) -> int:
    document = docx.Document(io.BytesIO(data))
    return len("\n".join(Paragraph(element, document).text for element in document.element.body.iter(qn("w:p"))))


def read(data: bytes) -> int:
    return len(read_docx(data, name="contract.docx", options=ReadOptions()).text)


def interleaved(*actions: Callable[[], int]) -> list[float]:
    times: list[list[float]] = [[] for _ in actions]
    for _ in range(ROUNDS):
        for action, taken in zip(actions, times, strict=True):
            gc.collect()  # what the one before it left behind is not this one's time
            start = time.process_time()
            action()
            taken.append(time.process_time() - start)
    return [statistics.median(taken) for taken in times]


def make(pages: int) -> bytes:
    """A contract with 16 clauses of two runs and one fee table on each page."""
    document = docx.Document()
    for page in range(pages):
        document.add_heading(f"第{page + 1}章 服务与费用", level=1)
        for clause in range(15):
            paragraph = document.add_paragraph(style="List Number")
            paragraph.add_run(SENTENCE)
            paragraph.add_run(f"逾期每日按千分之{clause + 1}支付违约金。").bold = True
        table = document.add_table(rows=1, cols=3)
        for cell, text in zip(table.rows[0].cells, ("服务项目", "数量", "服务费"), strict=True):
            cell.text = text
        for cell, text in zip(table.add_row().cells, ("短视频拍摄", "12条/月", "8,000元/月"), strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


if __name__ == "__main__":
    main(sys.argv[1:])
