"""CPU seconds to segment 0.1, 1 and 4 MB of contract text, Chinese and English: `python benchmarks/segment.py`.

Grows linearly when the third column stays the same. The text is written here, so that anyone can repeat the figures.
"""

from __future__ import annotations

import itertools
import time

from contractscan.model import Document
from contractscan.segment import segment

SIZES = (100_000, 1_000_000, 4_000_000)
NUMERALS = "一二三四五六七八九十"


def chinese() -> itertools.chain[str]:
    return itertools.chain.from_iterable(
        (
            f"第{NUMERALS[n % 10]}条 费用与解除\n",
            f"{n % 90 + 1}.1 甲方应在收到账单后十五日内支付服务费3.5万元；逾期的，每日按万分之五支付违约金。\n",
            f"{n % 90 + 1}.2 有下列情形之一的，甲方可以依照第{NUMERALS[n % 7]}条解除本合同：\n",
            "（1）乙方更换账号绑定的手机号、密码或者实名信息的；\n（2）乙方连续两个月未发布约定数量的短视频的。\n",
            "乙方应当在合同终止后三日内移交账号，并删除其保存的数据。双方另有书面约定的（“补充协议”），从其约定。\n",
        )
        for n in itertools.count()
    )


def english() -> itertools.chain[str]:
    return itertools.chain.from_iterable(
        (
            f"{n % 90 + 1}. Fees and Termination\n",
            f"{n % 90 + 1}.1 Fees. The Client shall pay Acme Inc. USD 3,500 within fifteen (15) days of the invoice. ",
            "Late payments bear interest of 0.05% per day; no other charge applies.\n",
            f"{n % 90 + 1}.2 Cause. The Client may terminate pursuant to Section {n % 90 + 1}.1 if:\n",
            "(a) the Agency changes the phone number or password of the account; or\n",
            "(b) the Agency fails to post the agreed number of clips for two months, i.e. sixty days.\n",
            "The Agency shall hand over the account within three days. It deletes all data, in the U.S. too.\n",
        )
        for n in itertools.count()
    )


def of_size(pieces: itertools.chain[str], size: int) -> str:
    text: list[str] = []
    length = 0
    while length < size:
        text.append(next(pieces))
        length += len(text[-1])
    return "".join(text)[:size]


def main() -> None:
    segment(Document(name="warm", format="txt", text=of_size(english(), 2000)))
    print(f"{'language':10}{'characters':>12}{'seconds':>10}{'s per MB':>10}{'clauses':>10}{'sentences':>10}")
    for language, pieces in (("Chinese", chinese), ("English", english)):
        for size in SIZES:
            document = Document(name=language, format="txt", text=of_size(pieces(), size))
            start = time.process_time()
            clauses = segment(document)
            seconds = time.process_time() - start
            sentences = sum(len(clause.sentences) for clause in clauses)
            print(f"{language:10}{size:12}{seconds:10.2f}{seconds * 1e6 / size:10.2f}{len(clauses):10}{sentences:10}")


if __name__ == "__main__":
    main()
