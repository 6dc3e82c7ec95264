"""Sentences and list items, and the lead-ins that govern them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from contractscan.model import Document
from contractscan.segment import segment


def sentences_of(text: str) -> list[str]:
    return [text[s.start : s.end] for c in segment(Document(name="t", format="txt", text=text)) for s in c.sentences]


def leads_of(text: str) -> dict[str, list[str]]:
    return {
        text[s.start : s.end]: [text[lead.start : lead.end] for lead in s.lead]
        for c in segment(Document(name="t", format="txt", text=text))
        for s in c.sentences
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲方付款。乙方开票。", ["甲方付款。", "乙方开票。"]),
        ("甲方付款；乙方开票！双方对账？", ["甲方付款；", "乙方开票！", "双方对账？"]),
        ("甲方付款;乙方开票.双方对账.", ["甲方付款;", "乙方开票.", "双方对账."]),
        ("提成为1.5%。奖金为3.5万元。", ["提成为1.5%。", "奖金为3.5万元。"]),
        ("适用《甲；乙。丙》的规定。其他另议。", ["适用《甲；乙。丙》的规定。", "其他另议。"]),
        ("甲方（含关联公司；下同。）应当付款。乙方开票。", ["甲方（含关联公司；下同。）应当付款。", "乙方开票。"]),
        ("点击“同意。继续”即视为接受。本协议生效。", ["点击“同意。继续”即视为接受。", "本协议生效。"]),
        (
            "点击「同意。繼續」即視為接受。本契約生效。",
            ["点击「同意。繼續」即視為接受。", "本契約生效。"],
        ),
        ("乙方称：“账号归甲方。”甲方同意。", ["乙方称：“账号归甲方。”甲方同意。"]),
        ("账号归甲方。“账号”指抖音账号。", ["账号归甲方。", "“账号”指抖音账号。"]),
        ("未付的款项。。。另行结算。", ["未付的款项。。。", "另行结算。"]),
        ("甲方应向乙方支付\n____\n元，乙方开票。", ["甲方应向乙方支付\n____\n元，乙方开票。"]),
        ("甲方：(a)付款；及\n(b)验收。", ["甲方：", "付款；及", "验收。"]),
        ("地址\n____\n电话：无", ["地址\n____", "电话：无"]),
        ("第一条 付款 甲方付款。乙方开票。", ["甲方付款。", "乙方开票。"]),
        ("第一条 期限：本合同期限一年。期满终止。", ["期限：本合同期限一年。", "期满终止。"]),
    ],
)
def test_chinese_sentences(text: str, expected: list[str]) -> None:
    assert sentences_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Client pays. The Agency posts.", ["The Client pays.", "The Agency posts."]),
        (
            "The Client pays Acme Inc. fees in advance. It may stop.",
            ["The Client pays Acme Inc. fees in advance.", "It may stop."],
        ),
        ("Sec. 5 applies. No. 7 does not.", ["Sec. 5 applies.", "No. 7 does not."]),
        ("Payment is due to Acme Ltd. Singapore on demand.", ["Payment is due to Acme Ltd. Singapore on demand."]),
        (
            "It is governed by U.S. Federal law. Courts decide.",
            ["It is governed by U.S. Federal law.", "Courts decide."],
        ),
        ("Fees are paid to J. Smith. He signs.", ["Fees are paid to J. Smith.", "He signs."]),
        ("Fees are listed in Exhibit A. The Client pays.", ["Fees are listed in Exhibit A.", "The Client pays."]),
        ("The rate is 1.5 percent. It is fixed.", ["The rate is 1.5 percent.", "It is fixed."]),
        ('The "Term." It is one year. "Fees" means money.', ['The "Term."', "It is one year.", '"Fees" means money.']),
        ("The parties are Acme Inc. The Client pays.", ["The parties are Acme Inc.", "The Client pays."]),
        (
            "Assets, i.e. Passwords and phones, are returned. Done.",
            ["Assets, i.e. Passwords and phones, are returned.", "Done."],
        ),
        ("The Client pays; the Agency posts.", ["The Client pays; the Agency posts."]),
        (
            "It may end if: (a) fees are late; or (b) posts stop.",
            ["It may end if: (a) fees are late; or (b) posts stop."],
        ),
    ],
)
def test_english_sentences(text: str, expected: list[str]) -> None:
    assert sentences_of(text) == expected


def test_an_english_sentence_ends_where_another_subject_takes_over() -> None:
    text = "Client may end it at any time; Agency may not end it (save as agreed; the Client shall say so) in year one."
    assert sentences_of(text) == [
        "Client may end it at any time;",
        "Agency may not end it (save as agreed; the Client shall say so) in year one.",
    ]


def test_a_long_english_list_is_cut_into_items_under_their_lead_in() -> None:
    items = [f"({letter}) the Agency {'repeatedly and without a good reason ' * 5}fails to post" for letter in "abc"]
    text = f"The Client may terminate if: {items[0]}; {items[1]}; or {items[2]}."
    lead = "The Client may terminate if:"
    assert leads_of(text) == {lead: [], f"{items[0]};": [lead], f"{items[1]}; or": [lead], f"{items[2]}.": [lead]}


@pytest.mark.parametrize(
    ("text", "item", "leads"),
    [
        (
            "8.2 有下列情形之一的，甲方可以解除本合同：\n（1）停播；\n（2）造假。",
            "停播；",
            ["有下列情形之一的，甲方可以解除本合同："],
        ),
        (
            "8.2 有下列情形之一的，甲方可以解除本合同\n（1）停播；\n（2）造假。",
            "造假。",
            ["有下列情形之一的，甲方可以解除本合同"],
        ),
        ("8.2 乙方不得有下列行为：（1）改密；（2）换号。", "换号。", ["乙方不得有下列行为："]),
        (
            "有下列情形之一的，甲方可以解除：\n（一）违反以下义务的：\n1. 保密；\n2. 移交。\n（二）停播的。",
            "移交。",
            ["有下列情形之一的，甲方可以解除：", "违反以下义务的："],
        ),
        ("8.2 甲方付款。\n（1）转账；\n（2）现金。", "转账；", []),
        ("乙方承诺：①不改密；②不换号。", "不换号。", ["乙方承诺："]),
        ("第一条 义务\n乙方应当：\n- 拍摄；\n- 剪辑。", "- 剪辑。", ["乙方应当："]),
        ("第一条 义务\n乙方应当：\n拍摄短视频；\n剪辑短视频。\n甲方付款。", "剪辑短视频。", ["乙方应当："]),
        ("第一条 义务\n乙方应当：\n拍摄短视频；\n剪辑短视频。\n甲方付款。", "甲方付款。", []),
        ("第一条 义务\n乙方不得：泄露密码；转让账号。甲方付款。", "转让账号。", ["乙方不得："]),
        ("第一条 义务\n乙方不得：泄露密码；转让账号。甲方付款。", "甲方付款。", []),
        (
            "8.2 Cause. The Client may terminate if:\n(a) the Agency stops; or\n(b) the account is sold.",
            "the account is sold.",
            ["The Client may terminate if:"],
        ),
    ],
)
def test_items_carry_their_lead_ins(text: str, item: str, leads: list[str]) -> None:
    assert leads_of(text)[item] == leads


def test_what_follows_a_list_is_not_governed_by_its_lead_in() -> None:
    text = "8.2 有下列情形之一的，甲方可以解除：\n（1）停播；\n（2）造假。\n解除后乙方应当移交账号。\n8.3 其他。"
    assert leads_of(text)["解除后乙方应当移交账号。"] == []


def test_a_sentence_spans_the_line_breaks_of_wrapping() -> None:
    text = (
        "第一条 付款\n甲方应当在收到账单之日起十五日内向乙方支付全部服\n"
        "务费，逾期的应当按日加收违约金，并且赔偿乙方因此受\n到的全部损失和合理的维权费用，包括律师的费用和差旅\n费。乙方开票。"
    )
    assert sentences_of(text)[-1] == "乙方开票。"
    assert sentences_of(text)[0].startswith("甲方应当在收到账单之日起")
    assert sentences_of(text)[0].endswith("差旅\n费。")


def test_spacy_stays_unimported_without_an_ambiguous_stop() -> None:
    code = (
        "import sys; from contractscan.model import Document; from contractscan.segment import segment;"
        "segment(Document(name='t', format='txt', text='第一条 付款\\n甲方付款。The Client pays. The Agency posts.'));"
        "print('spacy' in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
        == "False"
    )


@pytest.mark.parametrize(
    "opening",
    [
        "NOW, THEREFORE, in consideration of the mutual promises made here, the parties agree as follows:",
        "The parties hereby agree:",
        "In consideration of the fees, Client and Agency covenant and agree as follows:",
    ],
)
def test_the_words_that_open_a_contract_lead_in_no_clause(opening: str) -> None:
    text = f"{opening}\n1. Agency posts three videos a week.\n2. Client may cancel the services on ten days' notice."
    leads = leads_of(text)
    assert leads["Agency posts three videos a week."] == []
    assert leads["Client may cancel the services on ten days' notice."] == []


def test_a_duty_that_parties_agree_to_still_leads_in_its_items() -> None:
    text = "1. Agency agrees not to do any of these things:\n(a) sell the account;\n(b) change the password."
    assert leads_of(text)["sell the account;"] == ["Agency agrees not to do any of these things:"]
