"""The findings as SARIF 2.1.0, for tools that collect results of many analysers."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from contractscan.model import Document, Evidence, Finding, Report
from contractscan.renderers.options import Options
from contractscan.renderers.outline import worst_first
from contractscan.renderers.wording import clause_name, one_line

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVEL = {"critical": "error", "high": "error", "medium": "warning", "low": "note", "info": "note"}


def render_sarif(report: Report, options: Options) -> str:
    """One run. Offsets count code points of the text as read; `fingerprints` survive a change of position."""
    findings = worst_first(report.findings)
    rules = list({finding.rule_id: finding for finding in findings}.values())
    order = {finding.rule_id: index for index, finding in enumerate(rules)}
    name = one_line(report.document.name) or "contract"
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": report.tool.name,
                "version": report.tool.version,
                "rules": [_rule(finding, options.language) for finding in rules],
                "properties": {"rulesetDigest": report.tool.ruleset_digest},
            }
        },
        "language": "zh-CN" if options.language == "zh" else "en-US",
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(report, name)],
        "invocations": [
            {
                "executionSuccessful": report.overall.reviewed,
                "toolExecutionNotifications": [
                    {
                        "level": "warning",
                        "message": {"text": " ".join(one_line(t) for t in (item.what, item.reason, item.remedy) if t)},
                        "properties": {"page": item.page},
                    }
                    for item in report.not_analysed
                ],
            }
        ],
        "results": [_result(finding, order, name, options) for finding in findings],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _artifact(report: Report, name: str) -> dict[str, Any]:
    artifact: dict[str, Any] = {"location": {"uri": quote(name)}}
    if report.document.sha256:
        artifact["hashes"] = {"sha-256": report.document.sha256}
    return artifact


def _rule(finding: Finding, language: str) -> dict[str, Any]:
    said = (("shortDescription", finding.title), ("fullDescription", finding.rationale), ("help", finding.suggestion))
    described = {key: {"text": one_line(text.get(language))} for key, text in said if one_line(text.get(language))}
    return {"id": finding.rule_id, **described, "properties": {"topic": finding.topic}}


def _result(finding: Finding, order: dict[str, int], name: str, options: Options) -> dict[str, Any]:
    protects = finding.effect == "protection" and finding.kind == "clause"
    message = one_line(finding.message.get(options.language)) or one_line(finding.title.get(options.language))
    result: dict[str, Any] = {
        "ruleId": finding.rule_id,
        "ruleIndex": order[finding.rule_id],
        # SARIF: a kind other than "fail" has the level "none".
        "kind": "informational" if protects else "fail",
        "level": "none" if protects else _LEVEL[finding.severity],
        "message": {"text": message or finding.rule_id},
        "fingerprints": {"contractscan/v1": finding.id},
        "properties": {
            "severity": finding.severity,
            "topic": finding.topic,
            "effect": finding.effect,
            "kind": finding.kind,
            "clause": clause_name(finding.clause).zh,
        },
    }
    first, *others = finding.evidence or (None,)
    if first:
        result["locations"] = [_location(first, finding, name, options.document)]
    else:
        result["locations"] = [{"physicalLocation": {"artifactLocation": {"uri": quote(name), "index": 0}}}]
    if others:
        result["relatedLocations"] = [_location(item, finding, name, options.document) for item in others if item]
    if finding.suppressed:
        result["suppressions"] = [
            {
                "kind": "external",
                "status": "accepted",
                "justification": one_line(finding.suppressed.reason) or finding.suppressed.by,
            }
        ]
        if finding.suppressed.by == "baseline":
            result["baselineState"] = "unchanged"
    return result


def _location(evidence: Evidence, finding: Finding, name: str, document: Document | None) -> dict[str, Any]:
    region: dict[str, Any] = {
        "charOffset": evidence.start,
        "charLength": evidence.end - evidence.start,
        "snippet": {"text": evidence.quote},
    }
    if document:
        region["startLine"] = document.text.count("\n", 0, evidence.start) + 1
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": {"uri": quote(name), "index": 0}, "region": region},
        "properties": {"page": evidence.page, "paragraph": evidence.paragraph},
    }
    if clause := clause_name(finding.clause).zh:
        location["logicalLocations"] = [{"fullyQualifiedName": clause, "kind": "clause"}]
    return location
