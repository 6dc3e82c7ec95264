"""The spaCy pipeline component `contractscan`: findings as spans of a Doc.

    nlp = spacy.blank("en")
    nlp.add_pipe("contractscan")
    doc = nlp(text)
    doc.spans["contractscan"]  # a span for each quoted passage: label_ is the rule's id, id_ that of the finding

It is found through an entry point, needs no model and changes nothing else of the Doc. The text is taken as it is: a
file is better read by `contractscan.read`, which leaves out what is not part of the contract.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Span

from contractscan.engine import compile_matcher, evaluate
from contractscan.model import Document
from contractscan.parties import find_mentions, resolve_parties
from contractscan.ruleset import load_ruleset
from contractscan.segment import segment
from contractscan.text import detect_language, detect_script

KEY = "contractscan"


@Pipeline.factory(
    KEY,
    default_config={"rules": [], "select": [], "ignore": [], "client": None, "spans_key": KEY},
    assigns=["doc.spans"],
)
def make_component(
    nlp: Pipeline,
    name: str,
    rules: Sequence[str],
    select: Sequence[str],
    ignore: Sequence[str],
    client: str | None,
    spans_key: str,
) -> Callable[[Doc], Doc]:
    """`rules` are folders of house rules, `select` and `ignore` ids or topics, `client` the client's label."""
    matcher = compile_matcher(load_ruleset(*rules, select=select, ignore=ignore))

    def find(doc: Doc) -> Doc:
        language = detect_language(doc.text)
        document = Document(name=name, format="txt", language=language, script=detect_script(doc.text), text=doc.text)
        spans: list[Span] = []
        if language != "unknown":
            clauses = segment(document)
            parties = resolve_parties(document, clauses, client=client)
            mentions = find_mentions(document, parties)
            for finding in evaluate(matcher, document, clauses, parties, mentions).findings:
                for item in finding.evidence:
                    span = doc.char_span(item.start, item.end, label=finding.rule_id, alignment_mode="expand")
                    if span is not None:
                        span.id_ = finding.id
                        spans.append(span)
        doc.spans[spans_key] = sorted(spans)
        return doc

    return find
