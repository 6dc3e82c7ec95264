"""Characters of the symbol fonts: a Wingdings tick is a tick in the text, not a private code."""

from __future__ import annotations

# Codes within the font (the low byte of U+F0xx). Only marks that mean something in a contract; others become a bullet.
_WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x75: "◆", 0x76: "❖", 0x77: "◆",
    0x9F: "•", 0x9E: "·", 0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xE0: "→", 0xDF: "←",
    0xE8: "→", 0xF0: "⇨", 0xFB: "☒", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x4A: "☺", 0x28: "☎", 0x2A: "✉",
}  # fmt: skip
_WINGDINGS |= {0x80 + number: character for number, character in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩")}
_WINGDINGS |= {0x8B + number: character for number, character in enumerate("⓿❶❷❸❹❺❻❼❽❾❿")}
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x56: "⊗", 0x30: "☐", 0x98: "●", 0x99: "○",
    0x9A: "◎", 0x9B: "○", 0x9C: "◉", 0x9D: "◉", 0x9E: "⊙", 0x9F: "•", 0xA2: "■", 0xA3: "☐", 0xA4: "□", 0xA5: "▣",
}  # fmt: skip
_SYMBOL = {
    0xA3: "≤", 0xA5: "∞", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠",
    0xBB: "≈", 0xBC: "…", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xE2: "®", 0xE3: "©", 0xE4: "™", 0xE5: "∑", 0xD6: "√",
    0x2D: "−", 0xF0: "•", 0x61: "α", 0x62: "β", 0x6D: "μ", 0x70: "π", 0x53: "Σ", 0x44: "Δ",
}  # fmt: skip
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": {},
    "webdings": {0x61: "✓", 0x63: "□", 0x67: "■", 0x72: "☒"},
    "zapfdingbats": {0x33: "✓", 0x34: "✓", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□"},
    "symbol": _SYMBOL,
}


def is_symbol_font(font: str | None) -> bool:
    return font is not None and font.strip().lower() in _FONTS


def symbol(character: str, font: str | None) -> str:
    """`character` of `font` as a Unicode character; "" when it is a private code that means nothing known.

    In a symbol font a code and the same code in the private range U+F000–F0FF are one glyph.
    """
    code = ord(character)
    table = _FONTS.get((font or "").strip().lower())
    private = 0xF000 <= code <= 0xF0FF
    if table is None:
        # Word writes private codes for Wingdings even where the font's name was lost.
        return _WINGDINGS.get(code - 0xF000, "") if private else character
    low = code - 0xF000 if private else code
    if low in table:
        return table[low]
    if table is _SYMBOL and 0x20 <= low < 0x7F and not chr(low).isalpha():
        return chr(low)
    return "" if private else character
