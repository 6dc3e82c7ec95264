"""Reports built by hand: a renderer's input without a reader, a rule or a scan."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from contractscan.model import (
    Answer,
    Ask,
    Bilingual,
    Block,
    Checks,
    Clause,
    ClauseRef,
    Document,
    DocumentInfo,
    Duration,
    Evidence,
    Exposure,
    Finding,
    Inconsistency,
    KeyDate,
    NotAnalysed,
    NotEvaluated,
    Overall,
    Party,
    Report,
    Statute,
    Step,
    Suppression,
    Tool,
)

ZH_LINES = (
    "短视频账号代运营服务合同",
    "甲方（委托方）：青禾茶饮（杭州）有限公司",
    "乙方（受托方）：星帆互动传媒有限公司",
    "第三条 服务期限",
    "3.1 服务期自2026年1月1日起至2026年12月31日止。期满前九十日内任何一方未书面提出异议的，本合同自动续期一年。",
    "第五条 服务费用",
    "5.1 甲方每月支付服务费人民币20,000元。合同提前终止的，已付费用概不退还。",
    "第六条 账号",
    "6.1 运营账号以乙方名义注册，并绑定乙方指定的手机号码。",
    "第八条 解除",
    "8.2 甲方提前三十日书面通知乙方的，可以解除本合同。",
    "第九条 数据",
    "9.1 乙方应当对甲方的客户资料保密。",
)
EN_LINES = (
    "Social Media Management Agreement",
    "Client: Greenleaf Tea Limited",
    "Agency: Starsail Media Limited",
    "3. Term",
    "3.1 This Agreement runs to 31 December 2026 and renews for one year unless a party objects 90 days before.",
    "5. Fees",
    "5.1 The Client pays USD 3,000 per month. Fees paid are not refundable on early termination.",
    "6. Accounts",
    "6.1 The accounts are registered in the name of the Agency and bound to the Agency's phone number.",
    "8. Termination",
    "8.2 The Client may terminate this Agreement on thirty (30) days' written notice.",
    "9. Data",
    "9.1 The Agency keeps the Client's customer records confidential.",
)


@dataclass(frozen=True)
class Case:
    document: Document
    clauses: tuple[Clause, ...]
    report: Report


def both(zh: str, en: str) -> Bilingual:
    return Bilingual(zh=zh, en=en)


def lay_out(lines: tuple[str, ...], language: str) -> tuple[Document, tuple[Clause, ...]]:
    """One block and one clause a line, seven lines a page."""
    text = "\n".join(lines)
    blocks, clauses, position = [], [], 0
    for index, line in enumerate(lines):
        end = position + len(line)
        blocks.append(Block(start=position, end=end, page=index // 7 + 1, paragraph=index))
        own_end = end if index == len(lines) - 1 else end + 1
        clauses.append(Clause(index=index, start=position, end=own_end))
        position = end + 1
    document = Document(
        name="合同.pdf" if language == "zh" else "agreement.pdf",
        format="pdf",
        language=language,
        script="hans" if language == "zh" else "latin",
        pages=2,
        text=text,
        sha256="5" * 64,
        blocks=tuple(blocks),
    )
    return document, tuple(clauses)


def quote(document: Document, words: str, *marks: str) -> Evidence:
    start = document.text.index(words)
    block = next(block for block in document.blocks if block.start <= start < block.end)
    spans = tuple((at := document.text.index(mark, start), at + len(mark)) for mark in marks)
    return Evidence(
        start=start,
        end=start + len(words),
        quote=words,
        page=block.page,
        paragraph=block.paragraph,
        marks=tuple((at, end) for at, end in spans),
    )


CC_565 = Statute(
    key="CC-565",
    citation=both("民法典第565条", "Civil Code art. 565"),
    gist=both("解除通知到达对方时生效。", "Termination takes effect when the notice arrives."),
    status="verified",
)


def make_case(language: str = "zh") -> Case:
    """A contract full of trouble: every part of the report is filled."""
    zh = language == "zh"
    lines = ZH_LINES if zh else EN_LINES
    document, clauses = lay_out(lines, language)
    renewal = quote(document, lines[4], "自动续期一年" if zh else "renews for one year")
    refund = quote(document, lines[6], "概不退还" if zh else "not refundable")
    account = quote(document, lines[8], "以乙方名义注册" if zh else "registered in the name of the Agency")
    leave = quote(document, lines[10], "可以解除本合同" if zh else "may terminate")
    secret = quote(document, lines[12], "保密" if zh else "confidential")

    def clause(line: int, heading: int) -> ClauseRef:
        number = lines[line].split(" ")[0]
        outer, title = lines[heading].split(" ", 1)
        return ClauseRef(number=number, heading=title, path=(outer, number))

    findings = (
        Finding(
            id="notice-1",
            rule_id="termination-for-convenience",
            topic="termination",
            kind="clause",
            effect="protection",
            severity="info",
            title=both("甲方可提前通知解除", "The client may end the contract on notice"),
            message=both("甲方提前30日书面通知即可解除。", "30 days' written notice ends the contract."),
            rationale=both("这是离开的主要途径。", "This is the main way out."),
            suggestion=both("按约定形式发出通知并留存送达凭证。", "Send the notice in the agreed form; keep proof."),
            references=(CC_565,),
            clause=clause(10, 9),
            evidence=(leave,),
            captures={
                "period": Duration(
                    text="三十日" if zh else "thirty (30) days",
                    start=leave.start,
                    end=leave.end,
                    value=Decimal(30),
                    unit="day",
                    days=Decimal(30),
                )
            },
        ),
        Finding(
            id="renewal-1",
            rule_id="auto-renewal",
            topic="notice-period",
            kind="clause",
            effect="burden",
            severity="medium",
            title=both("自动续期", "Automatic renewal"),
            message=both("期满前90日不提出异议即续期一年。", "Without an objection 90 days before the end it renews."),
            rationale=both("错过窗口要再付一年。", "Missing the window costs another year."),
            suggestion=both("先发不续约通知。", "Send a non-renewal notice first."),
            fallback=both("期满即终止，续期须另行书面约定。", "It ends on expiry; renewal needs a written agreement."),
            clause=clause(4, 3),
            evidence=(renewal,),
        ),
        Finding(
            id="refund-1",
            rule_id="non-refundable-prepayment",
            topic="remaining-fees",
            kind="clause",
            effect="burden",
            severity="high",
            title=both("已付费用不退", "Paid fees are not refunded"),
            message=both("提前终止时已付费用概不退还。", "Fees paid are kept on early termination."),
            rationale=both("未提供的服务也收费。", "Services never rendered are charged."),
            suggestion=both("要求按未履行部分退还。", "Ask for a refund of what was not performed."),
            fallback=both("按未履行天数退还。", "Refund pro rata by day."),
            references=(CC_565,),
            clause=clause(6, 5),
            evidence=(refund,),
        ),
        Finding(
            id="account-1",
            rule_id="account-registration-entity",
            topic="account-ownership",
            kind="clause",
            effect="burden",
            severity="critical",
            title=both("账号登记在乙方名下", "The account is registered to the agency"),
            message=both("运营账号以乙方名义注册。", "The accounts are in the agency's name."),
            rationale=both("平台认登记主体。", "The platform follows the registration."),
            suggestion=both("先取得变更主体的书面承诺，再发解除通知。", "Get a written promise first."),
            clause=clause(8, 7),
            evidence=(account,),
        ),
        Finding(
            id="handover-0",
            rule_id="account-handover-duty",
            topic="account-ownership",
            kind="absence",
            effect="protection",
            severity="high",
            title=both("未发现账号交接义务", "No duty to hand over the account was found"),
            message=both("在已提供的文本中未发现账号交接义务。", "The text read has no duty to hand over."),
            rationale=both("没有约定，交接只能协商。", "Without it, handover must be negotiated."),
            suggestion=both("要求补充交接条款。", "Ask for a handover clause."),
        ),
        Finding(
            id="hostage-1",
            rule_id="account-hostage",
            topic="account-ownership",
            kind="compound",
            effect="burden",
            severity="critical",
            title=both("账号受制于人", "The account is held by the other side"),
            message=both("账号登记在乙方名下，又无交接义务。", "Their name, and no duty to hand over."),
            rationale=both("离开时可能拿不回账号。", "You may leave without the account."),
            suggestion=both("先固定证据，再谈换绑。", "Secure evidence first, then negotiate."),
            evidence=(account,),
            related=("account-1", "handover-0"),
        ),
        Finding(
            id="secret-1",
            rule_id="confidentiality",
            topic="data-rights",
            kind="clause",
            effect="burden",
            severity="low",
            title=both("保密义务未写期限", "Confidentiality without a term"),
            message=both("未写明保密期限。", "No term is stated."),
            rationale=both("", ""),
            suggestion=both("", ""),
            clause=clause(12, 11),
            evidence=(secret,),
            suppressed=Suppression(reason="法务已确认" if zh else "agreed with counsel", by="suppression"),
        ),
    )
    report = Report(
        tool=Tool(version="0.1.0", ruleset_digest="abc123"),
        document=DocumentInfo(
            name=document.name,
            sha256=document.sha256,
            format=document.format,
            language=document.language,
            script=document.script,
            pages=document.pages,
            characters=len(document.text),
        ),
        parties=(
            Party(
                role="client",
                label="甲方" if zh else "Client",
                name=lines[1].split("：" if zh else ": ")[1],
                aliases=("委托方",) if zh else ("the Company",),
                basis=lines[1],
            ),
            Party(role="provider", label="乙方" if zh else "Agency", name=lines[2].split("：" if zh else ": ")[1]),
        ),
        overall=Overall(
            severity="critical",
            reviewed=True,
            counts={"critical": 2, "high": 2, "medium": 1, "low": 0, "info": 1},
            basis=both("取甲方各项风险中的最高等级：严重。", "The highest level among the client's risks: critical."),
            suppressed=1,
        ),
        answers=(
            Answer(
                topic="termination",
                status="found",
                headline=both("可以提前解除：甲方提前30日书面通知即可", "Yes: 30 days' written notice by the client"),
                finding_ids=("notice-1",),
            ),
            Answer(
                topic="notice-period",
                status="unclear",
                headline=both("期满前90日须提出异议", "Object 90 days before the end"),
                finding_ids=("renewal-1",),
            ),
            Answer(
                topic="remaining-fees",
                status="found",
                headline=both("已付费用不退", "Paid fees are not refunded"),
                finding_ids=("refund-1",),
            ),
            Answer(
                topic="account-ownership",
                status="found",
                headline=both("账号登记在乙方名下，交接义务未发现", "Registered to the agency; no handover duty found"),
                finding_ids=("account-1", "handover-0"),
            ),
            Answer(
                topic="data-rights",
                status="not_found",
                headline=both("已读文本中未发现数据返还或删除的约定", "The text read has no clause on deletion"),
            ),
        ),
        findings=findings,
        key_dates=(
            KeyDate(
                what=both("不续约通知的最晚到达日", "Last day for a non-renewal notice to arrive"),
                date="2026-10-02",
                basis=both("2026-12-31 − 90 天 = 2026-10-02", "2026-12-31 − 90 days = 2026-10-02"),
                finding_ids=("renewal-1",),
            ),
            KeyDate(
                what=both("结算到期日", "Settlement due"),
                date=None,
                basis=both("合同未写结算期限，请向对方确认。", "The contract states no period; ask the other side."),
            ),
        ),
        exposure=(
            Exposure(
                what=both("通知期内的服务费", "Fees until the notice ends"),
                amount=Decimal("20000.00") if zh else Decimal("3000.00"),
                upper=Decimal("40000.00") if zh else None,
                currency="CNY" if zh else "USD",
                basis=both("月费 × 1 至 2 个月", "Monthly fee × 1 month"),
                finding_ids=("notice-1",),
            ),
            Exposure(
                what=both("可退费用", "Refund"),
                amount=None,
                currency=None,
                basis=both("未提供已付金额。", "The amount paid was not given."),
            ),
        ),
        negotiation=(
            Ask(
                what=both("按未履行部分退费", "Refund of what was not performed"),
                wording=both("乙方应在终止后10日内按未履行天数退还。", "The Agency refunds pro rata within 10 days."),
                references=(CC_565,),
                finding_ids=("refund-1",),
            ),
        ),
        notice=(
            Step(
                what=both("形式", "Form"),
                state="found",
                detail=both("书面", "In writing"),
                finding_ids=("notice-1",),
            ),
            Step(what=both("送达地址", "Address"), state="not_found", detail=both("未约定", "Not stated")),
        ),
        handover=(
            Step(
                what=both("绑定手机", "Bound phone"),
                state="found",
                detail=both("乙方指定的手机号码", "The agency's number"),
                finding_ids=("account-1",),
            ),
            Step(what=both("广告余额", "Ad balance"), state="unclear", detail=both("", "")),
        ),
        inconsistencies=(
            Inconsistency(what=both("续期与期限写法不一致", "Term and renewal do not fit"), evidence=(renewal,)),
        ),
        notes=(both("文件含未接受的修订。", "The file has unaccepted changes."),),
        checks=Checks(
            passed=("late-fee", "non-compete"),
            not_evaluated=(NotEvaluated(rule_id="lock-in", reason=both("通知期未知", "Notice period unknown")),),
        ),
        not_analysed=(
            NotAnalysed(what="图片" if zh else "image", page=2, reason="no text layer", remedy="install OCR"),
        ),
    )
    return Case(document=document, clauses=clauses, report=report)


def twice(case: Case) -> Case:
    """`case` with the finding on refunds in a second clause, less grave there."""
    refund = case.report.findings[2]
    evidence = quote(case.document, case.document.text.split("\n")[12])
    second = refund.model_copy(
        update={
            "id": "refund-2",
            "severity": "medium",
            "evidence": (evidence,),
            "clause": case.report.findings[6].clause,
        }
    )
    report = case.report.model_copy(update={"findings": (*case.report.findings, second)})
    return Case(document=case.document, clauses=case.clauses, report=report)


def with_quote(report: Report, words: str) -> Report:
    """`report` with `words` in every place that shows text of the contract or of a rule."""
    said = Bilingual(zh=words, en=words)
    evidence = (Evidence(start=0, end=len(words), quote=words, page=1),)
    finding = report.findings[1].model_copy(
        update={
            "title": said,
            "message": said,
            "rationale": said,
            "suggestion": said,
            "fallback": said,
            "evidence": evidence,
            "clause": ClauseRef(number=words, heading=words, path=(words, words)),
        }
    )
    return report.model_copy(
        update={
            "document": report.document.model_copy(update={"name": words}),
            "parties": (Party(role="client", label=words, name=words, aliases=(words,), basis=words),),
            "findings": (finding,),
            "answers": (Answer(topic="termination", status="found", headline=said, finding_ids=(finding.id,)),),
            "key_dates": (KeyDate(what=said, date="2026-10-02", basis=said),),
            "inconsistencies": (Inconsistency(what=said, evidence=evidence),),
            "notes": (said,),
            "not_analysed": (NotAnalysed(what=words, reason=words, remedy=words),),
        }
    )
