"""PDF files that are damaged, protected, too large, hostile, or whose text is not there."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from contractscan.errors import ReadError
from contractscan.model import NotAnalysed
from contractscan.readers import Limits, ReadOptions, read
from readers_drawing import UNGUARDED, lines, paragraphs, pdf

GOOD = pdf(lines("第八条 合同解除", "甲方提前三十日书面通知乙方，可以解除本合同。"))
RARE = "侊侌侎侏侐侒侓侔侕侖侘侙侚侜侞侟価侢侤侫侭侰侱侲侳侴侶侷侸侹侺侻侼侽侾俀俁係俆俇俈俉俋俌俍俒俓俔俕俖俙"
NEVER = ReadOptions(guarded=False, ocr="never")


def raw_pdf(objects: list[bytes], *, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1, with a right cross-reference table."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places: list[int] = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start))
    return out.getvalue()


def stream(data: bytes, extra: bytes = b"") -> bytes:
    packed = zlib.compress(data, 9)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), extra, packed)


def one_page(content: bytes, resources: bytes = b"<< /Font << /F 5 0 R >> >>", *more: bytes) -> bytes:
    return raw_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources %s >>" % resources,
            content,
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            *more,
        ]
    )


def scanned() -> bytes:
    """A page that is one grey image."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    picture = Image.new("RGB", (200, 280), "lightgrey")

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)

    return pdf(draw)


# -------------------------------------------------------------------- errors


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", GOOD[: len(GOOD) // 2], b"%PDF-1.4\n" + b"\x93\x01" * 500])
def test_a_damaged_file_is_a_read_error_with_a_remedy(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        read(data, name="合同.pdf", options=UNGUARDED)
    assert caught.value.path == "合同.pdf"
    assert caught.value.reason == "is damaged or cut off: it is not a complete PDF."
    assert caught.value.remedy


def test_a_broken_cross_reference_table_is_repaired() -> None:
    broken = GOOD.replace(b"startxref\n", b"startxref\n9", 1)
    assert read(broken, options=UNGUARDED).text == read(GOOD, options=UNGUARDED).text


def test_junk_before_the_file_is_skipped() -> None:
    assert read(b"HTTP/1.1 200 OK\r\n\r\n" + GOOD, options=UNGUARDED).text == read(GOOD, options=UNGUARDED).text


def protected(**passwords: str) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(**passwords, strength=128))
    canvas.drawString(72, 760, "The Client may end this Agreement on thirty days' notice.")
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("password", "reason"),
    [(None, "is protected by a password."), ("wrong", "is protected and the password given is wrong.")],
)
def test_a_protected_file_names_the_remedy(password: str | None, reason: str) -> None:
    data = protected(userPassword="open", ownerPassword="own")
    with pytest.raises(ReadError) as caught:
        read(data, options=ReadOptions(guarded=False, password=password))
    assert caught.value.reason == reason
    assert "password" in caught.value.remedy


def test_the_password_opens_it() -> None:
    data = protected(userPassword="open", ownerPassword="own")
    assert "thirty days" in read(data, options=ReadOptions(guarded=False, password="open")).text


def test_an_owner_password_alone_does_not_hinder() -> None:
    assert "thirty days" in read(protected(userPassword="", ownerPassword="own"), options=UNGUARDED).text


def test_a_file_without_pages_is_a_read_error() -> None:
    empty = raw_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"])
    with pytest.raises(ReadError):
        read(empty, options=UNGUARDED)


# -------------------------------------------------------------------- limits


def test_pages_beyond_the_limit_are_listed_and_not_read() -> None:
    data = pdf(*(lines(f"第{number}条 乙方的第{number}项义务") for number in "一二三四"))
    document = read(data, options=ReadOptions(guarded=False, limits=Limits(pages=2)))
    assert paragraphs(document) == ["第一条 乙方的第一项义务", "第二条 乙方的第二项义务"]
    assert document.pages == 4
    assert tuple(part.model_copy(update={"zh": None}) for part in document.not_analysed) == (
        NotAnalysed(
            what="Pages 3 to 4",
            reason="the file says it has more than 2 pages.",
            remedy="Raise the limit if you trust the file.",
        ),
    )


def test_a_page_with_too_many_characters_is_cut_and_listed() -> None:
    data = pdf(lines(*["甲方有权随时检查乙方的工作。"] * 20))
    document = read(data, options=ReadOptions(guarded=False, limits=Limits(page_characters=100)))
    assert len(document.text) < 120
    assert document.not_analysed[0].reason == "it has more than 100 characters; the rest is not read."


def test_a_document_with_too_many_characters_is_refused() -> None:
    data = pdf(lines(*["甲方有权随时检查乙方的工作。"] * 20))
    with pytest.raises(ReadError, match="more than 100 characters"):
        read(data, options=ReadOptions(guarded=False, limits=Limits(characters=100)))


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "合同.pdf"
    file.write_bytes(GOOD)
    with pytest.raises(ReadError, match="larger than"):
        read(file, options=ReadOptions(limits=Limits(file_bytes=100)))


@pytest.mark.parametrize("kind", ["bytes", "stream"])
def test_the_size_limit_holds_for_bytes_and_streams(kind: str) -> None:
    source = GOOD if kind == "bytes" else io.BytesIO(GOOD)
    with pytest.raises(ReadError, match="larger than"):
        read(source, options=ReadOptions(limits=Limits(file_bytes=100)))


# ------------------------------------------------------------------- hostile


def test_a_page_tree_that_bites_its_tail_is_a_read_error() -> None:
    loop = raw_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 5 >>",
            b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 5 >>",
        ]
    )
    with pytest.raises(ReadError):
        read(loop)


def test_a_tree_that_claims_a_hundred_thousand_pages_ends() -> None:
    kids = b" ".join([b"3 0 R"] * 100_000)
    many = raw_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count 100000 >>" % kids,
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
        ]
    )
    document = read(many, options=ReadOptions(limits=Limits(pages=20)))
    assert document.pages == 100_000
    assert document.not_analysed[0].what == "Pages 21 to 100000"


def test_forms_nested_without_end_do_not_end_the_process() -> None:
    forms = [
        stream(
            b"/X Do " * 10,
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>" % (number + 7),
        )
        for number in range(8)
    ]
    forms.append(stream(b"0 0 1 1 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"))
    data = one_page(stream(b"/X Do"), b"<< /XObject << /X 6 0 R >> >>", *forms)
    limits = Limits(seconds=2, memory_bytes=400_000_000)
    with pytest.raises(ReadError):
        read(data, options=ReadOptions(limits=limits))
    assert read(GOOD).text.startswith("第八条")


def test_a_stream_that_unpacks_to_more_than_the_memory_is_stopped() -> None:
    bomb = one_page(stream(b"% " + b" " * 350_000_000))
    with pytest.raises(ReadError):
        read(bomb, options=ReadOptions(limits=Limits(memory_bytes=200_000_000, seconds=20)))


def test_a_hundred_thousand_lines_drawn_do_not_hang_the_table_finder() -> None:
    strokes = b"".join(
        b"%d 0 m %d 800 l S 0 %d m 500 %d l S\n" % (n % 500, n % 500, n % 800, n % 800) for n in range(50_000)
    )
    data = one_page(stream(strokes + b"BT /F 12 Tf 72 700 Td (The Client may end this Agreement.) Tj ET"))
    assert "The Client may end this Agreement." in read(data, options=ReadOptions(limits=Limits(seconds=30))).text


@pytest.mark.parametrize(
    "box", [b"", b"/MediaBox [0 0 1000000000 1000000000]", b"/MediaBox [0 0 0 0]", b"/MediaBox [0 0 nan 1]"]
)
def test_a_page_of_impossible_size_is_read_or_refused(box: bytes) -> None:
    data = one_page(stream(b"BT /F 12 Tf 72 700 Td (The Client may end this Agreement.) Tj ET")).replace(
        b"/MediaBox [0 0 595 842]", box.ljust(23)
    )
    try:
        document = read(data, options=ReadOptions(ocr="never"))
    except ReadError:
        return
    assert "The Client may end" in document.text or document.not_analysed


# --------------------------------------------------------------- no usable text


def test_a_scanned_page_is_listed_with_the_remedy() -> None:
    document = read(scanned(), options=NEVER)
    assert document.text == ""
    assert tuple(part.model_copy(update={"zh": None}) for part in document.not_analysed) == (
        NotAnalysed(
            what="Page 1",
            page=1,
            reason="it holds no text, only an image.",
            remedy="Allow recognition (OCR) to read scanned pages.",
        ),
    )


def test_only_the_scanned_page_is_missing() -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    def image(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("RGB", (200, 280), "grey")), 0, 0, 595, 842)

    document = read(pdf(lines("第一条 服务内容"), image), options=NEVER)
    assert paragraphs(document) == ["第一条 服务内容"]
    assert [entry.page for entry in document.not_analysed] == [2]


def test_an_empty_page_is_not_reported() -> None:
    document = read(pdf(lines("第一条 服务内容"), lambda canvas: None), options=NEVER)
    assert document.not_analysed == ()
    assert document.pages == 2


@pytest.mark.parametrize(
    "text",
    [
        "\ue123\ue456\ue789\ue012" * 10,
        "(cid:12)(cid:45)(cid:78)" * 10,
        "\ufffd\ufffd\ufffd\ufffd" * 10,
    ],
)
def test_private_characters_and_placeholders_are_no_text(text: str) -> None:
    from contractscan.readers.pdf.quality import bad_signs

    assert bad_signs(text) == len(text)


@pytest.mark.parametrize(
    ("text", "implausible"),
    [
        ("甲方有权提前三十日书面通知乙方解除本合同，乙方应当退还剩余服务费。" * 4, False),
        ("甲方有權提前三十日書面通知乙方解除本契約，乙方應當退還剩餘服務費。" * 4, False),
        (
            "侊侌侎侏侐侒侓侔侕侖侘侙侚侜侞侟価侢侤侫侭侰侱侲侳侴侶侷侸侹侺侻侼侽侾俀俁係俆俇俈俉俋俌俍俒俓俔俕俖俙俛俠俢俤俥俧俫俬俰"
            * 2,
            True,
        ),
        ("Either party may end this Agreement by thirty days' written notice to the other. " * 4, False),
        ("Hlwkhu sduwb pdb hqg wklv Djuhhphqw eb wkluwb gdbv zulwwhq qrwlfh wr wkh rwkhu. " * 4, True),
        ("(LWKHU#SDUW\\#PD\\#HQG#WKLV#$JUHHPHQW#E\\#WKLUW\\#GD\\V#ZULWWHQ#QRWLFH" * 5, True),
        ("甲方：____________ 乙方：____________ 日期：____年__月__日 " * 6, False),
    ],
)
def test_a_wrong_unicode_map_shows_in_the_characters(text: str, implausible: bool) -> None:
    from contractscan.readers.pdf.quality import is_implausible

    assert is_implausible(text) is implausible


def test_a_font_with_a_wrong_unicode_map_makes_the_page_unread() -> None:
    # Each letter is mapped three letters on, as a careless converter does: what is shown is plain English.
    pairs = b"".join(b"<%02x> <%04x>\n" % (code, (code - 97 + 3) % 26 + 97) for code in range(97, 123))
    cmap = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n"
        b"26 beginbfchar\n" + pairs + b"endbfchar endcmap end"
    )
    text = b"either party may end this agreement by thirty days written notice to the other party and the fees paid "
    content = b"BT /F 9 Tf 72 700 Td 12 TL " + b"".join(b"(%s) Tj T* " % text for _ in range(4)) + b"ET"
    data = one_page(
        stream(content),
        b"<< /Font << /F 6 0 R >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 7 0 R >>",
        stream(cmap),
    )
    document = read(data, options=NEVER)
    assert document.text == ""
    assert document.not_analysed[0].reason == "its text layer is broken: the characters in it are not those shown."


# ------------------------------------------------------- hidden text and forms


def hidden_page(mode: str) -> bytes:
    def draw(canvas: Canvas) -> None:
        lines("第一条 乙方应当移交账号。")(canvas)
        text = canvas.beginText(72, 700)
        text.setFont("STSong-Light", 12)
        if mode == "invisible":
            text.setTextRenderMode(3)
        else:
            text.setFillColorRGB(1, 1, 1)
        text.textLine("第二条 乙方无须移交账号。")
        canvas.drawText(text)

    return pdf(draw)


@pytest.mark.parametrize("mode", ["invisible", "white"])
def test_text_that_nobody_sees_is_muted_and_said(mode: str) -> None:
    document = read(hidden_page(mode), options=UNGUARDED)
    hidden = [document.text[item.start : item.end] for item in document.muted if item.reason == "hidden"]
    assert hidden == ["第二条 乙方无须移交账号。"]
    assert paragraphs(document)[0] == "第一条 乙方应当移交账号。"
    assert "看不见的文字" in document.notes[0].zh


def hidden_in(data: bytes) -> list[str]:
    document = read(data, options=NEVER)
    return [document.text[item.start : item.end] for item in document.muted if item.reason == "hidden"]


@pytest.mark.parametrize("shade", [0.0, 1.0])
def test_text_that_was_painted_over_is_hidden(shade: float) -> None:
    def draw(canvas: Canvas) -> None:
        lines("1. Services", "2. The Provider owes no refund.", font="Helvetica")(canvas)
        canvas.setFillGray(shade)
        canvas.rect(70, 745, 300, 16, fill=1, stroke=0)

    assert hidden_in(pdf(draw)) == ["2. The Provider owes no refund."]


def test_text_that_shows_through_what_was_painted_is_seen() -> None:
    def highlighted(canvas: Canvas) -> None:
        lines("1. The Provider owes a refund.", font="Helvetica")(canvas)
        canvas.setFillColorRGB(1, 1, 0, alpha=0.4)
        canvas.rect(70, 765, 300, 16, fill=1, stroke=0)

    def written_again(canvas: Canvas) -> None:
        lines("1. The Provider owes a refund.", font="Helvetica")(canvas)
        canvas.setFillGray(1)
        canvas.rect(70, 765, 300, 16, fill=1, stroke=0)
        canvas.setFillGray(0)
        lines("1. The Provider owes a refund.", font="Helvetica")(canvas)

    assert hidden_in(pdf(highlighted)) == []
    assert hidden_in(pdf(written_again)) == []


def test_text_off_the_page_or_too_small_to_read_is_hidden() -> None:
    def draw(canvas: Canvas) -> None:
        lines("1. Services", "The Client may end this Agreement.", font="Helvetica")(canvas)
        lines("off the page", font="Helvetica", x=700, top=600)(canvas)
        lines("one point high", font="Helvetica", size=1, top=500)(canvas)

    assert hidden_in(pdf(draw)) == ["off the page", "one point high"]


def test_words_with_a_line_through_them_are_deleted() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        canvas.drawString(72, 770, "The Client may not end this Agreement.")
        width = canvas.stringWidth("The Client may ", "Helvetica", 12)
        not_width = canvas.stringWidth("not", "Helvetica", 12)
        canvas.line(72 + width, 773.5, 72 + width + not_width, 773.5)
        canvas.drawString(72, 750, "Underlined words stay, and so does a line ruled across the page.")
        canvas.line(72, 748, 200, 748)
        canvas.drawString(72, 730, "End")
        canvas.line(20, 734, 560, 734)

    document = read(pdf(draw), options=NEVER)
    assert [(document.text[m.start : m.end], m.reason) for m in document.muted] == [("not", "deleted")]
    assert "3 characters with a line through them" in document.notes[0].en


def test_white_text_on_a_dark_ground_is_seen() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.1, 0.1, 0.4)
        canvas.rect(60, 690, 400, 40, fill=1, stroke=0)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(72, 700, "第二条 乙方应当移交账号。")

    document = read(pdf(draw), options=UNGUARDED)
    assert document.muted == ()
    assert document.notes == ()


@pytest.mark.parametrize("stamp", ["扫描件", "本页由扫描程序生成，仅供内部使用，请勿外传，以原件为准。" * 3])
def test_a_stamp_beside_recognised_text_does_not_hide_it(stamp: str) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("RGB", (200, 280), "white")), 0, 0, 595, 842)
        text = canvas.beginText(72, 700)
        text.setFont("STSong-Light", 12)
        text.setTextRenderMode(3)
        for number in range(20):
            text.textLine(f"第{number}条 合作期间注册的全部账号均归甲方所有。")
        text.setTextRenderMode(0)
        canvas.drawText(text)
        lines(stamp, top=40, size=6)(canvas)

    document = read(pdf(draw), options=NEVER)
    assert [block.source for block in document.blocks] == ["ocr"] * 20 + ["text"]
    assert document.not_analysed == ()


def test_a_scan_that_was_recognised_before_is_read_and_marked() -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("RGB", (200, 280), "white")), 0, 0, 595, 842)
        text = canvas.beginText(72, 700)
        text.setFont("STSong-Light", 12)
        text.setTextRenderMode(3)
        for line in (
            "第一条 账号归属",
            "合作期间注册的全部账号均归甲方所有，乙方应当在合同终止后五日内将其移交给甲",
            "方，不得以任何理由拒绝。",
        ):
            text.textLine(line)
        canvas.drawText(text)

    document = read(pdf(draw), options=NEVER)
    assert paragraphs(document)[1].endswith("移交给甲方，不得以任何理由拒绝。")
    assert {block.source for block in document.blocks} == {"ocr"}
    assert document.not_analysed == ()


def test_values_filled_into_a_form_are_read() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(72, 760, "Client:")
    canvas.acroForm.textfield(name="client", value="Haitang Trading", x=140, y=750, width=200, height=20, fontSize=10)
    canvas.save()
    assert "Haitang Trading" in read(buffer.getvalue(), options=UNGUARDED).text


def test_boxes_ticked_in_a_form_decide_the_options() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for x, words, ticked in ((72, "monthly", False), (172, "quarterly", True)):
        canvas.acroForm.checkbox(name=words, checked=ticked, x=x, y=700, size=12)
        canvas.drawString(x + 18, 702, words)
    canvas.save()
    document = read(buffer.getvalue(), options=UNGUARDED)
    assert paragraphs(document) == ["☐ monthly  ☑ quarterly"]
    assert [document.text[m.start : m.end] for m in document.muted if m.reason == "unticked"] == ["☐ monthly"]


def test_a_value_without_an_appearance_is_read() -> None:
    field = (
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (days) /V (thirty) /Rect [150 695 200 712] /F 4 "
        b"/DA (/F 12 Tf 0 g) >>"
    )
    data = one_page(
        stream(b"BT /F 12 Tf 72 700 Td (Notice period:) Tj ET"),
        b"<< /Font << /F 5 0 R >> >> /Annots [6 0 R]",
        field,
    ).replace(b"/Type /Catalog", b"/Type /Catalog /AcroForm << /Fields [6 0 R] >>")
    assert paragraphs(read(data, options=UNGUARDED)) == ["Notice period: thirty"]


def test_comments_on_the_page_are_comments() -> None:
    note = (
        b"<< /Type /Annot /Subtype /Text /Rect [10 10 30 30] /Contents (check this) /T (Lin) /M (D:20260301120000Z) >>"
    )
    data = one_page(
        stream(b"BT /F 12 Tf 72 700 Td (The Client may end this Agreement.) Tj ET"),
        b"<< /Font << /F 5 0 R >> >> /Annots [6 0 R]",
        note,
    )
    document = read(data, options=UNGUARDED)
    assert [(c.author, c.text, c.date) for c in document.comments] == [("Lin", "check this", "2026-03-01")]
