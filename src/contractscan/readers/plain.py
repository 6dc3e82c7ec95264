"""Plain text and Markdown → Document. The text is kept as it is; Markdown's marks are taken out of it.

A block is a paragraph. In a text whose lines were broken by a margin, the lines of one paragraph stay in one block,
with the break between them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Set
from itertools import pairwise
from pathlib import PurePath

from contractscan.errors import ReadError
from contractscan.model import Block, Document, Muted
from contractscan.readers.limits import ReadOptions
from contractscan.readers.options import find_unticked
from contractscan.readers.pagebreaks import find_page_furniture
from contractscan.text import is_cjk

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MARKDOWN = frozenset((".md", ".markdown", ".mdown", ".mkd"))
_SAMPLE = 8_192  # bytes that show an encoding
_NOT_WESTERN = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))
_ENCODINGS = ["gb18030", "big5", "big5hkscs", "cp1252"]
# Marks that nobody sees and that tear words apart; a form feed ends a page and so a line.
_UNSEEN = dict.fromkeys((173, *range(8203, 8208), *range(8234, 8239), *range(8288, 8298), 65279))
_UNSEEN |= {code: None for code in range(0x20) if code not in (0x09, 0x0A, 0x0C, 0x0D)} | {0x7F: None}
_LINE_END_RE = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_NEW_PARAGRAPH_RE = re.compile(
    r"[ \t\u3000]*(?:第[一二三四五六七八九十百千零〇\d]{1,6}[条條章节節款]|[一二三四五六七八九十]{1,3}[、．.]|"
    r"[（(][一二三四五六七八九十\da-zA-Z]{1,4}[)）]|"
    r"\d{1,3}(?:\.\d{1,3}){0,4}[、．.)）\s]|[①-⑳]|[A-Za-z][.)、]\s|[IVXivx]{1,5}[.)]\s|[-*•·●□☐☑☒■◆]|"
    r"(?:article|section|clause|schedule|exhibit|annex)\s|(?:甲|乙|丙|丁)方)",
    re.I,
)
_END_MARKS = "。！？；：!?;:.…”』」）)】"


def read_plain(data: bytes, *, name: str, options: ReadOptions) -> Document:
    """Read a text file: UTF-8, GB18030, Big5 or UTF-16, decided by its mark or by its bytes. `.md` is Markdown."""
    text = _LINE_END_RE.sub("\n", decode(data, name=name)).translate(_UNSEEN)
    if len(text) > options.limits.characters:
        raise ReadError(
            name,
            f"holds more than {options.limits.characters:,} characters of text.",
            "Raise the limit if you trust the file, or split it.",
        )
    is_markdown = PurePath(name).suffix.lower() in _MARKDOWN
    muted: list[Muted] = []
    if is_markdown:
        from contractscan.readers.markdown import strip_markdown

        text, struck = strip_markdown(text)
        muted = [Muted(start=start, end=end, reason="deleted") for start, end in struck]
    if not text.strip():
        raise ReadError(name, "holds no text.", "Get the file again from its sender.")
    muted += [Muted(start=start, end=end, reason="unticked") for start, end in find_unticked(text)]
    furniture = find_page_furniture(text)
    muted += [Muted(start=start, end=end, reason="furniture") for start, end in furniture]
    return Document(
        name=name,
        format="md" if is_markdown else "txt",
        text=text,
        blocks=tuple(_blocks(text, {start for start, _ in furniture})),
        muted=tuple(sorted(muted, key=lambda each: (each.start, each.end))),
    )


def decode(data: bytes, *, name: str) -> str:
    """The text of `data`: by its byte-order mark, as UTF-8 when it is that, else as charset-normalizer judges."""
    if not data.strip(b"\x00 \t\r\n"):
        raise ReadError(name, "holds no text.", "Get the file again from its sender.")
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if encoding is None:
        encoding = _judged(data)
    try:
        text = None if encoding is None else data.decode(encoding)
    except UnicodeDecodeError as error:
        cut_off = error.start >= len(data) - 4  # in the middle of the last character
        text = data[: error.start].decode(error.encoding) if cut_off else None
    if text is None or _is_binary(text):
        raise ReadError(
            name,
            "is not a text in UTF-8, GB18030, Big5 or UTF-16.",
            "Open it in a text editor and save it as UTF-8.",
        )
    return text


def _judged(data: bytes) -> str | None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 4:
            return "utf-8"
        wide = utf_16(data)
    else:
        wide = utf_16(data) if b"\x00" in data else None
        if wide is None:
            return "utf-8"
    if wide is not None:
        return wide
    if is_western(data):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_ENCODINGS).best()
    return None if best is None else best.encoding


def utf_16(data: bytes) -> str | None:
    """The UTF-16 that bytes without a mark are in: the order in which nearly all of them are common characters."""
    sample = data[:_SAMPLE]
    sample = sample[: len(sample) // 2 * 2]
    best = max(("utf-16-le", "utf-16-be"), key=lambda encoding: _common(sample.decode(encoding, "replace")))
    return best if _common(sample.decode(best, "replace")) >= 0.95 else None


def _common(text: str) -> float:
    """The share of characters that a Chinese or Western contract is written in."""
    usual = sum(1 for sign in text if sign in "\t\r\n\f" or " " <= sign <= "~" or "\u2010" <= sign <= "\u2030")
    wide = "".join(sign for sign in text if "\u3000" <= sign <= "\u303f" or sign >= "\u4e00")
    codes = wide.encode("gb2312", "ignore"), wide.encode("big5", "ignore")
    levels = (0xA1, 0xA3, *range(0xB0, 0xD8)), range(0xA1, 0xC7)  # signs and common ideographs of each standard
    known = max(
        sum(1 for lead in code[::2] if lead in level) if len(code) % 2 == 0 else 0
        for code, level in zip(codes, levels, strict=True)
    )
    return (usual + known) / max(1, len(text))


def is_western(data: bytes) -> bool:
    """Windows' Western text: hardly any byte beyond ASCII, and those one at a time (curly quotes, dashes, £)."""
    sample = data[:_SAMPLE]
    odd = [at for at, byte in enumerate(sample) if byte >= 0x80]
    if len(odd) > 0.1 * len(sample) or any(sample[at] in _NOT_WESTERN for at in odd):
        return False
    pairs = sum(1 for before, at in pairwise(odd) if at == before + 1)
    return pairs <= 0.2 * len(odd)


def _is_binary(text: str) -> bool:
    """More than a stray control character in a hundred, or unassigned code points: not a text."""
    sample = text[:20_000]
    odd = sum(1 for character in sample if (character < " " and character not in "\t\n\r\f\v") or character == "\ufffd")
    return odd > len(sample) / 100


# ---------------------------------------------------------------- paragraphs


def _blocks(text: str, furniture: Set[int]) -> list[Block]:
    """One block a paragraph; white space around it belongs to none. `furniture` holds where lines of the page start."""
    margin = _margin(text.split("\n"))
    blocks: list[Block] = []
    start, end, position, full = 0, 0, 0, False
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            first = position + line.index(stripped[0])
            if first in furniture:
                if end:
                    blocks.append(Block(start=start, end=end, paragraph=len(blocks)))
                stop = first + len(stripped)
                blocks.append(Block(start=first, end=stop, paragraph=len(blocks), kind="furniture"))
                start, end, full = 0, 0, False
                position += len(line) + 1
                continue
            goes_on = full and end and "\n" not in text[end + 1 : first] and not _NEW_PARAGRAPH_RE.match(line)
            if goes_on and not line.startswith(("\u3000\u3000", "    ", "\t")):
                end = first + len(stripped)
            else:
                if end:
                    blocks.append(Block(start=start, end=end, paragraph=len(blocks)))
                start, end = first, first + len(stripped)
            full = margin is not None and _width(line) >= 0.85 * margin and stripped[-1] not in _END_MARKS
        else:
            full = False
        position += len(line) + 1
    if end:
        blocks.append(Block(start=start, end=end, paragraph=len(blocks)))
    return blocks


def _margin(lines: list[str]) -> int | None:
    """The width at which lines were broken, in half-width columns; None when each paragraph has one line.

    A margin is a width that a fifth of the lines come near and hardly any passes.
    """
    widths = sorted(_width(line) for line in lines if line.strip())
    if len(widths) < 8:
        return None
    margin = widths[min(len(widths) - 1, int(len(widths) * 0.97))]
    near = sum(1 for width in widths if 0.85 * margin <= width <= margin)
    return margin if near >= len(widths) / 5 and 30 <= margin <= 130 and widths[-1] <= 1.5 * margin else None


def _width(line: str) -> int:
    if line.isascii():
        return len(line.rstrip())
    return sum(2 if is_cjk(character) or "\u3000" <= character <= "\uffef" else 1 for character in line.rstrip())
