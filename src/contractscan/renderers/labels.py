"""Every word that a renderer adds of its own, in Chinese and in English."""

from __future__ import annotations

from contractscan.model import Bilingual

_WORDS: dict[str, tuple[str, str]] = {
    # the report
    "report": ("合同审阅报告", "Contract review"),
    "disclaimer": (
        "本报告是对合同文字的整理，供阅读和准备时参考，不构成法律意见。",
        "This report organises what the contract says. It is information, not legal advice.",
    ),
    "document": ("文件", "Document"),
    "parties": ("当事人", "Parties"),
    "perspective": ("审阅立场", "Reviewed for"),
    "tool": ("生成工具", "Made with"),
    "overall": ("总体风险", "Overall risk"),
    "counts": ("风险提示", "Findings"),
    "not_reviewed": ("未审阅，不作评级", "Not reviewed, no grade is given"),
    "no_grade": ("不作评级", "No grade is given"),
    "unread": ("未能审阅的部分", "Parts not reviewed"),
    "unread_hint": ("处，见下文“未分析的内容”", "; see “Not analysed” below"),
    # sections
    "answers": ("五个问题", "The five questions"),
    "first_steps": ("先做什么", "Do first"),
    "compound": ("跨条款的风险", "Risks across clauses"),
    "letter": ("要离开，用哪一种函件：", "The letter for leaving: "),
    "key_dates": ("关键日期", "Key dates"),
    "exposure": ("涉及金额", "Money at stake"),
    "findings": ("逐条审阅", "Findings"),
    "protections": ("对己方有利的约定", "Terms in your favour"),
    "negotiation": ("谈判要点", "Points to negotiate"),
    "notice": ("通知要求", "Notice requirements"),
    "handover": ("交接清单", "Handover checklist"),
    "inconsistencies": ("合同文字不一致之处", "Inconsistencies in the contract"),
    "suppressed": ("已搁置的提示", "Findings set aside"),
    "checks": ("检查项", "Checks"),
    "not_analysed": ("未分析的内容", "Not analysed"),
    "notes": ("阅读说明", "Notes"),
    # topics, and the question each one answers
    "termination": ("能否解除", "Can we leave"),
    "notice-period": ("何时通知", "When to say so"),
    "remaining-fees": ("费用结算", "What it costs"),
    "account-ownership": ("账号归属", "Whose account"),
    "data-rights": ("数据与内容", "Data and content"),
    # severities
    "critical": ("严重", "Critical"),
    "high": ("高", "High"),
    "medium": ("中", "Medium"),
    "low": ("低", "Low"),
    "info": ("提示", "Info"),
    # what the contract says
    "found": ("有约定", "Found"),
    "not_found": ("未发现", "Not found"),
    "unclear": ("不明确", "Unclear"),
    "unanswered": ("未审阅", "Not reviewed"),
    "unknown": ("待补充", "To be supplied"),
    "not_computable": ("无法计算", "Not computable"),
    "protection": ("有利", "In your favour"),
    # roles
    "client": ("客户", "Client"),
    "provider": ("服务商", "Provider"),
    "both": ("双方", "Both parties"),
    "third": ("第三方", "Third party"),
    "other": ("对方", "Other party"),
    "role_unknown": ("身份未能判定", "Role not determined"),
    "recognised": ("判定依据", "Recognised by"),
    "aliases": ("又称", "Also called"),
    "unnamed": ("名称未填写", "Name not given"),
    # the lines of a finding
    "quote": ("合同原文", "The contract says"),
    "message": ("说明", "Meaning"),
    "rationale": ("为何重要", "Why it matters"),
    "suggestion": ("建议", "Suggestion"),
    "fallback": ("建议文字", "Wording to ask for"),
    "law": ("法条", "Law"),
    "cites": ("依据", "Based on"),
    "basis": ("算法", "Working"),
    "reason": ("原因", "Reason"),
    "remedy": ("处理办法", "Remedy"),
    "until": ("有效期至", "Until"),
    "absence": ("缺少约定", "Missing term"),
    "compound_finding": ("跨条款的风险", "Risk across clauses"),
    "clause_finding": ("条款", "Clause"),
    "ocr": ("扫描识别的文字，请与原件核对", "text recognised from a scan; compare with the original"),
    "by_suppression": ("按搁置设置", "By a suppression"),
    "by_baseline": ("基线中已有", "Already in the baseline"),
    "further": ("处，见完整报告", "more, in the full report"),
    "light": ("影响较小或仅供了解", "Of little weight, or for information only"),
    "passed": ("项检查未发现问题", "Checks that found nothing to report"),
    "not_evaluated": ("项检查未能进行", "Checks that could not be evaluated"),
    # statute status
    "verified": ("已核对条文", "text verified"),
    "verified-secondary": ("据二手资料核对，未读原文", "verified from secondary sources"),
    "inferred": ("条号系推定，未读条文", "article number inferred, text not read"),
    "unverified": ("未核实", "not verified"),
    # languages and scripts
    "hans": ("简体中文", "Simplified Chinese"),
    "hant": ("繁体中文", "Traditional Chinese"),
    "zh": ("中文", "Chinese"),
    "en": ("英文", "English"),
    "language_unknown": ("语言未能识别", "language not recognised"),
    # tables and the page
    "severity": ("等级", "Severity"),
    "topic": ("主题", "Topic"),
    "kind": ("类别", "Kind"),
    "title": ("标题", "Title"),
    "clause": ("条款", "Clause"),
    "page": ("页码", "Page"),
    "paragraph": ("段落", "Paragraph"),
    "identifier": ("编号", "ID"),
    "rule": ("规则", "Rule"),
    "set_aside": ("搁置", "Set aside"),
    "contract": ("合同原文", "Contract"),
    "all_topics": ("全部主题", "All topics"),
    "all_severities": ("全部等级", "All severities"),
    "shown": ("条提示", "findings shown"),
    "other_language": ("English", "中文"),
    "theme": ("深色/浅色", "Dark/light"),
    "print": ("打印", "Print"),
    "skip": ("跳到审阅结果", "Skip to the findings"),
    "keys": (
        "键盘：J / K 下一条、上一条，Enter 跳到原文，Esc 返回，L 切换语言",
        "Keys: J / K next and previous finding, Enter to the contract, Esc back, L language",
    ),
    "to_text": ("看原文", "Show in contract"),
    "none_match": ("没有符合筛选条件的提示。", "No finding matches the filter."),
    "filter": ("筛选", "Filter"),
    "more": ("详情", "Details"),
    "generated_for": ("供存档的审阅备忘录", "Memo for the file"),
}

LABELS: dict[str, Bilingual] = {key: Bilingual(zh=zh, en=en) for key, (zh, en) in _WORDS.items()}
EMPTY = Bilingual(zh="", en="")


def join(parts: list[Bilingual], *, zh: str = "", en: str = "") -> Bilingual:
    """Both languages of `parts` joined, each by its own separator; empty texts are left out."""
    return Bilingual(zh=zh.join(part.zh for part in parts if part.zh), en=en.join(part.en for part in parts if part.en))


def same(text: str) -> Bilingual:
    """A text that is the same in both languages: a name, a date, a rule's id."""
    return Bilingual(zh=text, en=text)
