"""What the rules cost: loading the default pack, compiling it, and matching contracts and other text.

    python benchmarks/rules.py [FILE …]

Loading is the median wall time of fresh processes, their imports not counted; the bound is 0.35 s to load the pack
without a cache and compile it. Matching is processor time, each kind of text in a fresh process of its own: the first
reading pays for the patterns that are compiled when they are first needed, later ones show the steady rate. Quantities
are found within it and are shown apart; clauses and mentions are given. The yardstick, in the same process and over the
same text, is splitting it into words with `re`. FILEs (plain text) are measured instead of the samples.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from pathlib import Path

from contractscan.engine import compile_matcher, evaluate
from contractscan.model import Document, Language
from contractscan.parties import find_mentions, resolve_parties
from contractscan.quantities import find_quantities
from contractscan.ruleset import load_ruleset
from contractscan.segment import segment
from contractscan.text import detect_language

ROUNDS = 7
SOURCES = Path(__file__).parent.parent / "sample_contracts" / "sources"
TEXTS = {
    "Chinese contracts": ("douyin-agency.md", "fair-agency.md", "provider-is-party-a.md", "tw-agency.md"),
    "English contract": ("en-agency.md",),
    "Chinese, neutral": ("clean/news.md", "clean/meeting-minutes.md", "clean/invoice.md"),
    "English, neutral": ("clean/newsletter.md",),
}
WORK = """
import time
from contractscan.ruleset import load_ruleset
from contractscan.engine import compile_matcher
import ahocorasick, re2
start = time.perf_counter()
ruleset = load_ruleset()
loaded = time.perf_counter()
compile_matcher(ruleset)
print(loaded - start, time.perf_counter() - loaded, len(ruleset.rules), sum(map(len, ruleset.patterns.values())))
"""


def measure(environment: dict[str, str]) -> tuple[float, float, int, int]:
    rows = []
    for _ in range(ROUNDS):
        done = subprocess.run([sys.executable, "-c", WORK], env=environment, check=True, capture_output=True, text=True)
        rows.append([float(figure) for figure in done.stdout.split()])
    load, compiled, rules, patterns = (statistics.median(column) for column in zip(*rows, strict=True))
    return load, compiled, int(rules), int(patterns)


def loading() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_CACHE_HOME": folder, "LOCALAPPDATA": folder}
        load, compiled, rules, patterns = measure({**environment, "CONTRACTSCAN_NO_CACHE": "1"})
        print(f"{rules} rules, {patterns} patterns")
        print(f"from YAML   load {load:5.3f} s   compile {compiled:5.3f} s   together {load + compiled:5.3f} s")
        subprocess.run([sys.executable, "-c", WORK], env=environment, check=True, capture_output=True)
        load, compiled, *_ = measure(environment)
        print(f"from cache  load {load:5.3f} s   compile {compiled:5.3f} s   together {load + compiled:5.3f} s")


def processor(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def matching(paths: Sequence[Path]) -> tuple[int, float, float, float, float]:
    """The bytes of the texts and the processor time of: rules at first, rules later, quantities, the yardstick."""
    inputs = []
    for path in paths:
        text = re.sub(r"\A---.*?---\n", "", path.read_text("utf-8"), flags=re.S)
        language: Language = "en" if detect_language(text) == "en" else "zh"
        document = Document(name=path.name, format="txt", text=text, language=language)
        clauses = segment(document)
        parties = resolve_parties(document, clauses)
        inputs.append((document, clauses, parties, find_mentions(document, parties)))
    matcher = compile_matcher(load_ruleset())

    def rules() -> None:
        for document, clauses, parties, mentions in inputs:
            evaluate(matcher, document, clauses, parties, mentions)

    def quantities() -> None:
        for document, *_ in inputs:
            find_quantities(document.text)

    def words() -> None:
        for document, *_ in inputs:
            re.findall(r"\w+", document.text)

    size = sum(len(document.text.encode()) for document, *_ in inputs)
    first = processor(rules)
    again = max(1, 300_000 // size)  # short texts often enough to be measured
    rounds = [
        [processor(lambda work=work: [work() for _ in range(again)]) / again for work in (rules, quantities, words)]
        for _ in range(ROUNDS)
    ]
    later, found, split = (statistics.median(column) for column in zip(*rounds, strict=True))
    return size, first, later, found, split


def main() -> None:
    loading()
    given = [Path(name) for name in sys.argv[1:]]
    kinds = {"given": given} if given else {kind: [SOURCES / name for name in names] for kind, names in TEXTS.items()}
    for kind, paths in kinds.items():
        with get_context("spawn").Pool(1) as pool:
            size, first, later, found, split = pool.apply(matching, (paths,))
        print(
            f"{kind:18} {size / 1e3:6.1f} KB   at first {first:6.3f} s   later {size / later / 1e6:5.2f} MB/s   "
            f"quantities alone {size / found / 1e6:5.2f} MB/s   ratio to splitting words {later / split:6.1f}"
        )


if __name__ == "__main__":
    main()
