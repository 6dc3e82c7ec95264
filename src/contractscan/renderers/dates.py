"""The key dates as an iCalendar file (RFC 5545): all-day events with a reminder a week before."""

from __future__ import annotations

import datetime
import hashlib

from contractscan.model import KeyDate, Report
from contractscan.renderers.labels import LABELS
from contractscan.renderers.options import Options
from contractscan.renderers.wording import one_line, place


def render_ics(report: Report, options: Options) -> str:
    """Dates that are not known to the day are left out: they are asked for in the report, not put into a calendar.

    An event keeps its UID as long as the contract, the date and what it is for stay the same, so that a second import
    updates rather than doubles it.
    """
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", f"-//{report.tool.name}//{report.tool.version}//{options.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{LABELS['key_dates'].get(options.language)} · {one_line(report.document.name)}")
    places = {finding.id: place(finding) for finding in report.findings}
    for item in report.key_dates:
        day = _day(item)
        if day is None:
            continue
        summary = one_line(item.what.get(options.language))
        cites = [places[finding_id].get(options.language) for finding_id in item.finding_ids if finding_id in places]
        said = [one_line(item.basis.get(options.language)), *(cite for cite in cites if cite)]
        said += [one_line(report.document.name), LABELS["disclaimer"].get(options.language)]
        event = Event()
        event.add("uid", f"{_identity(report, item)}@contractscan")
        event.add("dtstamp", datetime.datetime.combine(day, datetime.time(), datetime.UTC))
        event.add("dtstart", day)
        event.add("dtend", day + datetime.timedelta(days=1))
        event.add("summary", summary)
        event.add("description", "\n".join(said))
        event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", datetime.timedelta(days=-7))
        event.add_component(alarm)
        calendar.add_component(event)
    return str(calendar.to_ical().decode())


def _day(item: KeyDate) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(item.date or "")
    except ValueError:
        return None


def _identity(report: Report, item: KeyDate) -> str:
    return hashlib.sha256(f"{report.document.sha256}\n{item.what.en}\n{item.date}".encode()).hexdigest()[:32]
