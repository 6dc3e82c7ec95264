"""Loading the rules: the default pack from its YAML files, from the cache, and compiling its patterns.

    python benchmarks/rules.py

Each figure is the median wall time of fresh processes, their imports not counted. Bound: 0.35 s to load the pack
without a cache and compile it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile

ROUNDS = 7
WORK = """
import time
from contractscan.ruleset import load_ruleset
from contractscan.engine import compile_matcher
import re2
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


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_CACHE_HOME": folder, "LOCALAPPDATA": folder}
        load, compiled, rules, patterns = measure({**environment, "CONTRACTSCAN_NO_CACHE": "1"})
        print(f"{rules} rules, {patterns} patterns")
        print(f"from YAML   load {load:5.3f} s   compile {compiled:5.3f} s   together {load + compiled:5.3f} s")
        subprocess.run([sys.executable, "-c", WORK], env=environment, check=True, capture_output=True)
        load, compiled, *_ = measure(environment)
        print(f"from cache  load {load:5.3f} s   compile {compiled:5.3f} s   together {load + compiled:5.3f} s")


if __name__ == "__main__":
    main()
