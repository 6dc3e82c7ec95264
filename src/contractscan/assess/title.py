"""A title that says something else than the contract is about: a "partnership" that is a service for a fee."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contractscan.model import Bilingual, Clause, Document, Evidence, Inconsistency
from contractscan.text import fold

_TITLE = re.compile(
    r"(?P<label>合伙|联营|合资|战略合作|合作|委托|授权|居间|劳务|雇佣|租赁)[^\n]{0,12}?(?:合[同约]|协议)书?$"
    r"|\b(?P<english>partnership|joint venture|collaboration|alliance|licen[cs]e)\b[^\n]{0,24}\bagreement$",
    re.I,
)
_SAYS_SERVICE = re.compile(r"服务|运营|推广|外包|承揽|制作|代理|营销|\bservices?\b|\bmanagement\b|\bmarketing\b", re.I)
_SERVICE = re.compile(
    r"代运营|账号运营|运营(?:服务|管理)|直播运营|短视频(?:制作|拍摄|运营)|托管运营"
    r"|\b(?:manage|operate|run)s?\b[^.;\n]{0,40}\b(?:accounts?|channels?|pages?)\b",
    re.I,
)
_FEE = re.compile(r"服务费|运营费|月费|代运营费|委任费|\b(?:service|monthly|management) fees?\b|\bretainer\b", re.I)
_DENIED = re.compile(
    r"(?:不(?:构成|属于|成立|视为|是|适用)|非属?|不应?(?:视为|理解为|认定为))[^。;,\n]{0,16}委[托任](?:代理)?(?:合[同约]|关系|契约)"
    r"|\bnot\b[^.;\n]{0,40}\b(?:contract of mandate|mandate contract)\b",
    re.I,
)


def misleading_title(document: Document, clauses: Sequence[Clause]) -> Inconsistency | None:
    """None where the title names the service, or where nothing shows that a service is paid for."""
    folded = fold(document.text)
    denied = _DENIED.search(folded)
    if denied:
        start = max(folded.rfind(mark, 0, denied.start()) for mark in "。;\n") + 1
        ends = [at for mark in "。;\n" if (at := folded.find(mark, denied.end())) >= 0]
        what = Bilingual(
            zh="合同否认自己是委托合同；法律性质看内容，不看名称",
            en="the contract denies that it is one of mandate; what counts is its content, not its name",
        )
        return Inconsistency(
            kind="title", what=what, evidence=(_quote(document, start, min(ends, default=len(folded))),)
        )
    title = _title(document, clauses)
    if title is None:
        return None
    start, end = title
    match = _TITLE.search(folded[start:end])
    if not match or _SAYS_SERVICE.search(folded[start:end]):
        return None
    if not _SERVICE.search(folded) or not _FEE.search(folded):
        return None
    name = match["label"] or match["english"]
    what = Bilingual(
        zh=f"合同名称写的是“{document.text[start:end].strip()}”（{name}），内容却是有偿的运营服务",
        en=f'the title says "{document.text[start:end].strip()}", while the content is a service for a fee',
    )
    return Inconsistency(kind="title", what=what, evidence=(_quote(document, start, end),))


def _title(document: Document, clauses: Sequence[Clause]) -> tuple[int, int] | None:
    """The first line that is not empty, when it belongs to no clause of the body."""
    position = len(document.text) - len(document.text.lstrip())
    end = document.text.find("\n", position)
    end = len(document.text) if end < 0 else end
    inside = next((clause for clause in clauses if clause.start <= position < clause.end), None)
    if inside is not None and inside.number:
        return None
    return (position, end) if 0 < end - position <= 60 else None


def _quote(document: Document, start: int, end: int) -> Evidence:
    words = document.text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))
    block = next((block for block in document.blocks if block.start <= start < block.end), None)
    return Evidence(
        start=start,
        end=end,
        quote=document.text[start:end],
        page=block.page if block else None,
        paragraph=block.paragraph if block else None,
        marks=((start, end),),
    )
