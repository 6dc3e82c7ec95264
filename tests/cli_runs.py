"""Runs of the command, and small contracts to run it on."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from typer.testing import CliRunner

from contractscan.cli import app

CHINESE = """短视频账号代运营服务合同
甲方（委托方）：青禾茶业有限公司
乙方（受托方）：蓝鲸互动文化传媒有限公司
第一条 服务内容
乙方为甲方提供抖音账号代运营服务，甲方按月支付服务费人民币20000元。
第二条 合同期限
2.1 合作期限为十二个月，合作期限内甲方不得提前解除本合同。
2.2 任何一方提前三十日书面通知对方，可以解除本合同。
"""
ENGLISH = """SOCIAL MEDIA MANAGEMENT AGREEMENT
This Agreement is made between Greenleaf Tea Ltd ("Client") and Bluewhale Media Inc. ("Agency").
1. Services
Agency shall manage Client's social media accounts. Client shall pay Agency a monthly fee of USD 3,000.
2. Term
2.1 Either party may terminate this Agreement for convenience upon thirty (30) days' prior written notice.
"""
FRENCH = """CONTRAT DE PRESTATION DE SERVICES
Le présent contrat est conclu entre la société Thé Vert, ci-après le client, et l'agence Baleine Bleue.
Chacune des parties peut résilier le contrat à tout moment moyennant un préavis de trente jours par lettre recommandée.
Les comptes ouverts par l'agence pour le client restent la propriété du client pendant toute la durée du contrat.
"""
HOUSE_RULE = """id: house-lock
topic: termination
effect: burden
severity: high
title: {zh: 锁定, en: Lock}
message: {zh: 不得提前解除。, en: No early exit.}
rationale: {zh: 无法退出。, en: No way out.}
suggestion: {zh: 协商。, en: Negotiate.}
detect:
  zh: ['不得提前解除']
  en: ['may not terminate early']
examples:
  flagged:
    - {text: 合作期内甲方不得提前解除合同。}
    - {text: Client may not terminate early.}
  clean: [{text: 甲方可以提前解除合同。}]
"""


class Run(NamedTuple):
    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")


def run(*args: str | Path, stdin: bytes = b"", env: dict[str, str] | None = None) -> Run:
    """The command in this process. An exception that escapes fails the test."""
    result = CliRunner().invoke(app, [str(arg) for arg in args], input=stdin, env=env)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Run(result.exit_code, result.stdout_bytes, result.stderr)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def house(folder: Path, rule: str = HOUSE_RULE) -> Path:
    """A folder of house rules with one rule in it."""
    write(folder / "termination" / "house-lock.yaml", rule)
    return folder


def word_file(path: Path, text: str) -> Path:
    import docx

    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(str(path))
    return path


def pdf_file(path: Path, lines: list[str], *, password: str | None = None) -> Path:
    """A page with `lines`; without lines, a drawing and no text."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), encrypt=StandardEncryption(password, strength=128) if password else None)
    canvas.rect(100, 100, 200, 200)
    for number, line in enumerate(lines):
        canvas.drawString(72, 760 - 16 * number, line)
    canvas.save()
    return path
