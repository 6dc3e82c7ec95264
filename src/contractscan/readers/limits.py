"""The bounds within which a file is read, and the options of reading. Defaults suit untrusted files."""

from __future__ import annotations

from typing import Literal

from contractscan.model import Frozen


class Limits(Frozen):
    """Every bound on one input. A file beyond a bound is a `ReadError` or is listed as not analysed."""

    file_bytes: int = 50_000_000
    pages: int = 2_000
    unpacked_bytes: int = 200_000_000  # all parts of an Office file together
    part_bytes: int = 50_000_000  # one part of an Office file
    ratio: int = 200  # unpacked to packed, for parts over 1 MB
    entries: int = 10_000  # parts of an Office file
    characters: int = 5_000_000
    page_characters: int = 200_000
    image_pixels: int = 100_000_000
    seconds: float = 60.0
    memory_bytes: int = 1_500_000_000


class ReadOptions(Frozen):
    """How to read; the same for every format."""

    password: str | None = None
    ocr: Literal["auto", "never", "force"] = "auto"
    revisions: Literal["final", "original", "both"] = "final"  # which side of unaccepted tracked changes
    limits: Limits = Limits()
    guarded: bool = True  # read in a child process with memory and time limits
