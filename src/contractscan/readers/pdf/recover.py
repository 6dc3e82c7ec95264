"""Text that PDFium does not give: a lone or turned word of a font that is neither in the file nor on the machine.

Without the font PDFium takes such words for empty. pdfplumber needs no font to know the characters and their places;
it is slow and asked only about pages that lack something.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable
from typing import Any

from contractscan.readers.pdf.page import Line, is_wide, plain

_MOST = 20_000  # characters of a page
_GAP = 0.6  # of the type size: a wider one parts words


def add_lost(data: bytes, number: int, password: str | None, found: list[Line], hidden: list[Line]) -> None:
    """Add to the lines `found` on page `number` what is in neither list: to the line it stands in, or as a line."""
    beside = [line for line in found if line.quarter == 0]
    for run in _lost_lines(data, number, password, found + hidden):
        room = _GAP * run.size
        line = next(
            (
                line
                for line in beside
                if abs(line.middle - run.middle) < 0.4 * run.size
                and (-room < run.x0 - line.x1 < room or -room < line.x0 - run.x1 < room)
            ),
            None,
        )
        if line is None or run.quarter != 0:
            found.append(run)
        elif run.x0 > line.x0:
            line.text, line.x1 = line.text + run.text, run.x1
        else:
            line.text, line.x0 = run.text + line.text, run.x0


def _lost_lines(data: bytes, number: int, password: str | None, found: Iterable[Line]) -> list[Line]:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data), pages=[number], password=password or "") as pdf:
        page = pdf.pages[0]
        left, top = page.bbox[:2]
        characters = page.chars[:_MOST]
    boxes = [line.box for line in found]
    lost: dict[int | None, list[dict[str, Any]]] = {None: [], 0: [], 90: [], 180: [], 270: []}
    for each in characters:
        x0, above, x1, below = each["x0"] - left, each["top"] - top, each["x1"] - left, each["bottom"] - top
        x, y = (x0 + x1) / 2, (above + below) / 2
        if each["text"].startswith("(cid:") or any(b[0] <= x <= b[2] and b[1] <= y <= b[3] for b in boxes):
            continue
        place = {"x0": x0, "top": above, "x1": x1, "bottom": below, "size": max(x1 - x0, below - above, 1.0)}
        lost[_quarter(each)].append(each | place)
    lines = [_line([each], number, None) for each in lost[None]]  # round a seal
    lines += _columns(lost[0], number) or _runs(lost[0], number, 0)
    for quarter in (90, 180, 270):
        lines += _runs(lost[quarter], number, quarter)
    return [line for line in lines if line.text]


def _quarter(character: dict[str, Any]) -> int | None:
    a, b = character["matrix"][:2]
    turned = -math.degrees(math.atan2(b, a)) % 360
    nearest = round(turned / 90) * 90
    return nearest % 360 if abs(turned - nearest) < 4 else None


def _runs(characters: list[dict[str, Any]], number: int, quarter: int) -> list[Line]:
    """Characters that follow one another in their direction of writing, as lines."""
    step, across = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[quarter], quarter in (90, 270)

    def along(each: dict[str, Any]) -> tuple[float, float]:
        ends = (each["top"], each["bottom"]) if across else (each["x0"], each["x1"])
        sign = step[0] + step[1]
        return (ends[0], ends[1]) if sign > 0 else (-ends[1], -ends[0])

    def base(each: dict[str, Any]) -> float:
        return float(each["x0"] + each["x1"] if across else each["top"] + each["bottom"]) / 2

    runs: list[list[dict[str, Any]]] = []
    for each in sorted(characters, key=lambda each: (round(base(each) / (0.5 * each["size"])), along(each))):
        last = runs[-1][-1] if runs else None
        gap = along(each)[0] - along(last)[1] if last else 0.0
        near = last is not None and abs(base(each) - base(last)) < 0.4 * each["size"]
        if near and -0.5 * each["size"] < gap < _GAP * each["size"]:
            runs[-1].append(each)
        else:
            runs.append([each])
    return [_line(run, number, quarter) for run in runs]


def _columns(characters: list[dict[str, Any]], number: int) -> list[Line]:
    """Vertical writing: ideographs that stand below one another and not beside one another, columns from the right."""
    columns: list[list[dict[str, Any]]] = []
    for each in sorted(characters, key=lambda each: (-round(each["x0"] / (0.5 * each["size"])), each["top"])):
        last = columns[-1][-1] if columns else None
        near = last is not None and abs(each["x0"] - last["x0"]) < 0.4 * each["size"]
        if near and last is not None and -0.5 * each["size"] < each["top"] - last["bottom"] < each["size"]:
            columns[-1].append(each)
        else:
            columns.append([each])
    wide = sum(1 for each in characters if is_wide(each["text"][:1]))
    rows = _runs(characters, number, 0)
    if len(columns) * 3 > len(characters) or len(rows) < 2 * len(columns) or wide < 0.6 * len(characters):
        return []
    return [_line(column, number, 0) for column in columns]


def _line(run: list[dict[str, Any]], number: int, quarter: int | None) -> Line:
    return Line(
        "".join(plain(sign) for each in run for sign in each["text"]).strip(),
        number,
        min(each["x0"] for each in run),
        min(each["top"] for each in run),
        max(each["x1"] for each in run),
        max(each["bottom"] for each in run),
        float(run[0]["size"]),
        quarter=quarter,
    )
