"""Damaged and hostile input: the only outcomes are a report (a ruleset) or a ContractScanError, within the limits.

The normal run mutates each kind of file with a few fixed seeds. `CONTRACTSCAN_FUZZ=600` goes on with new seeds for 600
seconds for each kind; a failure names the seed, which `CONTRACTSCAN_FUZZ_SEED=…` runs alone.
"""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from contractscan import ContractScanError, Scanner, load_ruleset
from contractscan.readers import Limits, ReadOptions
from docx_files import docx_bytes as build_docx
from docx_files import level, listed, numbering, p, table

SAMPLES = Path(__file__).parents[1] / "sample_contracts"
LIMITS = Limits(seconds=10, memory_bytes=1_000_000_000)
GIBIBYTE = 1 << 30
FIXED_SEEDS = 25
SECONDS = float(os.environ.get("CONTRACTSCAN_FUZZ", "0"))
ONE_SEED = os.environ.get("CONTRACTSCAN_FUZZ_SEED")

# What breaks readers: the limits of number types, markup, brackets, and signs that are no text.
TOKENS = [
    *(b"0", b"-1", b"4294967295", b"99999999999999999999", b"1e400", b"NaN", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf"),
    *(b"<", b">", b"&", b"&#0;", b"]]>", b"<![CDATA[", b"<w:p>", b"</w:p>", b"<w:tbl><w:tr><w:tc>", b'w:val="-5"'),
    *(b"(", b")", b"[", b"]", b"<<", b">>", b"endobj", b"stream\n", b"1 0 R", b"obj", b"/Kids[1 0 R]", b"/Length 9"),
    *(
        b"'",
        b'"',
        b"{",
        b"}",
        b"${duration:x}",
        "…".encode(),
        b": ",
        b"- ",
        b"\n",
        b"\t",
        b"!!python/object:os.x",
        b"&a",
    ),
    *(
        "第".encode(),
        "条".encode(),
        "一二三四五六七八九十百千万亿".encode(),
        "（".encode(),
        "元".encode(),
        "□☑".encode(),
    ),
    *("\u202e".encode(), "\U0010ffff".encode(), "\ue000".encode(), b"\xed\xa0\x80", "甲方".encode(), b"1.1.1.1.1.1."),
]

RULE = """\
id: leave-at-will
topic: termination
status: draft
effect: protection
severity: info
title: {zh: 随时解除, en: Termination at will}
message: {zh: '可以提前 {period} 解除。', en: '{period} of notice.'}
rationale: {zh: 可以离开。, en: You can leave.}
suggestion: {zh: 按此通知。, en: Give notice.}
detect:
  zh: ['${client}…提前…${duration:period}…${notify}']
escalate:
  - if: {period: {gt: 60 days}}
    severity: high
examples:
  flagged:
    - text: 甲方应当提前三十日书面通知乙方。
      captures: {period: 30 days}
  clean:
    - text: 乙方应当提前三十日书面通知甲方。
"""


def mutated(data: bytes, chance: random.Random) -> bytes:
    """`data` with one to eight changes: bytes turned, pieces cut, doubled, moved, repeated, tokens put in."""
    result = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        at = chance.randrange(len(result) + 1)
        size = min(chance.choice((1, 2, 8, 64, 1024)), len(result) - at)
        kind = chance.randrange(6)
        if kind == 0 and at < len(result):
            result[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del result[at : at + size]
        elif kind == 2:
            result[at:at] = result[at : at + size] * chance.choice((1, 2, 100))
        elif kind == 3:
            result[at:at] = chance.choice(TOKENS) * chance.choice((1, 1, 3, 2000))
        elif kind == 4:
            to = chance.randrange(len(result) + 1)
            result[to:to] = result[at : at + size]
        elif chance.random() < 0.2:
            del result[at:]
        else:
            result[at : at + size] = chance.randbytes(size)
    return bytes(result)


@cache
def pdf_seeds() -> tuple[bytes, ...]:
    """A real contract, and a page that is not compressed, so that changes reach its structure."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pageCompression=0, invariant=1)
    for number in range(3):
        canvas.drawString(72, 770, f"{number}. The Client may terminate this Agreement upon 30 days' written notice.")
        canvas.grid([72, 200, 300], [600, 640, 680])
        canvas.showPage()
    canvas.save()
    return (SAMPLES / "provider-is-party-a.pdf").read_bytes(), buffer.getvalue()


def mutated_pdf(chance: random.Random) -> bytes:
    return mutated(chance.choice(pdf_seeds()), chance)


@cache
def docx_seed() -> bytes:
    body = listed("服务费") + listed("解除") + p("甲方提前三十日书面通知乙方，可以解除本合同。")
    return build_docx(
        body + table(["项目", "服务费"], ["直播", "20,000元"]),
        {"numbering": numbering(level(0, "第%1条", "chineseCounting"))},
    )


def mutated_docx(chance: random.Random) -> bytes:
    """The archive itself changed, or one of its parts in an archive that is sound."""
    seed = chance.choice((docx_seed(), (SAMPLES / "provider-is-party-a.docx").read_bytes()))
    if chance.random() < 0.3:
        return mutated(seed, chance)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(seed)) as before, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after:
        names = before.namelist()
        changed = chance.choice([name for name in names if name.endswith((".xml", ".rels"))])
        for name in names:
            content = before.read(name)
            after.writestr(name, mutated(content, chance) if name == changed else content)
    return buffer.getvalue()


@cache
def text_seed() -> bytes:
    return (SAMPLES / "sources" / "provider-is-party-a.md").read_bytes()


def mutated_text(chance: random.Random) -> bytes:
    return mutated(text_seed(), chance)


PAGE = (
    "<html><head><meta charset=utf-8><style>p {color: red}</style></head><body><h2>第八条 解除</h2>"
    "<ol start=2><li>甲方提前三十日书面通知乙方，可以<del>不</del><ins>立即</ins>解除本合同。</li></ol>"
    "<table><tr><th rowspan=2>项目</th><th colspan=2>费用</th></tr><tr><th>月费</th><th>提成</th></tr>"
    "<tr><td>直播</td><td>20,000元</td><td>5%</td></tr></table><p style='display:none'>隐藏</p>"
    "<p><input type=checkbox checked>按月 <input type=checkbox>按季</p></body></html>"
)
WORD_2003 = (
    '<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
    'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"><w:body><w:p><w:pPr><w:listPr>'
    '<wx:t wx:val="一、"/>'
    "</w:listPr></w:pPr><w:r><w:t>甲方提前三十日书面通知乙方，可以解除本合同。</w:t></w:r></w:p></w:body></w:wordDocument>"
)


def mutated_page(chance: random.Random) -> bytes:
    return mutated(PAGE.encode(), chance)


def mutated_xml(chance: random.Random) -> bytes:
    return mutated(WORD_2003.encode(), chance)


@cache
def scanner() -> Scanner:
    return Scanner(options=ReadOptions(limits=LIMITS, ocr="never"))


def scan(data: bytes, name: str) -> str:
    """The report, or the message of the one error that is allowed."""
    try:
        return scanner().scan(data, name=name).model_dump_json()
    except ContractScanError as error:
        return str(error)


def seeds() -> Iterator[int]:
    """The fixed ones; then new ones as long as was asked for."""
    if ONE_SEED:
        yield int(ONE_SEED)
        return
    yield from range(FIXED_SEEDS)
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        yield random.SystemRandom().randrange(1 << 32)


@pytest.mark.parametrize(
    ("name", "mutate"),
    [
        ("x.pdf", mutated_pdf),
        ("x.docx", mutated_docx),
        ("x.txt", mutated_text),
        ("x.md", mutated_text),
        ("x.doc", mutated_page),
        ("x.xml", mutated_xml),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_mutated_file_gives_a_report_or_a_read_error(name: str, mutate: Callable[[random.Random], bytes]) -> None:
    for seed in seeds():
        try:
            outcome = scan(mutate(random.Random(seed)), name)
        except Exception as error:
            raise AssertionError(f"CONTRACTSCAN_FUZZ_SEED={seed} with {name}") from error
        assert outcome


def test_a_mutated_rule_gives_rules_or_a_rule_error(tmp_path: Path) -> None:
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "vocabulary" / "zh.yaml").write_text("notify: [通知, 告知]\n", "utf-8")
    (tmp_path / "termination").mkdir()
    file = tmp_path / "termination" / "leave-at-will.yaml"
    file.write_text(RULE, "utf-8")
    assert [rule.id for rule in load_ruleset(tmp_path, built_in=False, cache=False).rules] == ["leave-at-will"]
    for seed in seeds():
        file.write_bytes(mutated(RULE.encode(), random.Random(seed)))
        try:
            outcome = load_ruleset(tmp_path, built_in=False, cache=False).digest
        except ContractScanError as error:
            outcome = str(error)
        except Exception as error:
            raise AssertionError(f"CONTRACTSCAN_FUZZ_SEED={seed}") from error
        assert outcome


_MEMORY = """
import random, resource, test_fuzz as fuzz
from contractscan.readers import guard
for seed in range(fuzz.FIXED_SEEDS):
    fuzz.scan(fuzz.mutated_pdf(random.Random(seed)), "x.pdf")
    fuzz.scan(fuzz.mutated_docx(random.Random(seed)), "x.docx")
guard.stop_workers()  # a child is counted once it has ended
print(max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in KiB on Linux only")
def test_mutated_files_take_less_than_one_gibibyte() -> None:
    """In a process of its own: the others of this run have children that are meant to take much."""
    done = subprocess.run(
        [sys.executable, "-c", _MEMORY], cwd=Path(__file__).parent, capture_output=True, text=True, check=True
    )
    assert 0 < int(done.stdout) * 1024 < GIBIBYTE
