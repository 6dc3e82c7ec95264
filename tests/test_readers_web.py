"""Web pages and Word's single-file XML: what is saved under the name .doc as often as not."""

from __future__ import annotations

import quopri

import pytest

from contractscan.errors import ReadError
from contractscan.model import Document
from contractscan.readers import read as read_any
from readers_drawing import UNGUARDED

PAGE = "<html><head><title>无题</title><style>p {{}}</style></head><body>{}</body></html>"


def read(content: str | bytes, name: str = "合同.doc") -> Document:
    return read_any(content.encode() if isinstance(content, str) else content, name=name, options=UNGUARDED)


def lines(body: str) -> list[str]:
    return read(PAGE.format(body)).text.split("\n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p class=MsoNormal>第一条 <b>期限</b><o:p></o:p></p><p>一年</p>", ["第一条 期限", "一年"]),
        ("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"]),
        ("<p>甲<br>乙</p>", ["甲", "乙"]),
        ("<p>甲方可以\r\n解除</p>", ["甲方可以解除"]),
        ("<p><span>甲方可以</span>\n<span>解除</span></p>", ["甲方可以解除"]),
        ("<p>The Client\nmay   end</p>", ["The Client may end"]),
        ("<pre>甲\n乙</pre>", ["甲", "乙"]),
        ("<ol start=3><li>甲</li><li>乙<ol type=a><li>丙</li></ol></li></ol>", ["3. 甲", "4. 乙", "a. 丙"]),
        ("<ul><li></li></ul><p>甲</p>", ["甲"]),
        ("<p>甲<script>x</script><!-- 批注 -->乙</p>", ["甲乙"]),
        ("<p><input type=checkbox>按月 <input type=checkbox checked>按季</p>", ["☐按月 ☑按季"]),
        ("<p>提前<input value=30>日</p>", ["提前30日"]),
        ("<p>甲方</p><div style='mso-element:comment-list'><p>太高</p></div>", ["甲方"]),
    ],
)
def test_the_words_of_a_page(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


def test_tables_read_like_those_of_word() -> None:
    table = (
        "<table><tr><th rowspan=2>项目</th><th colspan=2>费用</th></tr><tr><th>月费</th><th>提成</th></tr>"
        "<tr><td>直播</td><td>1,000元</td><td>5%</td></tr><tr><td>投放</td><td>500元</td><td>3%</td></tr></table>"
    )
    assert lines(table) == ["项目：直播；费用月费：1,000元；费用提成：5%", "项目：投放；费用月费：500元；费用提成：3%"]


def test_what_is_hidden_struck_or_changed() -> None:
    document = read(
        PAGE.format(
            "<p>甲方<span style='display:none'>不</span>可以<del>协商</del><ins>立即</ins>解除。</p>"
            "<p><font color=white>白</font><s>费用不退。</s></p>"
        )
    )
    assert document.text == "甲方可以立即解除。\n费用不退。"
    assert [(document.text[each.start : each.end], each.reason) for each in document.muted] == [
        ("费用不退。", "deleted")
    ]
    assert [note.en[:32] for note in document.notes] == [
        "The file is called .doc but its ",
        "The file has unaccepted tracked ",
        "The file has 2 characters that a",
        "The file has 5 characters that a",
    ]


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_the_charset_that_the_page_names(charset: str) -> None:
    page = f"<html><meta charset={charset}><p>甲方可以解除本合同，朱镕基。</p></html>"
    assert read(page.encode("gb18030" if charset == "gb2312" else charset)).text == "甲方可以解除本合同，朱镕基。"


def test_an_archived_page() -> None:
    page = quopri.encodestring("<html><p>甲方可以解除本合同。</p></html>".encode("gb18030"))
    head = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
        b'Content-Transfer-Encoding: quoted-printable\r\nContent-Type: text/html; charset="gb2312"\r\n\r\n'
    )
    document = read(head + page + b"\r\n--x--\r\n", name="合同.mht")
    assert (document.text, document.format, document.notes) == ("甲方可以解除本合同。", "html", ())


def test_elements_nested_without_end_are_refused() -> None:
    with pytest.raises(ReadError, match="nested too deeply"):
        read("<html>" + "<div>" * 50_000 + "甲方")


def test_elements_nested_two_hundred_deep_are_read() -> None:
    assert read("<html>" + "<div>" * 200 + "甲方").text == "甲方"


def test_spans_over_ten_million_cells_cost_nothing() -> None:
    table = "<table><tr><td colspan=10000000 rowspan=10000000>项目</td><td>费用</td></tr><tr><td>直播</td></tr></table>"
    assert "直播" in read(PAGE.format(table)).text


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def test_a_package_in_one_file() -> None:
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    flat = (
        '<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
        f'<pkg:part pkg:name="/_rels/.rels"><pkg:xmlData><Relationships xmlns="{relations}"><Relationship Id="a" '
        f'Type="{office}" Target="word/document.xml"/></Relationships></pkg:xmlData></pkg:part>'
        f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData><w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>'
        "甲方可以解除。</w:t></w:r></w:p></w:body></w:document></pkg:xmlData></pkg:part></pkg:package>"
    )
    document = read(flat, name="合同.xml")
    assert (document.text, document.format) == ("甲方可以解除。", "docx")


def test_the_xml_of_word_2003() -> None:
    content = (
        '<w:p><w:pPr><w:listPr><wx:t wx:val="第一条"/></w:listPr></w:pPr><w:r><w:t>甲方可以</w:t></w:r>'
        '<aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>不</w:delText></w:r></aml:content>'
        "</aml:annotation><w:r><w:t>解除。</w:t></w:r></w:p>"
    )
    document = read(
        '<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
        'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" '
        f'xmlns:aml="http://schemas.microsoft.com/aml/2001/core"><w:body>{content}</w:body></w:wordDocument>'
    )
    assert document.text == "第一条 甲方可以解除。"
    assert "1 deletions" in document.notes[1].en
