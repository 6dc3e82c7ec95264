"""Rebuild src/contractscan/fold_table.txt from OpenCC's character table (Apache-2.0) and Unicode's own data.

Run with the package `opencc-python-reimplemented` installed:

    python scripts/build_fold_table.py
"""

import unicodedata
from importlib.resources import files
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src" / "contractscan" / "fold_table.txt"
# OpenCC's first choice is not what contracts mean: 帳號 and 帐号 are both 账号.
OWN = {"帳": "账", "帐": "账", "鐘": "钟", "摺": "折", "徵": "征", "餘": "余", "彙": "汇", "佔": "占", "祇": "只"}
# The CJK Radicals Supplement has no compatibility mapping in Unicode; browsers' PDFs use these for whole words.
_RADICALS = "⺟⺠⻆⻉⻋⻓⻔⻙⻚⻛⻜⻝⻢⻥⻦⻨⻩⻬⻮⻰⻳⺎⺗⺘⺡⺣⺨⺩⺪⺬⺭⺮⺳⺼⺾⻀⻁⻂⻃⻈⻊⻌⻏⻐⻑⻖⻗⻘"
_PLAIN = "母民角贝车长门韦页风飞食马鱼鸟麦黄齐齿龙龟兀心手水火犬王疋示示竹网肉艹艹虎衣覀讠足辶邑钅长阜雨青"
RADICALS = dict(zip(_RADICALS, _PLAIN, strict=True))


def main() -> None:
    pairs: dict[str, str] = {}
    table = files("opencc") / "dictionary" / "TSCharacters.txt"
    for line in table.read_text("utf-8").splitlines():
        traditional, _, simplified = line.partition("\t")
        first = simplified.split(" ")[0].strip()
        if len(traditional) == 1 and len(first) == 1 and traditional != first:
            pairs[traditional] = first
    pairs |= OWN
    for block in (range(0x2F00, 0x2FD6), range(0xF900, 0xFB00), range(0x2F800, 0x2FA20)):
        for code in block:
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                pairs[chr(code)] = pairs.get(plain, plain)
    for radical, plain in RADICALS.items():
        pairs[radical] = pairs.get(plain, plain)
    lines = ["# character, folded character; traditional to simplified from OpenCC TSCharacters (Apache-2.0)"]
    lines += [f"{a}{b}" for a, b in sorted(pairs.items())]
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
