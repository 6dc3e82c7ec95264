"""Who the parties of a Chinese contract are: letters (甲方), role words (委托方), platform terms (您 and the platform).

Works on folded text, so half-width punctuation and simplified script; spans are those of the document.
"""

from __future__ import annotations

import re
from collections import Counter

from contractscan.parties.words import CHINESE, CHINESE_LABEL, LETTERS, SPELLINGS, Side, meaning
from contractscan.text import CJK

_HEAD, _TAIL = 20_000, 20_000  # the party block and the signature block are looked for here
_SAMPLE = 200_000  # usage is counted here
_FANG = r"[ \n]{0,3}方"
_LABEL = rf"[{LETTERS}]{_FANG}|{CHINESE_LABEL}"
# 甲方(委托方): / 委托方(甲方): / 甲方(以下简称"品牌方"): / 出租方:(甲方) / 甲方:(客户) / 甲方(盖章): / 委托人:\n(甲方)
_BLOCK_RE = re.compile(
    rf"(?P<label>{_LABEL})(?:[ \n]{{0,3}}\((?P<note>[^()\n:,。;]{{1,24}})\))?[ ]{{0,3}}"
    r"(?:(?<=[方人])\)[ ]?(?=:))?(?P<colon>:)?"
    rf"[ \n]{{0,3}}(?:\((?P<late>[{LETTERS}]方|{CHINESE_LABEL})\))?"
)
_COMPANY = (
    "公司|集团|工厂|厂|商行|商店|店|经营部|工作室|事务所|合作社|研究院|研究所|学校|大学|学院|医院|中心|协会|学会|委员会|基金会"
    "|银行|酒店|出版社|报社|电视台|企业|个体户|合伙|社|馆|队|局|厅|部|所|村"
)
_NAME_RE = re.compile(rf"(?:[{CJK}A-Za-z0-9·&.'\-]+(?: (?=[A-Za-z]))?|\([^()\n:]{{1,16}}\)(?=[{CJK}]))+")
_LATIN_NAME_RE = re.compile(
    r"[A-Z][A-Za-z0-9&.' -]{1,50}?,? ?(?:Co\.?, ?Ltd|Ltd|LTD|Limited|LIMITED|Inc|LLC|Corp)\b\.?(?![A-Za-z])"
)
_NAME_END_RE = re.compile(
    rf"(?:[{LETTERS}]{_FANG}|{CHINESE_LABEL}|地址|住所|住址|联系|电话|手机|传真|邮编|邮箱|微信|统一社会|社会信用|信用代码|法定|法人"
    r"|负责人|身份|证件|营业执照|开户|账号|账户|银行账|税号|税务|纳税|签订|签约|签署|日期|盖章|签字|签章|公章|注册|通讯|通信|授权代表|代表人"
    r"|委托代理|代表|备案|证明|经办|编号|名称|姓名|年月日|以下)"
)
_LETTER_BEHIND_RE = re.compile(rf" ?\( ?(?P<label>[{LETTERS}]方) ?\)")  # 委托方:某某有限公司(甲方)
_FIELD_RE = re.compile(r"\s*(?:公司名称|单位名称|企业名称|名称|姓名|公司|单位)[ ]{0,3}(?:\([^()\n]{0,12}\))?[ ]{0,3}:")
_PLACEHOLDER_RE = re.compile(
    r"[\[\]{}【】<>$#*]|^第[一二三四五六七八九十百0-9]+[条章节]|^(?:鉴于|为了|根据|依据|依照|兹)|填写|请填|全称|盖章|签名|^[XxＸ×]+$|^\d+$|^[a-z]$"
)
_PROSE_RE = re.compile(
    r"双方|^\d|^[(\-.]|义务|权利|经友好|应[当该]?|须|不得|有权|同意|保证|承诺|提供|负责|确认|可以|已经|必须|如果|按照|进行|享有|或者"
)
_DEFINITION_RE = re.compile(
    r"[,，]? ?\(? ?(?:以下|下面|下|后)(?:文)?(?:统一)?(?:简称|统称|合称|称之?为|均称|称) ?(?:为|作)? ?:? ?"
    r"[\"'「『【《]?(?P<alias>[^\"'」』】》()\n,。;:]{1,20})[\"'」』】》]?"
    r"(?:(?:或|、)[\"'「『【]?(?P<second>[^\"'」』】()\n,。;:]{1,20})[\"'」』】]?)? ?\)?"
)
# How whoever offers a service calls itself in its own terms.
_OURSELVES = ("我们", "本公司", "我司", "本工作室")
# Hong Kong: 由某某有限公司(「客户」)与某某有限公司(「代理公司」)订立
_IN_BRACKETS_RE = re.compile(r"\([\"'「『](?P<alias>[^\"'「」『』()\n,。;:]{2,8})[\"'」』]\)")
_THING_RE = re.compile(
    r"协议|合同|契约|条款|服务$|项目|产品|软件|作品|平台服务|附件|法$|规定|规则|信息|资料|标识|日$|账[号户]|方案|课程|网站|系统|货物|设备|费$|期限"
    r"|订单|商品|内容|直播间|店铺|各方|双方|被保险人"
)
# 乙方:(主播) and 甲方:某某有限公司(平台方): the role stands where the name does, or behind it.
_TOLD_RE = re.compile(rf" ?(?P<bracket>\()?(?P<role>[{CJK}]{{2,10}})(?(bracket)\)) *(?=[\n,;]|$)")
_BETWEEN_RE = re.compile(
    r"(?:您|你|用户|会员)[和与跟及][\"「『]?(?P<name>[^\"「」『』()\n,。;:您你]{2,24}?)[\"」』]?"
    r"(?:\((?:以下|下)(?:简称|称为?|统称)[为:]?[\"「『]?(?P<alias>[^\"「」『』()\n]{1,20})[\"」』]?\))?(?:之间|共同|达成|订立|签[订署])"
)


def sides(text: str) -> list[Side]:
    """The parties of folded Chinese `text`, in the order of their labels; empty when there are none to be seen."""
    found = _letters(text) or _labelled(text) or _words(text) or _named(text) or _terms(text)
    _read_block(text, found)
    return found


def _letters(text: str) -> list[Side]:
    counts = Counter(match.group()[0] for match in re.finditer(rf"[{LETTERS}](?=[ \n]{{0,3}}方(?![式]))", text))
    counts.update(re.findall(rf"([{LETTERS}])(?=[、,和与及]?[ ]?[{LETTERS}][ ]?[双两三四]?方)", text))
    if not (counts["甲"] and counts["乙"]):
        return []
    return [Side(letter + "方") for letter in LETTERS if counts[letter] >= (1 if letter in "甲乙" else 2)]


_LABEL_LINE_RE = re.compile(
    rf"(?:^|\n)[ ]*(?P<label>[{CJK}A-Z]{{0,6}}"
    r"(?:方|人|商|公司|机构|单位|企业|主|者|达人|主播|客户|会员|用户|平台|商家|商户))"
    rf"[ ]{{0,3}}(?:\([^()\n]{{1,24}}\)[ ]{{0,3}})?:"
)
_NO_LABEL_RE = re.compile(
    r"联系|代表|负责|经办|收件|收款|开户|签[约订署]|签收|法[定人]|授权|证明|见证|承办人|制表|双方|各方|第三"
)


def _labelled(text: str) -> list[Side]:
    """Two labels or more that head a line of the party block (品牌方：…, 达人：…) and are used further on."""
    found: list[str] = []
    for match in _LABEL_LINE_RE.finditer(text, 0, min(len(text), 3_000)):
        label = match["label"]
        if label in found or _NO_LABEL_RE.search(label) or len(label) < 2:
            continue
        used = len(re.findall(rf"(?<!被){re.escape(label)}(?! ?(?:\([^()\n]{{1,24}}\) ?)?:)", text[:_SAMPLE]))
        if used >= 2 or (used and meaning(label)):
            found.append(label)
    if not 2 <= len(found) <= 4:
        return []
    return [Side(word, aliases=_spellings(word, text)) for word in found]


def _spellings(word: str, text: str) -> list[str]:
    return [w for w in SPELLINGS.get(word, ()) if w != word and re.search(w + "(?!员)", text)]


# 某某有限公司（“客户”）, 某某工作室（下称“某某”）: a name and what it is called from there on.
_CALLED_RE = re.compile(
    r"\((?:[^()\n]{0,60}[,;、])?"
    r"(?:(?:以下|下面|下|后)(?:文)?(?:统一)?(?:简称|统称|合称|称之?为|称) ?(?:为|作)? ?:? ?)?"
    r"[\"'「『](?P<alias>[^\"'」』()\n,。;:]{2,12})[\"'」』]\)"
)
_COMPANY_NAME_RE = re.compile(
    rf"(?:(?<=[由与和及、:;,。\n ])|^)(?P<name>[{CJK}A-Za-z0-9·&]{{2,24}}?(?:\([{CJK}]{{2,6}}\))?"
    r"(?:有限责任公司|股份有限公司|有限公司|工作室|合伙企业|经营部|事务所))"
    rf"(?![{CJK}]{{0,2}}(?:分公司|章程))"
)


def _named(text: str) -> list[Side]:
    """Two companies that go by a short name of their own, or by their full name."""
    head = text[:3_000]
    sides: dict[str, Side] = {}
    for match in [*_CALLED_RE.finditer(head), *_DEFINITION_RE.finditer(head)]:
        alias = match["alias"]
        window = max(0, match.start() - 160)
        names = list(_COMPANY_NAME_RE.finditer(head, window, match.start()))
        if not names or alias in sides or _THING_RE.search(alias) or text.count(alias) < 3 - (alias in CHINESE):
            continue
        name = names[-1].span("name")
        if all(side.name != name for side in sides.values()):
            sides[alias] = Side(alias, name=name)
    if len(sides) < 2:
        sides = {}
        for match in _COMPANY_NAME_RE.finditer(head):
            if match["name"] not in sides and text.count(match["name"]) > 1:
                sides[match["name"]] = Side(match["name"], name=match.span("name"))
    found = sorted(sides.values(), key=lambda side: side.name or (0, 0))
    return found if len(found) == 2 else []


_ACTS_RE = "(?:应|應|须|需|得|可|不得|有权|不应|负责|承诺|保证|同意|授权|向|每月|按|违约|违反|未|可|提供|委托)"
_CONTRACT_RE = re.compile(r"本(?:合同|协议|契约|合约|条款|约)")


def _acts(word: str, text: str) -> int:
    """How often the word stands for somebody who may or must do something."""
    return len(re.findall(rf"(?<![{CJK}])(?:{word}){_ACTS_RE}", text))


def _words(text: str) -> list[Side]:
    """Role words that are declared (委托方：…, 以下简称"服务商"), or used over and over, one for each side."""
    text = text[:_SAMPLE]
    declared: Counter[str] = Counter()
    for match in _BLOCK_RE.finditer(text, 0, min(len(text), _HEAD)):
        if match["colon"] and (match.start() == 0 or text[match.start() - 1] in " \n:)。;、"):
            declared[match["label"]] += 3
    for definition in (_DEFINITION_RE, _IN_BRACKETS_RE):
        for match in definition.finditer(text):
            if match["alias"] in CHINESE:
                declared[match["alias"]] += 5
    best: dict[str, tuple[int, str]] = {}
    terms = text.count("您") + text.count("你")
    contract = terms <= 3 and _CONTRACT_RE.search(text) is not None
    for word, entry in CHINESE.items():
        count = text.count(word) - sum(text.count(longer) for longer in _longer(word))
        named = word in declared or (entry.weight == 4 and count >= 4 and terms <= 3 and len(word) > 2)
        if not named and not (contract and count >= 3 and _acts(word, text) >= 2):
            continue
        if entry.weight < 4 and count < 2:
            continue
        score = count + 20 * declared[word]
        if count and score > best.get(entry.kind, (0, ""))[0]:
            best[entry.kind] = (score, word)
    if not ("client" in best and "provider" in best):
        return []
    order = sorted((word for _, word in best.values()), key=text.find)
    return [Side(word, aliases=_spellings(word, text)) for word in order]


def _longer(word: str) -> list[str]:
    return [other for other in CHINESE if word in other and word != other] + ["被" + word]


def _terms(text: str) -> list[Side]:
    """Platform terms: the reader (您, 用户) on one side, whoever offers the service on the other."""
    you = next((word for word in ("您", "你", "用户", "会员") if text.count(word) >= 3), None)
    if you is None and text.count("客户") >= 3 and sum(text.count(word) for word in _OURSELVES) >= 3:
        you = "客户"
    if you is None:
        return []
    user = Side(you, aliases=[word for word in ("用户", "你") if word != you and word in text])
    names = Counter[str]()
    for match in _BETWEEN_RE.finditer(text):
        names[match["alias"] or match["name"].rstrip("所")] += 1
    company = next(
        (
            match
            for match in _DEFINITION_RE.finditer(text)
            if text.endswith(("公司", "集团", "平台", "网", "网站", "商城"), 0, match.start())
            and not _THING_RE.search(match["alias"])
        ),
        None,
    )
    if company:
        names[company["alias"]] += 2
    for word in (*_OURSELVES, "平台", "本平台", "本站", "公司"):
        if text.count(word) - text.count("本" + word) >= 3:
            names[word] += 1
    best = sorted(
        (word for word in names if not _THING_RE.search(word)),
        key=lambda word: (-names[word], text.find(word)),
    )
    if not best:
        return [user]
    return [user, Side(best[0], aliases=[word for word in best[1:] if names[word] >= 1][:4])]


def _read_block(text: str, found: list[Side]) -> None:
    """Give the sides their names, descriptive labels and aliases from what stands beside their labels."""
    by_word = {word: side for side in found for word in (side.label, *side.aliases)}
    ends = [(0, min(len(text), _HEAD))]
    if len(text) > _HEAD:
        ends.append((max(_HEAD, len(text) - _TAIL), len(text)))
    for low, high in ends:
        for match in _BLOCK_RE.finditer(text, low, high):
            label = re.sub(r"\s", "", match["label"])
            beside = [re.sub(r"\s", "", part) for part in (match["note"], match["late"]) if part]
            side = by_word.get(label)
            if side is None:  # 委托方(甲方): the letter is the label, the word its alias
                side = next((by_word[word] for word in beside if word in by_word), None)
                if side is None and match["colon"] and (name := block_name(text, match.end())):
                    letter = _LETTER_BEHIND_RE.match(text, name[1])
                    side = by_word.get(letter["label"]) if letter else None
                beside = [label, *(word for word in beside if word not in by_word)]
            if side is None:
                continue
            for note in beside:
                _note(text, side, note, by_word)
            if match["colon"] and side.name is None:
                side.name = block_name(text, match.end())
                told = _TOLD_RE.match(text, side.name[1] if side.name else match.end())
                if told and meaning(told["role"]) and not re.search("名|签|章|填写", told["role"]):
                    side.note(told["role"])
                if side.name:
                    line_end = text.find("\n", side.name[1])
                    defined = _DEFINITION_RE.match(text, side.name[1], line_end if line_end > 0 else len(text))
                    for alias in (defined["alias"], defined["second"]) if defined else ():
                        if alias and not _THING_RE.search(alias) and alias not in by_word:
                            side.call(alias)
    _defined_names(text, by_word)


def _note(text: str, side: Side, note: str, by_word: dict[str, Side]) -> None:
    note = re.sub(r"^(?:以下|下)(?:统一)?(?:简称|称为?|统称)[为:]?", "", note).strip("\"'「」『』《》 ")
    if note in by_word or not re.search(r"[^\W\d_]{2}", note) or re.search("[章签_]", note):
        return
    side.note(note)
    word = meaning(note)
    # A noun of daily use (模特, 平台) beside the label tells of the role; in the text it means many.
    if word and note in CHINESE and word.weight == 4 and note.endswith(("方", "人", "单位", "商", "公司")):
        for spelling in (note, *SPELLINGS.get(note, ())):
            if len(re.findall(spelling + "(?!员)", text)) > (spelling == note) and spelling not in by_word:
                side.call(spelling)
                by_word[spelling] = side


def block_name(text: str, start: int) -> tuple[int, int] | None:
    """The name that follows a label and its colon, on the same line or after 公司名称：; None for a blank."""
    position = start
    while position < len(text) and text[position] in " _\"'-—":
        position += 1
    below = text[position : position + 1] == "\n"
    if below:
        position += 1
        label = re.compile(r"[ •·\t]*").match(text, position)
        position = label.end() if label else position
        inner = _FIELD_RE.match(text, position)
        if inner is None and _NAME_END_RE.match(text, position):
            return None
    inner = _FIELD_RE.match(text, position)
    if inner:
        position = inner.end()
    while position < len(text) and text[position] in " _\"'":
        position += 1
    latin = _LATIN_NAME_RE.match(text, position)
    if latin:
        return position, latin.end()
    match = _NAME_RE.match(text, position, min(len(text), position + 60))
    if match is None:
        return None
    stop = _NAME_END_RE.search(text, match.start(), match.end())
    end = stop.start() if stop else match.end()
    name = text[position:end]
    company = re.search(rf".*(?:{_COMPANY})", name)
    if company and len(name) > 20:
        end = position + company.end()
        name = company.group()
    follows = text[end : end + 1]
    if len(name) < 2 or len(name) > 45 or _PLACEHOLDER_RE.search(name) or follows in ("}", "】", "]"):
        return None
    if re.fullmatch("(?:科技|网络|文化|传媒|信息|技术|商贸|贸易|发展)*(?:有限|责任|股份)*公司", name):
        return None
    if _PROSE_RE.search(name) and not company:
        return None
    if not company and (len(name) > 12 or follows == ":" or (below and not inner and follows not in ("", "\n", " "))):
        return None
    return position, end


_BEFORE_DEFINITION_RE = re.compile(
    rf"(?:[{CJK}A-Za-z0-9·&]|\([^()\n]{{1,16}}\)(?=[{CJK}]))*(?:{_COMPANY})(?=[\"'」』]?$)"
)
_LEAD_RE = re.compile(r"(?:[^\n]*(?:本合同由|由|与|和|归|确认))?")


def _defined_names(text: str, by_word: dict[str, Side]) -> None:
    """杭州某某公司（以下简称"甲方"）: the name stands before the definition."""
    for match in [*_DEFINITION_RE.finditer(text), *_CALLED_RE.finditer(text[:_HEAD])]:
        side = by_word.get(re.sub(r"\s", "", match["alias"]))
        if side is None or side.name:
            continue
        window = max(0, match.start() - 60)
        before = _BEFORE_DEFINITION_RE.search(text[window : match.start()])
        if before:
            lead = _LEAD_RE.match(before.group())
            skip = lead.end() if lead and lead.end() < len(before.group()) - 3 else 0
            side.name = (window + before.start() + skip, window + before.end())
