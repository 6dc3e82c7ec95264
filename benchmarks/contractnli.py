"""How the rules on confidentiality, return, deletion and survival do on the ContractNLI data set of English NDAs.

    python benchmarks/contractnli.py DEV_JSON [--misses]

DEV_JSON is a file of the data set (Koreeda and Manning, CC BY 4.0). Each row pairs hypotheses with the rules that
should point at their evidence. Recall: of the hypotheses that a document entails or contradicts, the share of which a
finding overlaps one of the evidence spans. Precision: of the findings, the share that overlaps an evidence span of
any of the row's hypotheses, or lies in a document in which one of them is mentioned. The hypothesis on return asks for
return at the end of the agreement, so `return` counts the findings that say so (capture `at_end`); `return asked`
counts those on request, too, which the rules mean as well and the data set does not annotate.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from contractscan import Scanner
from contractscan.model import Finding
from contractscan.readers import ReadOptions

ROWS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "confidentiality": (("nda-4", "nda-5", "nda-7", "nda-8"), ("confidentiality",)),
    "return": (("nda-16",), ("data-return-export", "data-deletion")),
    "return asked": (("nda-16",), ("data-return-export", "data-deletion")),
    "retention": (("nda-20",), ("data-deletion",)),
    "survival": (("nda-19",), ("confidentiality", "surviving-terms")),
}
LASTING = {"term", "survival"}  # captures by which a finding on confidentiality says how long it lasts


def findings_of(scanner: Scanner, text: str, folder: Path) -> list[Finding]:
    path = folder / "contract.txt"
    path.write_text(text, "utf-8")
    return list(scanner.scan(path).findings)


def touches(finding: Finding, spans: list[tuple[int, int]]) -> bool:
    return any(e.start < end and e.end > start for e in finding.evidence for start, end in spans)


def evidence(document: dict[str, Any], hypothesis: str) -> list[tuple[int, int]] | None:
    """Spans in the text; None when the document does not mention the matter."""
    annotation = document["annotation_sets"][0]["annotations"][hypothesis]
    if annotation["choice"] == "NotMentioned":
        return None
    return [tuple(document["spans"][i]) for i in annotation["spans"]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--misses", action="store_true", help="print the first evidence of what no finding points at")
    args = parser.parse_args()
    documents = json.loads(args.data.read_text("utf-8"))["documents"]
    scanner = Scanner(options=ReadOptions(guarded=False))
    count = {row: [0, 0, 0, 0] for row in ROWS}  # hypotheses, met, findings, right
    with tempfile.TemporaryDirectory() as folder:
        for document in documents:
            text = document["text"].replace("\r", "\n")
            findings = findings_of(scanner, text, Path(folder))
            for row, (hypotheses, rule_ids) in ROWS.items():
                mine = [f for f in findings if f.kind == "clause" and f.rule_id in rule_ids]
                if row == "return":
                    mine = [f for f in mine if f.captures.get("at_end")]
                if row == "survival":
                    mine = [f for f in mine if f.rule_id != "confidentiality" or f.captures.keys() & LASTING]
                spans = {h: found for h in hypotheses if (found := evidence(document, h)) is not None}
                for hypothesis, places in spans.items():
                    count[row][0] += 1
                    if any(touches(f, places) for f in mine):
                        count[row][1] += 1
                    elif args.misses:
                        start, end = places[0] if places else (0, 0)
                        print(f"MISS {row} {hypothesis} {document['id']}: {text[start:end][:240]!r}")
                count[row][2] += len(mine)
                count[row][3] += len(mine) if spans else 0
    print(f"{'':16} {'wanted':>6} {'found':>6} {'recall':>7} {'findings':>9} {'right':>6} {'precision':>9}")
    for row, (wanted, met, findings_made, right) in count.items():
        print(
            f"{row:16} {wanted:6d} {met:6d} {met / max(wanted, 1):7.3f} {findings_made:9d} {right:6d}"
            f" {right / max(findings_made, 1):9.3f}"
        )


if __name__ == "__main__":
    main()
