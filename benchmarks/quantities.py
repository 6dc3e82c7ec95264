"""Measure find_quantities: recall on an annotated corpus, and time at 0.1, 1 and 4 MB.

    python benchmarks/quantities.py GOLD_DIR [ZH_TEXT_DIR EN_TEXT_DIR]

GOLD_DIR holds JSON annotations with `topics.notice_period[].{quote, days, business_days}` and
`topics.remaining_fees[].{quote, percent}`. An item counts as read when one quantity of its quote has that value.
The text folders (`*.txt`) are joined and repeated to the sizes given and timed.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from contractscan.quantities import Duration, Percentage, find_quantities

SIZES = (100_000, 1_000_000, 4_000_000)


def main(arguments: list[str]) -> None:
    gold = Path(arguments[0])
    for optional in (False, True):
        report_recall(gold, optional=optional)
    for folder, language in zip(arguments[1:], ("zh", "en"), strict=False):
        report_speed(Path(folder), language)


def report_recall(gold: Path, *, optional: bool) -> None:
    read = {"notice": 0, "percent": 0}
    total = {"notice": 0, "percent": 0}
    for path in sorted(gold.glob("*.json")):
        topics = json.loads(path.read_text("utf-8"))["topics"]
        for topic, key, name in (("notice_period", "days", "notice"), ("remaining_fees", "percent", "percent")):
            for item in topics.get(topic, []):
                if item.get(key) is None or bool(item.get("optional")) != optional:
                    continue
                total[name] += 1
                if _is_read(item, key):
                    read[name] += 1
                else:
                    print(f"  {path.name[:3]} {name} {item[key]} not read: {item['quote'][:120]!r}")
    for name, count in total.items():
        if count:
            print(f"{name}{' (optional)' if optional else ''}: {read[name]} of {count} = {read[name] / count:.3f}")


def _is_read(item: dict[str, object], key: str) -> bool:
    found = find_quantities(str(item["quote"]))
    if key == "days":
        durations = [quantity for quantity in found if isinstance(quantity, Duration) and quantity.days is not None]
        return any(q.days == item["days"] and q.business == item["business_days"] for q in durations)
    wanted = float(str(item["percent"]))
    rates = [float(q.value) for q in found if isinstance(q, Percentage) and q.value is not None]
    return any(abs(rate - wanted) < 1e-9 for rate in rates)


def report_speed(folder: Path, language: str) -> None:
    text = "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.txt")))
    text = text * (1 + SIZES[-1] // len(text))
    find_quantities(text[:1000])
    for size in SIZES:
        start = time.process_time()
        found = find_quantities(text[:size])
        seconds = time.process_time() - start
        print(f"{language} {size:>9,} characters: {seconds:.3f} s of processor time, {len(found):,} quantities")


if __name__ == "__main__":
    main(sys.argv[1:])
