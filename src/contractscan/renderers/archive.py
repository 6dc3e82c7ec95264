"""Office files are zip archives; the same report must give the same bytes."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip archive can hold
_WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def steady(data: bytes) -> bytes:
    """The archive `data` without the time of writing, neither on its members nor in its core properties."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "docProps/core.xml":
                content = _WRITTEN.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", content)
            fresh = ZipInfo(member.filename, _EPOCH)
            fresh.compress_type = ZIP_DEFLATED
            new.writestr(fresh, content)
    return out.getvalue()
