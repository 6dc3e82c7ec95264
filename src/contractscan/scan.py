"""The whole path: file → Document → Clauses → Findings → Report."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO, Literal, NamedTuple

from contractscan.assess import Plan, assess, is_reviewable
from contractscan.config import Config, configure, disclose, load_config, suppressions
from contractscan.engine import Evaluation, compile_matcher, evaluate
from contractscan.errors import ContractScanError, ReadError, UsageError
from contractscan.model import Clause, Document, Evidence, Language, Party, Report, Suppression
from contractscan.parties import find_mentions, label_conflicts, resolve_parties
from contractscan.readers import read
from contractscan.readers.limits import ReadOptions
from contractscan.readers.misreadings import mend
from contractscan.ruleset import load_ruleset
from contractscan.segment import segment

Source = str | Path | bytes | BinaryIO
Progress = Callable[[str], None]


class Review(NamedTuple):
    """A report together with what it was made from, for renderers that show the contract itself."""

    document: Document
    clauses: list[Clause]
    report: Report


class Scanner:
    """Rules loaded and compiled once, for any number of contracts."""

    def __init__(
        self,
        *,
        rules: Sequence[str | Path] = (),
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        language: Language | None = None,
        client: str | None = None,
        perspective: Literal["client", "provider"] = "client",
        as_of: datetime.date | None = None,
        terminate_on: datetime.date | None = None,
        paid: Decimal | int | str | None = None,
        monthly_fee: Decimal | int | str | None = None,
        config: str | Path | Config | None = None,
        baseline: str | Path | Report | None = None,
        options: ReadOptions = ReadOptions(),  # noqa: B008 - frozen
    ) -> None:
        """`rules` are folders of house rules; `client` names the client's label when the text leaves it open.
        `as_of` (the day a notice would be sent), `terminate_on`, `paid` and `monthly_fee` are what key dates and money
        at stake need beside the contract; without them these are asked for, and today's date is never used.
        `config` are the settings of a house, or the file that holds them; none is looked for. `select` and `ignore`
        count instead of its own, `rules` besides its folders; its suppressions end as of `as_of`, else as of today.
        Findings that `baseline`, an earlier report or its JSON file, has too are set aside: counted, shown, not graded.

        Raises RuleError with every `file:line: message`, UsageError on an unknown rule id, ReadError on a bad baseline.
        """
        settings = config if isinstance(config, Config) else load_config(config) if config else Config()
        self._settings: dict[str, Any] = {
            "rules": tuple(rules),
            "select": tuple(select),
            "ignore": tuple(ignore),
            "language": language,
            "client": client,
            "perspective": perspective,
            "as_of": as_of,
            "terminate_on": terminate_on,
            "paid": paid,
            "monthly_fee": monthly_fee,
            "config": settings,
            "baseline": load_report(baseline) if isinstance(baseline, str | Path) else baseline,
            "options": options,
        }
        self._known = _known(self._settings["baseline"])
        self.ruleset = configure(
            load_ruleset(*settings.folders, *rules),
            settings,
            select=self._settings["select"],
            ignore=self._settings["ignore"],
        )
        self._matcher = compile_matcher(self.ruleset)
        self._config = settings
        self._language = language
        self._client = client
        self._perspective: Literal["client", "provider"] = perspective
        self._options = options
        self._plan = Plan(
            as_of=as_of,
            terminate_on=terminate_on,
            paid=_amount(paid),
            monthly_fee=_amount(monthly_fee),
        )

    def review(self, source: Source, *, name: str | None = None, progress: Progress | None = None) -> Review:
        """Read and review one contract. Raises ReadError when it cannot be read."""
        document = read(source, name=name, options=self._options, progress=progress)
        if self._language:
            document = document.model_copy(update={"language": self._language})
        if not is_reviewable(document):
            return Review(document, [], self._assess(document, [], (), Evaluation([], frozenset())))
        understood = mend(document)
        clauses = segment(understood)
        parties = resolve_parties(understood, clauses, client=self._client)
        mentions = find_mentions(understood, parties)
        evaluation = evaluate(self._matcher, understood, clauses, parties, mentions, language=self._language)
        report = self._assess(understood, clauses, parties, evaluation)
        return Review(document, clauses, report if understood is document else _quoting(report, document))

    def scan(self, source: Source, *, name: str | None = None, progress: Progress | None = None) -> Report:
        """Review one contract: a path, bytes or a binary file object."""
        return self.review(source, name=name, progress=progress).report

    def scan_many(
        self, sources: Iterable[str | Path | bytes], *, workers: int = 1
    ) -> Iterator[Report | ContractScanError]:
        """Review many, in order; one that cannot be read yields its error instead of ending the batch.

        With `workers` > 1 the work is shared by as many processes, each with its own compiled rules.
        """
        if workers < 2:
            yield from (_report_or_error(self, source) for source in sources)
            return
        from concurrent.futures import ProcessPoolExecutor

        with ProcessPoolExecutor(workers, initializer=_start_worker, initargs=(self._settings,)) as pool:
            yield from pool.map(_scan_in_worker, sources)

    def _assess(
        self, document: Document, clauses: Sequence[Clause], parties: Sequence[Party], evaluation: Evaluation
    ) -> Report:
        day = self._plan.as_of or datetime.date.today()  # for the end of suppressions only
        report = assess(
            document,
            parties,
            self.ruleset,
            evaluation.findings,
            clauses=clauses,
            expected=evaluation.expected,
            conflicts=label_conflicts(document, parties),
            plan=self._plan,
            perspective=self._perspective,
            suppressions={**self._known, **suppressions(self._config, day)},
            version=version("contractscan"),
        )
        return disclose(self._config, report, day)


def _quoting(report: Report, document: Document) -> Report:
    """The report with every quote as it was read, where recognition's misreadings were mended to understand it."""

    def quoted(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        return tuple(each.model_copy(update={"quote": document.text[each.start : each.end]}) for each in evidence)

    findings = tuple(each.model_copy(update={"evidence": quoted(each.evidence)}) for each in report.findings)
    others = tuple(each.model_copy(update={"evidence": quoted(each.evidence)}) for each in report.inconsistencies)
    return report.model_copy(update={"findings": findings, "inconsistencies": others})


def load_report(path: str | Path) -> Report:
    """The report that a JSON file holds. Raises ReadError when there is none in it."""
    try:
        return Report.model_validate_json(Path(path).read_bytes())
    except OSError as error:
        raise ReadError(str(path), f"cannot be read: {error.strerror or error}.") from error
    except ValueError as error:
        remedy = "Make one with: contractscan report CONTRACT -f json -o FILE."
        raise ReadError(str(path), "is no JSON report of contractscan.", remedy) from error


def _known(baseline: Report | None) -> dict[str, Suppression]:
    """Why findings of an earlier report are set aside, by their ids."""
    if baseline is None:
        return {}
    reason = Suppression(reason=f"in the baseline {baseline.document.name}", by="baseline")
    return {finding.id: reason for finding in baseline.findings if finding.suppressed is None}


def _amount(value: Decimal | int | str | None) -> Decimal | None:
    try:
        amount = None if value is None else Decimal(value)
    except InvalidOperation:
        raise UsageError(f"{value!r} is no amount of money: write it as 120000 or 1250.50.") from None
    if amount is not None and (not amount.is_finite() or amount < 0):
        raise UsageError(f"{value!r} is no amount of money: write it as 120000 or 1250.50.")
    return amount


_worker: Scanner | None = None  # of this process, when it is a worker of `scan_many`


def _start_worker(settings: dict[str, Any]) -> None:
    global _worker  # noqa: PLW0603 - a worker process has one scanner for all its contracts
    _worker = Scanner(**settings)


def _scan_in_worker(source: str | Path | bytes) -> Report | ContractScanError:
    assert _worker is not None
    return _report_or_error(_worker, source)


def _report_or_error(scanner: Scanner, source: Source) -> Report | ContractScanError:
    try:
        return scanner.scan(source)
    except ContractScanError as error:
        return error


def scan(source: Source, *, name: str | None = None, progress: Progress | None = None, **options: Any) -> Report:
    """Review one contract; `options` are those of `Scanner`."""
    return Scanner(**options).scan(source, name=name, progress=progress)
