"""Write the JSON Schemas in docs/: of the report, for programs that read it, of a rule file and of the settings of a
house, for editors.

    python scripts/build_schemas.py
"""

from __future__ import annotations

import json
from pathlib import Path

from contractscan.config import config_schema
from contractscan.model import Report
from contractscan.ruleset.schema import rule_schema

DOCS = Path(__file__).resolve().parent.parent / "docs"
DIALECT = {"$schema": "https://json-schema.org/draft/2020-12/schema"}


def schemas() -> dict[Path, str]:
    """The text of each schema file."""
    found = {
        DOCS / "report.schema.json": Report.model_json_schema(mode="serialization"),
        DOCS / "rule.schema.json": rule_schema(),
        DOCS / "config.schema.json": config_schema(),
    }
    return {path: json.dumps(DIALECT | schema, ensure_ascii=False, indent=2) + "\n" for path, schema in found.items()}


if __name__ == "__main__":
    for path, text in schemas().items():
        path.write_text(text, "utf-8")
        print(path.relative_to(DOCS.parent))
