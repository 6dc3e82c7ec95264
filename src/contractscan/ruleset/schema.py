"""The JSON Schema of a rule file, for editors."""

from __future__ import annotations

from typing import Any

from contractscan.ruleset.shape import Rule


def rule_schema() -> dict[str, Any]:
    """The schema of a rule as people write it, with the short forms that the models expand before validating."""
    schema = Rule.model_json_schema(mode="validation")
    definitions = schema["$defs"]
    needed = schema.pop("required")
    schema["anyOf"] = [{"required": needed}, {"required": ["id", "extends"]}]
    for name, short in (
        ("Alternative", [{"type": "string"}]),
        ("Comparison", [{"type": ["string", "number", "boolean"]}, {"type": "array", "items": {"type": "string"}}]),
    ):
        definitions[name] = {"anyOf": [*short, definitions[name]]}
    condition = definitions["Condition"]
    del condition["properties"]["captures"]  # written flat: {period: {gt: 60 days}}
    condition["additionalProperties"] = {"$ref": "#/$defs/Comparison"}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
