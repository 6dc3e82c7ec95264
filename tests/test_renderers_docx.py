"""The annotated original: comments at the words, and not one other change to the file."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from contractscan.errors import UsageError
from contractscan.model import Bilingual, Document, Evidence, Finding, Report
from contractscan.renderers import render
from renderers_factory import make_case

CASE = make_case("zh")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# As a reader gives it: automatic numbers and cell separators are in the text, deletions are not.
TEXT = (
    "代运营合同\n"
    "第一条 甲方提前三十日书面通知乙方的，可以解除本合同。\n"
    "第二条 已付费用概不退还，另加新增违约金。\n"
    "账号：店铺号；登记人：乙方公司\n"
    "已付费用概不退还，另加新增违约金。"
)


def word_file(*, comment: bool = False) -> bytes:
    """Automatic numbers, a bold word inside a clause, tracked changes, a table, a paragraph twice."""
    word = docx.Document()
    title = word.add_paragraph("代运营合同", style="Title")
    if comment:
        word.add_comment(title.runs, text="旧批注", author="法务")
    clause = word.add_paragraph("甲方提前", style="List Number")
    clause.add_run("三十日").bold = True
    clause.add_run("书面通知乙方的，可以解除本合同。")
    for style in ("List Number", None):
        changed = word.add_paragraph("已付费用概不退还", style=style)
        changed._p.append(
            parse_xml(
                f'<w:del {nsdecls("w")} w:id="90" w:author="律师" w:date="2026-01-01T00:00:00Z">'
                "<w:r><w:delText>并赔偿</w:delText></w:r></w:del>"
            )
        )
        changed._p.append(
            parse_xml(
                f'<w:ins {nsdecls("w")} w:id="91" w:author="律师" w:date="2026-01-01T00:00:00Z">'
                "<w:r><w:rPr><w:i/></w:rPr><w:t>，另加新增违约金。</w:t></w:r></w:ins>"
            )
        )
        if style:
            table = word.add_table(1, 2)
            table.cell(0, 0).text, table.cell(0, 1).text = "店铺号", "乙方公司"
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def annotate(*quotes: tuple[str, int], source: bytes | None = None) -> tuple[bytes, bytes]:
    """The file and its annotated form; each quote is (words, which occurrence of them)."""
    findings: list[Finding] = []
    for number, (words, occurrence) in enumerate(quotes):
        start = -1
        for _ in range(occurrence + 1):
            start = TEXT.index(words, start + 1)
        evidence = Evidence(start=start, end=start + len(words), quote=words)
        findings.append(CASE.report.findings[2].model_copy(update={"id": f"q{number}", "evidence": (evidence,)}))
    report = CASE.report.model_copy(update={"findings": (*findings, CASE.report.findings[4])})
    before = source or word_file()
    document = Document(name="合同.docx", format="docx", text=TEXT)
    after = render(report, "docx", document=document, source=before)
    assert isinstance(after, bytes)
    return before, after


def part(data: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def commented(data: bytes, number: int) -> str:
    """The words between the marks of the comment with this place in the comments part."""
    identifier = part(data, "word/comments.xml")[number].get(f"{W}id")
    words, inside = [], False
    for element in part(data, "word/document.xml").iter():
        if element.tag in (f"{W}commentRangeStart", f"{W}commentRangeEnd") and element.get(f"{W}id") == identifier:
            inside = element.tag == f"{W}commentRangeStart"
        elif inside and element.tag == f"{W}t":
            words.append(element.text)
    return "".join(words)


def without_comments(root: Any) -> bytes:
    """Canonical XML of a main part with the marks of comments gone and cut runs joined again."""
    root = deepcopy(root)
    for mark in list(root.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd")):
        mark.getparent().remove(mark)
    for reference in list(root.iter(f"{W}commentReference")):
        run = reference.getparent()
        run.getparent().remove(run)
    for run in list(root.iter(f"{W}r")):
        following = run.getnext()
        while following is not None and following.tag == run.tag and _look(following) == _look(run):
            for child in list(following):
                if child.tag != f"{W}rPr":
                    run.append(child)
            run.getparent().remove(following)
            following = run.getnext()
        for text in list(run.iter(f"{W}t")):
            text.attrib.clear()
            before = text.getprevious()
            if before is not None and before.tag == text.tag:
                before.text += text.text
                run.remove(text)
    return bytes(etree.tostring(root, method="c14n"))


def _look(run: Any) -> bytes:
    properties = run.find(f"{W}rPr")
    return b"" if properties is None else etree.tostring(properties, method="c14n")


SOURCE = word_file()
ALL = (
    ("第一条 甲方提前三十日书面通知乙方的，可以解除本合同。", 0),
    ("十日书面", 0),
    ("概不退还，另加新增", 1),
    ("账号：店铺号；登记人：乙方公司", 0),
)


def test_nothing_but_comments_changes_in_the_main_part() -> None:
    before, after = annotate(*ALL)
    assert without_comments(part(after, "word/document.xml")) == without_comments(part(before, "word/document.xml"))
    assert len(list(part(after, "word/document.xml").iter(f"{W}commentReference"))) == 5


def test_every_other_part_is_the_same_byte_for_byte() -> None:
    before, after = annotate(*ALL)
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        same = [name for name in old.namelist() if old.read(name) == new.read(name)]
        changed = set(old.namelist()) - set(same)
    assert changed == {"[Content_Types].xml", "word/_rels/document.xml.rels", "word/document.xml"}
    assert {"word/styles.xml", "word/numbering.xml", "word/settings.xml"} <= set(same)


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        (
            ("第一条 甲方提前三十日书面通知乙方的，可以解除本合同。", 0),
            "甲方提前三十日书面通知乙方的，可以解除本合同。",
        ),
        (("十日书面", 0), "十日书面"),
        (("概不退还，另加新增", 0), "概不退还，另加新增"),
        (("账号：店铺号；登记人：乙方公司", 0), "店铺号乙方公司"),
        (("乙方公司\n已付费用", 0), "乙方公司已付费用"),
    ],
)
def test_a_comment_stands_at_the_quoted_words(quote: tuple[str, int], words: str) -> None:
    _, after = annotate(quote)
    assert commented(after, 0) == words


def test_words_that_stand_twice_are_marked_where_they_were_found() -> None:
    _, after = annotate(("概不退还", 1))
    root = part(after, "word/document.xml")
    (start,) = (m for m in root.iter(f"{W}commentRangeStart") if m.get(f"{W}id") == "0")
    paragraphs = [p for p in root.iter(f"{W}p") if "概不退还" in "".join(p.itertext())]
    assert start in list(paragraphs[1].iter())


def test_overlapping_quotes_each_keep_their_range() -> None:
    _, after = annotate(("三十日书面通知", 0), ("书面通知乙方", 0), ("三十日", 0))
    assert [commented(after, n) for n in range(3)] == ["三十日", "三十日书面通知", "书面通知乙方"]


def test_a_reference_is_not_tracked_as_inserted_text() -> None:
    _, after = annotate(("新增违约金", 0))
    root = part(after, "word/document.xml")
    assert [r for ins in root.iter(f"{W}ins") for r in ins.iter(f"{W}commentReference")] == []


def test_a_comment_says_grade_title_meaning_and_advice() -> None:
    _, after = annotate(("概不退还", 0))
    word = docx.Document(io.BytesIO(after))
    comment, summary = word.comments
    assert comment.author == "contractscan"
    assert [p.text for p in comment.paragraphs] == [
        "[高] 已付费用不退",
        "提前终止时已付费用概不退还。",
        "建议：要求按未履行部分退还。",
    ]
    assert "[高] 未发现账号交接义务" in [p.text for p in summary.paragraphs]


@given(words=st.text(min_size=1, max_size=60) | st.sampled_from(["\x00", "\ufffe", "\u202e", "]]>", "&<", "长" * 3000]))
@settings(deadline=None, max_examples=30)
def test_any_text_of_a_rule_fits_into_a_comment(words: str) -> None:
    said = Bilingual(zh=words, en=words)
    start = TEXT.index("概不退还")
    finding = CASE.report.findings[2].model_copy(
        update={
            "title": said,
            "message": said,
            "suggestion": said,
            "evidence": (Evidence(start=start, end=start + 4, quote="概不退还"),),
        }
    )
    report = CASE.report.model_copy(update={"findings": (finding,)})
    document = Document(name="合同.docx", format="docx", text=TEXT)
    after = render(report, "docx", document=document, source=SOURCE)
    assert len(list(docx.Document(io.BytesIO(after)).comments)) == 2  # type: ignore[arg-type]


def test_comments_already_in_the_file_stay() -> None:
    _, after = annotate(("概不退还", 0), source=word_file(comment=True))
    comments = list(docx.Document(io.BytesIO(after)).comments)
    assert [c.author for c in comments] == ["法务", "contractscan", "contractscan"]
    assert len({c.comment_id for c in comments}) == 3


def test_what_has_no_place_in_the_file_is_said_at_its_head() -> None:
    document = Document(name="合同.docx", format="docx", text="别处的一句话没有出现在文件里。")
    finding = CASE.report.findings[2].model_copy(
        update={"evidence": (Evidence(start=0, end=9, quote=document.text[:9]),)}
    )
    report = CASE.report.model_copy(update={"findings": (finding,)})
    after = render(report, "docx", document=document, source=word_file())
    (summary,) = docx.Document(io.BytesIO(after)).comments  # type: ignore[arg-type]
    assert "“别处的一句话没有出”" in [p.text for p in summary.paragraphs]


def test_the_same_file_gives_the_same_bytes() -> None:
    source = word_file()
    assert annotate(*ALL, source=source)[1] == annotate(*ALL, source=source)[1]


def test_a_path_is_read(tmp_path: Path) -> None:
    path = tmp_path / "合同.docx"
    path.write_bytes(word_file())
    document = Document(name="合同.docx", format="docx", text=TEXT)
    report: Report = CASE.report
    assert isinstance(render(report, "docx", document=document, source=path), bytes)


def test_another_format_is_refused_with_the_right_one() -> None:
    with pytest.raises(UsageError, match=r"合同.pdf: the format 'docx' marks up an original DOCX file.*PDF.*'pdf'"):
        render(CASE.report, "docx", document=CASE.document, source=b"%PDF-1.7")


def test_the_original_is_needed() -> None:
    document = CASE.document.model_copy(update={"format": "docx"})
    with pytest.raises(UsageError, match="needs the original file"):
        render(CASE.report, "docx", document=document)


@pytest.mark.parametrize("source", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_a_file_that_is_not_word_is_refused(source: bytes) -> None:
    document = CASE.document.model_copy(update={"format": "docx"})
    with pytest.raises(UsageError, match=r"only a \.docx file"):
        render(CASE.report, "docx", document=document, source=source)
