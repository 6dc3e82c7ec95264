"""What was not read, in Chinese: the readers say it in English, a report says it in its own language."""

from __future__ import annotations

import re

from contractscan.model import NotAnalysed, NotAnalysedText

_SENTENCES = {
    # what
    "document": "整个文件",
    "chart": "图表",
    "diagram (SmartArt)": "示意图（SmartArt）",
    "formula (EQ field)": "公式（EQ 域）",
    "subdocument": "子文档",
    "inserted document (altChunk)": "插入的文件（altChunk）",
    # reason
    "it holds no text, only an image.": "该页没有文字层，只有图像。",
    "its text is drawn as outlines.": "该页文字已转为轮廓曲线。",
    "an image covers it and it holds hardly any text.": "该页被图像覆盖，几乎没有文字层。",
    "its text layer is broken: the characters in it are not those shown.": "该页文字层已损坏，字符与显示的不符。",
    "its picture is too blurred or too coarse to be recognised.": "图像太模糊或太粗糙，无法识别。",
    "it is an image.": "该页是图像。",
    "it is damaged and cannot be opened.": "该页已损坏，无法打开。",
    "The file holds no text.": "文件中没有文字。",
    "The file has hardly any text; its pages are pictures.": "文件几乎没有文字，页面是图片。",
    "Pictures of this size may hold text.": "这么大的图片里可能有文字。",
    "Objects of other programs are not read.": "其他程序的嵌入对象不读取。",
    "The text of charts is not read.": "图表中的文字不读取。",
    "The text of diagrams is not read.": "示意图中的文字不读取。",
    "The number is computed only inside Word.": "这种编号只有 Word 能计算。",
    "The formula is drawn from a code that was not understood.": "公式由无法理解的代码绘出。",
    "Part of the text is in another file.": "部分正文在另一个文件中。",
    "Another file is embedded here and is shown only by Word.": "此处嵌入了另一个文件，只有 Word 能显示。",
    # remedy
    "Install contractscan[ocr] to read scanned pages.": "安装 contractscan[ocr] 后可以识别扫描页。",
    "Allow recognition (OCR) to read scanned pages.": "允许图像识别（OCR）后可以读取扫描页。",
    "Scan it again in focus at 300 dots an inch, or type the page.": "请以 300 dpi 清晰重新扫描，或录入该页文字。",
    "Get the file again from its sender.": "请向发件人重新索取文件。",
    "Raise the limit if you trust the file.": "如果信任该文件，可以提高限制。",
    "Save the picture or the page as PDF or PNG and read that with OCR, or read it yourself.": (
        "把图片或该页另存为 PDF 或 PNG 后用 OCR 读取，或自行阅读。"
    ),
    "Export the file as PDF, or read this part yourself.": "把文件导出为 PDF，或自行阅读这一部分。",
    "In Word, select all, press Ctrl+Shift+F9 and save, or export the file as PDF.": (
        "在 Word 中全选，按 Ctrl+Shift+F9 后保存，或把文件导出为 PDF。"
    ),
    "Check the formula in Word, or export the file as PDF.": "在 Word 中核对公式，或把文件导出为 PDF。",
    "In Word, expand the subdocuments, save as .docx and read that.": "在 Word 中展开子文档，另存为 .docx 后再读取。",
    "Open the file in Word, save it again as .docx and read that.": "用 Word 打开文件，重新保存为 .docx 后再读取。",
}
_PATTERNS = tuple(
    (re.compile(english), chinese)
    for english, chinese in (
        (r"Page (\d+)", r"第 \1 页"),
        (r"Pages (\d+) to (\d+)", r"第 \1 至 \2 页"),
        (r"(\d+) picture\(s\) in paragraph (.+)", r"第 \2 段的 \1 张图片"),
        (r"embedded object \((.+)\)", r"嵌入对象（\1）"),
        (r"automatic number \((\w+) field\)", r"自动编号（\1 域）"),
        (r"it has more than ([\d,]+) characters; the rest is not read\.", r"该页超过 \1 个字符，其余未读取。"),
        (r"the file says it has more than ([\d,]+) pages\.", r"文件声明的页数超过 \1 页。"),
    )
)


def with_chinese(part: NotAnalysed) -> NotAnalysed:
    return part.model_copy(
        update={
            "zh": NotAnalysedText(
                what=in_chinese(part.what), reason=in_chinese(part.reason), remedy=in_chinese(part.remedy)
            )
        }
    )


def in_chinese(text: str) -> str:
    """`text` in Chinese; itself when nobody has translated it yet."""
    if text in _SENTENCES:
        return _SENTENCES[text]
    for pattern, chinese in _PATTERNS:
        if match := pattern.fullmatch(text):
            return match.expand(chinese)
    return text
