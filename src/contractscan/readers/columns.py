"""Which row of a table names its columns, and how a row reads under those names: the same for every format.

A row reads `服务项目：直播；服务费：20,000元` (`Service: Live shows; Fee: $2,000`), so that a rule sees what a figure
is for. The row of names has a line of its own only when it names a column that is empty below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from contractscan.text import CJK

_LONGEST_NAME = 24
# Words that name a column. Two cells of a first row that hold one make it a header.
_COLUMN_WORDS_RE = re.compile(
    r"序号|编号|項目|项目|名称|名稱|内容|內容|服务|服務|负责|負責|产品|產品|商品|品名|规格|規格|型号|单位|單位|数量|數量|单价|單價|价格|價格|金额|金額|费用|費用|"
    r"费率|費率|比例|标准|標準|合计|合計|小计|总价|總價|备注|備註|说明|說明|时间|時間|日期|期限|周期|週期|期数|阶段|階段|节点|節點|条件|條件|"
    r"方式|类型|類型|类别|類別|级别|等级|平台|账号|帳號|指标|要求|频次|频率|责任|违约|付款|支付|佣金|提成|折扣|品牌|地点|地址|联系|姓名|职务|"
    r"\b(?:no\.?|item|description|services?|products?|qty|quantity|unit|prices?|fees?|rates?|amounts?|total|cost|date|"
    r"due|terms?|period|phase|stage|milestone|deliverables?|remarks?|notes?|type|name|level|metric|target|percent(?:age)?|"
    r"commission|payment|currency|frequency|platform|account|section|details?|role|hours?|options?|reference)\b",
    re.I,
)
_VALUE_RE = re.compile(r"\d{2,}|[:：]$|[。；;!！?？]|[_＿]{2,}|[¥￥$€£]\s*\d|☐|☑|□|√|@")
_LABEL_RE = re.compile(
    r"(?:甲方|乙方|丙方|法定代表人|代表人|联系人|联系电话|电话|手机|地址|邮箱|电子邮[箱件]|传真|邮编|开户行|开户银行|账号|帳號|户名|税号|"
    r"纳税人识别号|统一社会信用代码|签订日期|签约日期|合同编号|client|provider|customer|company|name|address|e-?mail|phone|date|title|signature)",
    re.I,
)
_CJK_RE = re.compile(f"[{CJK}]")
_SPACED_RE = re.compile(f"(?<=[{CJK}])\\s+(?=[{CJK}])")  # 责  任 is one word, drawn wide


def column_name(text: str) -> str:
    """The text of a header's cell as it reads before a value."""
    return _SPACED_RE.sub("", text).strip().rstrip(":： ")


def names_columns(
    top: Sequence[str], below: Sequence[Sequence[str]], *, marked: bool = False, bold: bool = False
) -> bool:
    """True when the cells `top` are the names of the columns `below` (empty cells left out).

    All must be short names without values, and differ. They are names when the file marks the row so, or when the row
    alone is bold, or two of them are words that columns are called by, or there are at least three columns. The rows of
    a form (甲方 | 某公司) are not.
    """
    names = [_SPACED_RE.sub("", text).strip() for text in top]
    if len(names) < 2 or max(map(len, below), default=0) < 2:
        return False
    if not all(map(_is_name, names)) or len(set(names)) < len(names):
        return False
    if marked:
        return True
    if _is_form(names, below):
        return False
    return bold or are_column_words(names) or len(names) == 3 or len(names) > 4


def are_column_words(names: Sequence[str]) -> bool:
    """Whether at least two of the names, and half of them, are words that columns are called by."""
    if max(map(len, names)) > 2 * _LONGEST_NAME:
        return False
    worded = sum(1 for name in names if _COLUMN_WORDS_RE.search(_SPACED_RE.sub("", name)))
    return worded >= 2 and worded >= len(names) / 2


def two_levels(top: Sequence[str], second: Sequence[str]) -> list[str] | None:
    """One name a column out of a header of two rows, '' where a cell is covered by a merged one; None when it is none.

    `项目 | 费用 |` over ` | 月费 | 提成` names the columns 项目, 费用 月费 and 费用 提成.
    """
    names: list[str] = []
    wide = ""
    for at, (upper, lower) in enumerate(zip(top, second, strict=True)):
        if upper and lower:
            if at + 1 == len(top) or top[at + 1]:
                return None  # a row of its own, not the parts of the cell above
            wide = upper
        elif lower and not wide:
            return None
        elif upper:
            wide = ""
        elif not lower:
            return None
        names.append(f"{wide} {lower}" if lower else upper)
    return names if any(second) and not all(second) else None


def under(names: Sequence[str], cells: Sequence[str]) -> list[str]:
    """What stands before each cell of a row: a separator and its column's name, if it has one ('' for none)."""
    chinese = _CJK_RE.search("".join(names) + "".join(cells[:1]))
    between, colon = ("；", "：") if chinese else ("; ", ": ")
    return [(between if at else "") + (name + colon if name else "") for at, name in enumerate(names)]


def _is_name(text: str) -> bool:
    limit = _LONGEST_NAME if _CJK_RE.search(text) else 2 * _LONGEST_NAME
    return 0 < len(text) <= limit and _VALUE_RE.search(text) is None


def _is_form(names: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Label, value, label, value: the first cells of most rows below name something too, not a row of the table."""
    rows = [row for row in below if row]
    labels = sum(1 for row in rows if _is_label(row[0]))
    return len(names) % 2 == 0 and labels * 2 > len(rows)


def _is_label(text: str) -> bool:
    text = text.strip()
    return text.endswith((":", "：")) or _LABEL_RE.fullmatch(text) is not None
