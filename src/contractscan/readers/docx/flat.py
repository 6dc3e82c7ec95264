"""Word documents in a single XML file: the flat form of a DOCX package, and the XML of Word 2003."""

from __future__ import annotations

import io
import zipfile
from base64 import b64decode
from binascii import Error as Base64Error
from typing import Any

from contractscan.errors import ReadError
from contractscan.model import Document
from contractscan.readers.docx import read_docx, read_main
from contractscan.readers.docx.names import w
from contractscan.readers.docx.package import Package, Relation, parse_part
from contractscan.readers.limits import ReadOptions

_PACKAGE = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_W2003 = b"http://schemas.microsoft.com/office/word/2003/wordml"
_W2006 = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ANNOTATION = "{http://schemas.microsoft.com/aml/2001/core}annotation"
_CHANGES = {"Word.Insertion": w("ins"), "Word.Deletion": w("del")}
_NUMBER = "{http://schemas.microsoft.com/office/word/2003/auxHint}t"
_NUMBER_TEXT = "{http://schemas.microsoft.com/office/word/2003/auxHint}val"
_REMEDY = "Open it in Word or WPS and save it as .docx."


def read_flat(data: bytes, *, name: str, options: ReadOptions) -> Document:
    """Read either form; they are told apart by the root element."""
    root = parse_part(data.replace(_W2003, _W2006), part="file", name=name)
    if root.tag == _PACKAGE + "package":
        return read_docx(_packed(root, name), name=name, options=options)
    if root.tag != w("wordDocument"):
        raise ReadError(name, "is an XML file, but not a Word document.", _REMEDY)
    _modernise(root)
    return read_main(
        Package(root, {"styles": Relation("styles", "styles", external=False)}, lambda part: root.find(w(part))),
        name=name,
        options=options,
    )


def _packed(root: Any, name: str) -> bytes:
    from lxml import etree

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in root.iterchildren(_PACKAGE + "part"):
            content, binary = part.find(_PACKAGE + "xmlData"), part.find(_PACKAGE + "binaryData")
            target = part.get(_PACKAGE + "name", "").lstrip("/")
            if content is not None and len(content):
                archive.writestr(target, etree.tostring(content[0]))
            elif binary is not None:
                try:
                    archive.writestr(target, b64decode(binary.text or ""))
                except Base64Error as error:
                    raise ReadError(name, f"is damaged: its part {target} cannot be unpacked.", _REMEDY) from error
    return stream.getvalue()


def _modernise(root: Any) -> None:
    """Write the changes and numbers of Word 2003 as later versions do; a number stands there as it was printed."""
    for annotation in list(root.iter(_ANNOTATION)):
        kind = annotation.get(w("type"), "")
        if kind in _CHANGES:
            annotation.tag = _CHANGES[kind]
        elif kind == "Word.Comment":
            annotation.clear()
    for number in list(root.iter(_NUMBER)):
        paragraph = next(number.iterancestors(w("p")), None)
        text = number.get(_NUMBER_TEXT, "")
        if paragraph is None or not text.strip():
            continue
        run = paragraph.makeelement(w("r"))
        run.append(run.makeelement(w("t")))
        run[0].text = f"{text} "
        paragraph.insert(1 if len(paragraph) and paragraph[0].tag == w("pPr") else 0, run)
