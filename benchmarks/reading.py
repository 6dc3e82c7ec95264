"""How much reading a PDF costs over PDFium's bare text extraction, interleaved in one run; medians and ratios.

    python benchmarks/reading.py [FILE.pdf …]

Without files it draws its own: Chinese and English contracts of 50 pages, one with a ruled table on every third page,
and one of 300 pages for the memory figure. Ratios are of processor time, so that a busy machine does not change them.
Bounds: ratio 2.5 without tables, 30 ms for the guard, 300 MB for 300 pages.
"""

from __future__ import annotations

import gc
import io
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from contractscan.readers import ReadOptions, read
from contractscan.readers.pdf import read_pdf

ROUNDS = 5
PAIRS = 21  # one needs more when what is measured is small beside what varies
OPTIONS = ReadOptions(guarded=False, ocr="never")
CHINESE = (
    "甲方提前三十日以书面形式通知乙方的，可以解除本合同，乙方应当在收到解除通知之日起十日内，将甲方已",
    "经支付但乙方尚未提供服务部分的费用人民币 5000 元退还甲方，并移交抖音账号、密码以及绑定的手机号码，",
    "逾期移交的，每逾期一日按照服务费总额的千分之五向甲方支付违约金。",
)
ENGLISH = (
    "Either party may end this Agreement on thirty (30) days' written notice to the other, and within ten days of",
    "the end of this Agreement the Provider shall refund the fees of USD 5,000 paid for services not given, and",
    "shall hand over every account together with its credentials and administrator rights to the Client.",
)


def draw(pages: int, text: tuple[str, ...], *, font: str, number: str, tables: bool = False) -> bytes:
    """A contract with a header, a page number, numbered clauses of three lines each and, if asked, ruled tables."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    clause = 0
    for page in range(pages):
        canvas.setFont(font, 9)
        canvas.drawString(60, 810, "XQ-2026-01")
        canvas.drawCentredString(297, 30, f"{page + 1} / {pages}")
        top = 780
        if tables and page % 3 == 0:
            for row in range(7):
                canvas.line(60, 780 - 20 * row, 500, 780 - 20 * row)
                if row < 6:
                    for column, cell in enumerate(("No. ", "Item ", "Amount ", "Remark ")):
                        canvas.drawString(64 + 110 * column, 766 - 20 * row, f"{cell}{row}")
            for column in range(5):
                canvas.line(60 + 110 * column, 780, 60 + 110 * column, 660)
            top = 640
        canvas.setFont(font, 10)
        while top > 80:
            clause += 1
            canvas.drawString(60, top, number.format(clause))
            for step, line in enumerate(text, 1):
                canvas.drawString(60, top - 15 * step, line)
            top -= 15 * (len(text) + 1) + 6
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def bare(data: bytes) -> int:
    pdf = pypdfium2.PdfDocument(data)
    characters = 0
    for page in pdf:
        text = page.get_textpage()
        characters += len(text.get_text_range())
        text.close()
        page.close()
    pdf.close()
    return characters


def ours(data: bytes) -> int:
    return len(read_pdf(data, name="benchmark", options=OPTIONS).text)


def guarded(data: bytes) -> int:
    return len(read(data, options=ReadOptions(ocr="never")).text)


def unguarded(data: bytes) -> int:
    return len(read(data, options=OPTIONS).text)


def medians(clock: Callable[[], float], data: bytes, *functions: Callable[[bytes], int]) -> list[float]:
    """Median milliseconds of each function, all of them in turn in every round."""
    spent: list[list[float]] = [[] for _ in functions]
    for _ in range(ROUNDS):
        for times, function in zip(spent, functions, strict=True):
            gc.collect()  # what the one before it left behind is not this one's time
            start = clock()
            function(data)
            times.append((clock() - start) * 1000)
    return [statistics.median(times) for times in spent]


def report(name: str, data: bytes) -> None:
    ours(data)  # imports and caches are not what is measured
    guarded(data)
    floor, mine = medians(time.process_time, data, bare, ours)
    print(
        f"{name:28} bare {floor:7.1f} ms   read {mine:7.1f} ms   ratio {mine / floor:5.2f}"
        f"   guard {guard_cost(data):+6.1f} ms"
    )


def guard_cost(data: bytes) -> float:
    """Median of the differences between a guarded read and the unguarded one before it, in milliseconds."""
    differences = []
    for _ in range(PAIRS):
        start = time.perf_counter()
        unguarded(data)
        between = time.perf_counter()
        guarded(data)
        differences.append((time.perf_counter() - between - (between - start)) * 1000)
    return statistics.median(differences)


def peak() -> None:
    """Peak memory of reading 300 pages, in a process of its own."""
    data = draw(300, CHINESE, font="STSong-Light", number="第{}条 合同解除")
    code = "import sys, resource; from contractscan.readers import *\n"
    code += "read(sys.stdin.buffer.read(), options=ReadOptions(guarded=False, ocr='never'))\n"
    code += "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True, env=os.environ)
    print(f"300 pages: peak {int(done.stdout)} MiB")


def main() -> None:
    gc.freeze()  # as in the guarded child: what is loaded is not looked through again
    if len(sys.argv) > 1:
        for file in map(Path, sys.argv[1:]):
            report(file.name[-28:], file.read_bytes())
        return
    chinese = {"font": "STSong-Light", "number": "第{}条 合同解除"}
    report("zh, 50 pages", draw(50, CHINESE, **chinese))
    report("en, 50 pages", draw(50, ENGLISH, font="Helvetica", number="{}. Termination"))
    report("zh, 50 pages, 17 tables", draw(50, CHINESE, **chinese, tables=True))
    report("zh, 10 pages", draw(10, CHINESE, **chinese))
    peak()
    print(f"this process: peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


if __name__ == "__main__":
    main()
