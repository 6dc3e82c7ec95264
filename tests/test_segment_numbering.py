"""The table of numbering: what a reader takes for a number, what stands under what, and what its heading is.

Every case is a text and the clauses expected of it, as `path|heading` with the path's parts joined by ` > `. The text
in front of the first number has no path and is left out.
"""

from __future__ import annotations

import pytest

from contractscan.model import Document
from contractscan.segment import segment

CHINESE_STYLES = [
    ("第一条 账号归属\n账号归甲方。", ["第一条|账号归属"]),
    ("第1条 账号归属\n账号归甲方。", ["第1条|账号归属"]),
    ("第 一 条 账号归属\n账号归甲方。", ["第 一 条|账号归属"]),
    ("第一條 帳號歸屬\n帳號歸甲方。", ["第一條|帳號歸屬"]),
    ("第壹條 帳號歸屬\n帳號歸甲方。\n第貳條 費用\n每月付款。", ["第壹條|帳號歸屬", "第貳條|費用"]),
    (
        "貳、期間\n一年。\n參、費用\n一、服務費。\n二、廣告費。\n三、違約金。\n肆、帳號\n一、歸屬。",
        ["貳、|期間", "參、|費用", "參、 > 一、|", "參、 > 二、|", "參、 > 三、|", "肆、|帳號", "肆、 > 一、|"],
    ),
    ("第一条定义\n本合同所称账号指抖音账号。", ["第一条|定义"]),
    ("第一条：服务期限\n一年。", ["第一条|服务期限"]),
    ("第一条、服务期限\n一年。", ["第一条|服务期限"]),
    ("第一条\n服务期限\n本合同期限为一年。", ["第一条|服务期限"]),
    ("第一条\n本合同期限为一年，期满可以续签。", ["第一条|"]),
    ("第一条 【服务期限】本合同期限为一年。", ["第一条|服务期限"]),
    ("第一条 服务期限 本合同期限为一年。", ["第一条|服务期限"]),
    ("第十一条 保密\n双方保密。\n第十二条 其他\n无。", ["第十一条|保密", "第十二条|其他"]),
    ("第二十条 保密\n双方保密。\n第二十一条 其他\n无。", ["第二十条|保密", "第二十一条|其他"]),
    ("第九十九条 保密\n双方保密。\n第一百条 其他\n无。", ["第九十九条|保密", "第一百条|其他"]),
    ("第一章 总则\n第一条 目的\n合作。", ["第一章|总则", "第一章 > 第一条|目的"]),
    (
        "第一章 总则\n第一条 目的\n合作。\n第二章 费用\n第二条 标准\n每月一万元。",
        ["第一章|总则", "第一章 > 第一条|目的", "第二章|费用", "第二章 > 第二条|标准"],
    ),
    ("第一节 范围\n直播。\n第二节 排期\n每周五场。", ["第一节|范围", "第二节|排期"]),
    ("第一部分 商务条款\n一、费用\n每月一万元。", ["第一部分|商务条款", "第一部分 > 一、|费用"]),
    ("一、服务内容\n短视频拍摄。\n二、费用\n每月一万元。", ["一、|服务内容", "二、|费用"]),
    ("一 、服务内容\n短视频拍摄。\n二 、费用\n每月一万元。", ["一 、|服务内容", "二 、|费用"]),
    ("一.服务内容\n短视频拍摄。\n二.费用\n每月一万元。", ["一.|服务内容", "二.|费用"]),
    ("十、保密\n双方保密。\n十一、其他\n无。", ["十、|保密", "十一、|其他"]),
    ("（一）甲方提供素材；\n（二）乙方剪辑。", ["（一）|", "（二）|"]),
    ("(一)甲方提供素材；\n(二)乙方剪辑。", ["(一)|", "(二)|"]),
    ("㈠甲方提供素材；\n㈡乙方剪辑。", ["㈠|", "㈡|"]),
    ("1. 甲方提供素材。\n2. 乙方剪辑。", ["1.|", "2.|"]),
    ("1.甲方提供素材。\n2.乙方剪辑。", ["1.|", "2.|"]),
    ("1．甲方提供素材。\n2．乙方剪辑。", ["1．|", "2．|"]),
    ("１．甲方提供素材。\n２．乙方剪辑。", ["１．|", "２．|"]),
    ("⒈甲方提供素材。\n⒉乙方剪辑。", ["⒈|", "⒉|"]),
    ("1、甲方提供素材。\n2、乙方剪辑。", ["1、|", "2、|"]),
    ("1 、甲方提供素材。\n2 、乙方剪辑。", ["1 、|", "2 、|"]),
    ("1）甲方提供素材；\n2）乙方剪辑。", ["1）|", "2）|"]),
    ("（1）甲方提供素材；\n（2）乙方剪辑。", ["（1）|", "（2）|"]),
    ("( 1 ) 甲方提供素材；\n( 2 ) 乙方剪辑。", ["( 1 )|", "( 2 )|"]),
    ("（1）、甲方提供素材；\n（2）、乙方剪辑。", ["（1）|", "（2）|"]),
    ("⑴甲方提供素材；\n⑵乙方剪辑。", ["⑴|", "⑵|"]),
    ("①甲方提供素材；\n②乙方剪辑。", ["①|", "②|"]),
    ("a) 甲方提供素材；\nb) 乙方剪辑。", ["a)|", "b)|"]),
    ("（a）甲方提供素材；\n（b）乙方剪辑。", ["（a）|", "（b）|"]),
    ("a. 甲方提供素材；\nb. 乙方剪辑。", ["a.|", "b.|"]),
    ("A. 甲方提供素材；\nB. 乙方剪辑。", ["A.|", "B.|"]),
    ("A、甲方提供素材；\nB、乙方剪辑。", ["A、|", "B、|"]),
    ("甲、帳號登記於委託人名下。\n乙、手機號由委託人提供。", ["甲、|", "乙、|"]),
    ("1.1 甲方提供素材。\n1.2 乙方剪辑。", ["1.1|", "1.2|"]),
    ("1.1甲方提供素材。\n1.2乙方剪辑。", ["1.1|", "1.2|"]),
    ("1.1.甲方提供素材。\n1.2.乙方剪辑。", ["1.1|", "1.2|"]),
    ("1.1、甲方提供素材。\n1.2、乙方剪辑。", ["1.1|", "1.2|"]),
    ("2.1.1 甲方提供素材。\n2.1.2 乙方剪辑。", ["2.1.1|", "2.1.2|"]),
    ("1 合作期限\n1.1 一年。\n2 费用\n2.1 每月一万元。", ["1|合作期限", "1 > 1.1|", "2|费用", "2 > 2.1|"]),
    ("1【合作期限】\n1.1 一年。\n2【费用】\n2.1 每月一万元。", ["1|合作期限", "1 > 1.1|", "2|费用", "2 > 2.1|"]),
    ("附件一：价目表\n每场八百元。\n附件二：排期表\n每周五场。", ["附件一|价目表", "附件二|排期表"]),
    ("附件1 价目表\n每场八百元。\n附件2 排期表\n每周五场。", ["附件1|价目表", "附件2|排期表"]),
    ("附件：价目表\n每场八百元。", ["附件|价目表"]),
    (
        "附件一 价目表\n项目: 短视频;单价: 八百元,每月结算一次;备注: 含税\n附件二 排期表\n每周五场。",
        ["附件一|价目表", "附件二|排期表"],
    ),
]

CHINESE_TREES = [
    (
        "第三条 权利义务\n（一）甲方义务\n3.1.1 付款。\n（二）乙方义务\n3.2.1 拍摄。\n3.2.2 剪辑。\n第四条 费用",
        [
            "第三条|权利义务",
            "第三条 > （一）|甲方义务",
            "第三条 > （一） > 3.1.1|",
            "第三条 > （二）|乙方义务",
            "第三条 > （二） > 3.2.1|",
            "第三条 > （二） > 3.2.2|",
            "第四条|费用",
        ],
    ),
    ("第一条 服务\n1.1 拍摄。\n1.2 剪辑。", ["第一条|服务", "第一条 > 1.1|", "第一条 > 1.2|"]),
    (
        "第一条 服务\n1.1 拍摄。\n1.1.1 每周三条。\n1.1.2 每条一分钟。\n1.2 剪辑。",
        ["第一条|服务", "第一条 > 1.1|", "第一条 > 1.1 > 1.1.1|", "第一条 > 1.1 > 1.1.2|", "第一条 > 1.2|"],
    ),
    (
        "第一条 服务\n1. 拍摄：\n（1）每周三条；\n（2）每条一分钟。\n2. 剪辑。",
        ["第一条|服务", "第一条 > 1.|拍摄", "第一条 > 1. > （1）|", "第一条 > 1. > （2）|", "第一条 > 2.|"],
    ),
    (
        "一、服务\n（一）拍摄\n1、每周三条；\n2、每条一分钟。\n（二）剪辑\n1、三日内完成。\n二、费用\n每月一万元。",
        [
            "一、|服务",
            "一、 > （一）|拍摄",
            "一、 > （一） > 1、|",
            "一、 > （一） > 2、|",
            "一、 > （二）|剪辑",
            "一、 > （二） > 1、|",
            "二、|费用",
        ],
    ),
    (
        "一、服务\n1. 拍摄\n①每周三条；\n②每条一分钟。\n2. 剪辑。\n二、费用\n1. 每月一万元。",
        ["一、|服务", "一、 > 1.|拍摄", "一、 > 1. > ①|", "一、 > 1. > ②|", "一、 > 2.|", "二、|费用", "二、 > 1.|"],
    ),
    (
        "一、服务\n1）拍摄：\na) 每周三条；\nb) 每条一分钟。\n2）剪辑。",
        ["一、|服务", "一、 > 1）|拍摄", "一、 > 1） > a)|", "一、 > 1） > b)|", "一、 > 2）|"],
    ),
    (
        "1. 服务\n一、拍摄。\n二、剪辑。\n2. 费用\n一、每月一万元。",
        ["1.|服务", "1. > 一、|", "1. > 二、|", "2.|费用", "2. > 一、|"],
    ),
    (
        "（1）请如实填写。\n（2）空白处划线。\n第一条 服务\n拍摄。",
        ["（1）|", "（2）|", "第一条|服务"],
    ),
    (
        "第一条 服务\n（一）拍摄。\n（二）剪辑。\n第二条 费用\n（一）每月一万元。",
        ["第一条|服务", "第一条 > （一）|", "第一条 > （二）|", "第二条|费用", "第二条 > （一）|"],
    ),
    (
        "一、总则\n第一条 目的\n合作。\n第二条 原则\n诚信。\n二、费用\n第三条 标准\n每月一万元。",
        ["一、|总则", "一、 > 第一条|目的", "一、 > 第二条|原则", "二、|费用", "二、 > 第三条|标准"],
    ),
    (
        "第一条 服务\n拍摄。\n附件一：价目表\n1. 短视频八百元。\n2. 直播一千元。",
        ["第一条|服务", "附件一|价目表", "附件一 > 1.|", "附件一 > 2.|"],
    ),
    (
        "一、期限\n一年。\n二、费用\n1. 标准\n每月一万元。\n2. 支付\n（1）每月五日前；\n（2）转账。\n三、其他\n无。",
        [
            "一、|期限",
            "二、|费用",
            "二、 > 1.|标准",
            "二、 > 2.|支付",
            "二、 > 2. > （1）|",
            "二、 > 2. > （2）|",
            "三、|其他",
        ],
    ),
    (
        "【服务规则】\n您应当遵守规则。\n【费用规则】\n您应当按时付费。",
        ["服务规则|服务规则", "费用规则|费用规则"],
    ),
    (
        "第一条 双方义务\n甲方：\n1. 提供素材。\n2. 付款。\n乙方：\n1. 拍摄。\n2. 剪辑。",
        ["第一条|双方义务", "第一条 > 1.|", "第一条 > 2.|", "第一条 > 1.|", "第一条 > 2.|"],
    ),
]

CHINESE_RUN_ON = [
    (
        "店铺代运营合同一、期限一年。二、费用每月一万元。三、其他另议。",
        ["店铺代运营合同|店铺代运营合同", "一、|", "二、|", "三、|"],
    ),
    (
        "合作协议第一条 服务内容1.1拍摄短视频。1.2剪辑短视频。",
        ["合作协议|合作协议", "第一条|服务内容", "第一条 > 1.1|", "第一条 > 1.2|"],
    ),
    ("协议如下。第一条、期限一年。第二条、费用每月一万元。", ["第一条|", "第二条|"]),
    (
        "双方约定如下:一、服务内容1.1拍摄短视频。1.2剪辑。二、费用2.1每月一万元。",
        ["一、|服务内容", "一、 > 1.1|", "一、 > 1.2|", "二、|费用", "二、 > 2.1|"],
    ),
    (
        "第一条 服务内容1.1乙方负责:(1)拍摄;(2)剪辑;(3)发布。1.2甲方验收。",
        [
            "第一条|服务内容",
            "第一条 > 1.1|",
            "第一条 > 1.1 > (1)|",
            "第一条 > 1.1 > (2)|",
            "第一条 > 1.1 > (3)|",
            "第一条 > 1.2|",
        ],
    ),
    (
        "第三条 费用3.1费用标准3.1.1基础费用每月五千元。3.1.2提成按销售额计算。3.2每月结算。",
        ["第三条|费用", "第三条 > 3.1|费用标准", "第三条 > 3.1 > 3.1.1|", "第三条 > 3.1 > 3.1.2|", "第三条 > 3.2|"],
    ),
    (
        "一、服务1、拍摄。2、剪辑。二、费用1、每月一万元。",
        ["一、|服务", "一、 > 1、|", "一、 > 2、|", "二、|费用", "二、 > 1、|"],
    ),
    ("乙方承诺：①不泄露密码；②不更换手机号。", ["①|", "②|"]),
    ("有下列情形之一的，甲方可解除：（一）停播；（二）造假。", ["（一）|", "（二）|"]),
    ("账号信息:(1)账号名: 。(2)账号编号: 。(3)绑定手机: 。", ["(1)|", "(2)|", "(3)|"]),
    ("第八条 解除（一）甲方可以解除。（二）乙方可以解除。", ["第八条|解除", "第八条 > （一）|", "第八条 > （二）|"]),
    ("1. 拍摄短视频。2. 剪辑短视频。3. 发布短视频。", ["1.|", "2.|", "3.|"]),
    ("1. 1.1 拍摄短视频。\n1.2 剪辑。", ["1.|", "1. > 1.1|", "1. > 1.2|"]),
    ("第一条 1. 拍摄。\n2. 剪辑。", ["第一条|", "第一条 > 1.|", "第一条 > 2.|"]),
    ("收款账户:____一、保密。双方保密。二、其他。无。", ["一、|保密", "二、|其他"]),
]

CHINESE_NOT_NUMBERS = [
    ("第一条 解除\n见第5.3条及第八条的约定。", ["第一条|解除"]),
    ("第一条 解除\n依照本合同第二条约定解除。\n第二条 其他\n无。", ["第一条|解除", "第二条|其他"]),
    ("第一条 解除\n违反第二条、第三条的，可以解除。\n第二条 其他\n无。", ["第一条|解除", "第二条|其他"]),
    ("第一条 解除\n依照《中华人民共和国民法典》第二条执行。\n第二条 其他\n无。", ["第一条|解除", "第二条|其他"]),
    ("第一条 解除\n适用民法典第563条、第565条。", ["第一条|解除"]),
    ("第一条 费用\n违反前述第（二）项的，扣款。", ["第一条|费用"]),
    (
        "第一条 费用\n（一）基础费用；\n（二）提成，按第（三）项计算；\n（三）奖金。",
        ["第一条|费用", "第一条 > （一）|", "第一条 > （二）|", "第一条 > （三）|"],
    ),
    ("1. 服务费为3.5万元。\n2. 提成为1.5倍。", ["1.|", "2.|"]),
    ("1. 自2026.3.1起至2027.2.28止。\n2. 每月付款。", ["1.|", "2.|"]),
    ("2026.3.1-2026.3.15 筹备\n2026.3.16-2026.5.1 试播", []),
    ("第一条 费用\n1.1 提成比例为1.2%，\n1.2 每月结算。", ["第一条|费用", "第一条 > 1.1|", "第一条 > 1.2|"]),
    ("1. 提前3.日通知无效。\n2. 应书面通知。", ["1.|", "2.|"]),
    ("1. 服务期为十五（15）天。\n2. 赔偿两（2）倍费用。", ["1.|", "2.|"]),
    ("一、期限\n一、二季度各结算一次。\n二、费用\n每月一万元。", ["一、|期限", "二、|费用"]),
    ("一、解除\n1. 有下列情形之一，甲方可以解除。\n二、费用\n每月一万元。", ["一、|解除", "一、 > 1.|", "二、|费用"]),
    ("1. 期限自 2026 年起。\n2 个月内完成。\n2. 费用另计。", ["1.|", "2.|"]),
    ("1. 联系电话：010-5555.2号分机。\n2. 邮箱另告。", ["1.|", "2.|"]),
    ("第一条 附件\n本合同附件一为价目表，附件二为排期表。", ["第一条|附件"]),
    ("第一条 文件\n附件一所列文件与本合同有同等效力。", ["第一条|文件"]),
    ("甲、乙双方协商一致，订立本合同。\n第一条 期限\n一年。", ["第一条|期限"]),
    ("1. 甲方付款5.5元。\n2. 乙方开票。", ["1.|", "2.|"]),
    ("1. 销售额达到10.5万的，提成百分之五。\n2. 乙方开票。", ["1.|", "2.|"]),
    ("第一条 软件\n使用V2.1版本。\n第二条 其他\n无。", ["第一条|软件", "第二条|其他"]),
    ("1. 视频时长为1.5分钟。\n2. 画幅为16:9。", ["1.|", "2.|"]),
    ("第一条 通知\n按第二条第一款第（一）项执行。\n第二条 其他\n无。", ["第一条|通知", "第二条|其他"]),
]

CHINESE_IRREGULAR = [
    (
        "1 期間\n1.1 一年。\n6 保密\n6.1 保密。\n7 個資條款\n7.1 依法處理。\n8 終止\n8.1 得終止。",
        [
            "1|期間",
            "1 > 1.1|",
            "6|保密",
            "6 > 6.1|",
            "7|個資條款",
            "7 > 7.1|",
            "8|終止",
            "8 > 8.1|",
        ],
    ),
    (
        "6 保密\n6.1 双方保密。\n7.1 甲方付款。\n7.2 乙方开票。\n8 终止\n8.1 可以终止。",
        ["6|保密", "6 > 6.1|", "7.1|", "7.2|", "8|终止", "8 > 8.1|"],
    ),
    ("一、合作\n1、合作期间甲方应当付款。\n2、合作期限：一年。", ["一、|合作", "一、 > 1、|", "一、 > 2、|合作期限"]),
    ("第一条 服务\n拍摄。\n第三条 费用\n每月一万元。", ["第一条|服务", "第三条|费用"]),
    ("第一条 服务\n拍摄。\n第一条 费用\n每月一万元。", ["第一条|服务", "第一条|费用"]),
    ("一、服务\n拍摄。\n三、费用\n每月一万元。\n四、其他\n无。", ["一、|服务", "三、|费用", "四、|其他"]),
    ("1. 拍摄。\n2. 剪辑。\n2. 发布。\n3. 统计。", ["1.|", "2.|", "2.|", "3.|"]),
    ("1. 拍摄。\n2、剪辑。\n3. 发布。", ["1.|", "2、|", "3.|"]),
    ("（1）拍摄；\n2）剪辑；\n（3）发布。", ["（1）|", "2）|", "（3）|"]),
    (
        "第二条 期限\n2.1 一年。\n第三条 费用\n2.1 每月一万元。\n2.2 转账。",
        ["第二条|期限", "第二条 > 2.1|", "第三条|费用", "第三条 > 2.1|", "第三条 > 2.2|"],
    ),
    ("第五条 服务\n5.1 拍摄。\n6.1 每月一万元。\n6.2 转账。", ["第五条|服务", "第五条 > 5.1|", "6.1|", "6.2|"]),
    ("3.3 拍摄。\n3.4 剪辑。\n5.1 付款。", ["3.3|", "3.4|", "5.1|"]),
    (
        "第八条 保密\n双方保密。\n第二条 期限\n一年。\n第三条 费用\n每月一万元。",
        ["第八条|保密", "第二条|期限", "第三条|费用"],
    ),
    ("（三）停播的；\n（四）造假的。", ["（三）|", "（四）|"]),
    ("一、服务\n1. 拍摄。\n二、费用\n2. 每月一万元。", ["一、|服务", "一、 > 1.|", "二、|费用", "二、 > 2.|"]),
    ("4 收費\n4.1.1.3 甲方得調整費用。\n4.2 每月結算。", ["4|收費", "4 > 4.1.1.3|", "4 > 4.2|"]),
    ("1. 拍摄。\n 2. 剪辑。\n  3. 发布。", ["1.|", "2.|", "3.|"]),
    ("合\n作\n协\n议\n第一条 服务\n拍摄。", ["合作协议|合作协议", "第一条|服务"]),
]

ENGLISH_STYLES = [
    ("Article 8 Termination\nEither party may terminate.", ["Article 8|Termination"]),
    ("Article 8. Termination\nEither party may terminate.", ["Article 8|Termination"]),
    ("ARTICLE VIII\nTERMINATION\nEither party may terminate.", ["ARTICLE VIII|TERMINATION"]),
    (
        "ARTICLE I - SERVICES\nThe Agency posts.\nARTICLE II - FEES\nThe Client pays.",
        ["ARTICLE I|SERVICES", "ARTICLE II|FEES"],
    ),
    ("Section 8.2 Notice. The Client gives notice.", ["Section 8.2|Notice"]),
    ("SECTION 1. TERM\nOne year.\nSECTION 2. FEES\nMonthly.", ["SECTION 1|TERM", "SECTION 2|FEES"]),
    (
        "Section 1.01 Retention. The Client retains the Agency.\nSection 1.02 Scope. Posting.",
        ["Section 1.01|Retention", "Section 1.02|Scope"],
    ),
    ("§ 8 Termination\nEither party may terminate.", ["§ 8|Termination"]),
    ("Clause 4 Fees\nThe Client pays.\nClause 5 Tax\nThe Agency pays tax.", ["Clause 4|Fees", "Clause 5|Tax"]),
    ("8. Term and Termination. This Agreement lasts one year.", ["8.|Term and Termination"]),
    ("8. TERM AND TERMINATION. This Agreement lasts one year.", ["8.|TERM AND TERMINATION"]),
    ("8. Term and Termination\nThis Agreement lasts one year.", ["8.|Term and Termination"]),
    ("8. Term and Termination: This Agreement lasts one year.", ["8.|Term and Termination"]),
    ("8. This Agreement lasts one year.\n9. The Client pays monthly.", ["8.|", "9.|"]),
    ("8.1 Term. One year.\n8.2 Notice. Thirty days.", ["8.1|Term", "8.2|Notice"]),
    ("8.1. Term. One year.\n8.2. Notice. Thirty days.", ["8.1|Term", "8.2|Notice"]),
    ("1) The Agency posts.\n2) The Client pays.", ["1)|", "2)|"]),
    ("(1) The Agency posts.\n(2) The Client pays.", ["(1)|", "(2)|"]),
    ("(a) the Agency posts;\n(b) the Client pays.", ["(a)|", "(b)|"]),
    ("(i) the Agency posts;\n(ii) the Client pays;\n(iii) both report.", ["(i)|", "(ii)|", "(iii)|"]),
    ("(A) the Agency posts;\n(B) the Client pays.", ["(A)|", "(B)|"]),
    ("(I) the Agency posts;\n(II) the Client pays.", ["(I)|", "(II)|"]),
    ("a. The Agency posts.\nb. The Client pays.", ["a.|", "b.|"]),
    ("a) The Agency posts.\nb) The Client pays.", ["a)|", "b)|"]),
    ("A. Posting. The Agency posts.\nB. Payment. The Client pays.", ["A.|Posting", "B.|Payment"]),
    ("I. SERVICES\nThe Agency posts.\nII. FEES\nThe Client pays.", ["I.|SERVICES", "II.|FEES"]),
    ("i. the Agency posts;\nii. the Client pays.", ["i.|", "ii.|"]),
    (
        "SERVICES\n\nThe Agency posts on the Client's account every day.\n\nFEES\n\nThe Client pays monthly.",
        ["SERVICES|SERVICES", "FEES|FEES"],
    ),
    ("1. Fees\nThe Client pays.\nExhibit A\nRate card.", ["1.|Fees", "Exhibit A|"]),
    ("1. Fees\nThe Client pays.\nSCHEDULE 1: Rate Card\nEight hundred a clip.", ["1.|Fees", "SCHEDULE 1|Rate Card"]),
    ("1. Fees\nThe Client pays.\nAnnex I Rate Card\nEight hundred a clip.", ["1.|Fees", "Annex I|Rate Card"]),
]

ENGLISH_TREES = [
    (
        '1. Terms\n1.4 These are the schedules:\nSchedule "A" Fees\nSchedule "B" Marks\n2. Duties\n2.1 Post daily.',
        ["1.|Terms", "1. > 1.4|", 'Schedule "A"|Fees', 'Schedule "B"|Marks', "2.|Duties", "2. > 2.1|"],
    ),
    (
        "8. Termination\n8.1 Term. One year.\n8.2 Notice. Thirty days.",
        ["8.|Termination", "8. > 8.1|Term", "8. > 8.2|Notice"],
    ),
    (
        "8.2 Cause. The Client may terminate if:\n(a) the Agency stops posting; or\n(b) the Agency sells the account.",
        ["8.2|Cause", "8.2 > (a)|", "8.2 > (b)|"],
    ),
    (
        "8.2(a) The Agency stops posting.\n8.2(b) The Agency sells the account.",
        ["8.2|", "8.2 > (a)|", "8.2 > 8.2(b)|"],
    ),
    (
        "1. Duties\n(a) The Agency shall:\n(i) post daily;\n(ii) report weekly.\n(b) The Client shall pay.",
        ["1.|Duties", "1. > (a)|", "1. > (a) > (i)|", "1. > (a) > (ii)|", "1. > (b)|"],
    ),
    (
        "(g) posting;\n(h) reporting;\n(i) training;\n(j) handover.",
        ["(g)|", "(h)|", "(i)|", "(j)|"],
    ),
    (
        (
            "(a) The Agency shall:\n(i) post;\n(ii) report;\n"
            "(iii) train;\n(iv) advise;\n(v) hand over.\n(b) The Client shall pay."
        ),
        ["(a)|", "(a) > (i)|", "(a) > (ii)|", "(a) > (iii)|", "(a) > (iv)|", "(a) > (v)|", "(b)|"],
    ),
    (
        (
            "ARTICLE I\nSERVICES\nSection 1.1 Scope. Posting.\n"
            "Section 1.2 Place. Shanghai.\nARTICLE II\nFEES\nSection 2.1 Rate. Monthly."
        ),
        [
            "ARTICLE I|SERVICES",
            "ARTICLE I > Section 1.1|Scope",
            "ARTICLE I > Section 1.2|Place",
            "ARTICLE II|FEES",
            "ARTICLE II > Section 2.1|Rate",
        ],
    ),
    (
        (
            "1. Services\nA. Posting. The Agency posts.\n1. Daily clips.\n"
            "2. Weekly streams.\nB. Reports. The Agency reports.\n2. Fees\nThe Client pays."
        ),
        ["1.|Services", "1. > A.|Posting", "1. > A. > 1.|", "1. > A. > 2.|", "1. > B.|Reports", "2.|Fees"],
    ),
    (
        (
            "SERVICES\n\n1. Posting. The Agency posts.\n2. Reports. The Agency reports.\n"
            "\nFEES\n\n3. Rate. The Client pays monthly."
        ),
        ["SERVICES|SERVICES", "SERVICES > 1.|Posting", "SERVICES > 2.|Reports", "FEES|FEES", "FEES > 3.|Rate"],
    ),
    (
        (
            "RECITALS\nA. The Client owns a channel.\n"
            "B. The Agency runs channels.\nThe parties agree as follows:\n1. Services. The Agency posts."
        ),
        ["RECITALS|RECITALS", "RECITALS > A.|", "RECITALS > B.|", "1.|Services"],
    ),
    (
        "1. Services. The Agency posts.\n1.1 Scope. Clips.\n1.1.1 Length. One minute.\n2. Fees. Monthly.",
        ["1.|Services", "1. > 1.1|Scope", "1. > 1.1 > 1.1.1|Length", "2.|Fees"],
    ),
    (
        "1. Services\n    1. Posting. Daily.\n    2. Reports. Weekly.\n2. Fees\n    1. Rate. Monthly.",
        ["1.|Services", "1. > 1.|Posting", "1. > 2.|Reports", "2.|Fees", "2. > 1.|Rate"],
    ),
]

ENGLISH_RUN_ON = [
    (
        "3. Exit\n3.1 It ends. Duties stay as set out in this Section 3.1 3.2 Force Majeure. In a storm work stops.",
        ["3.|Exit", "3. > 3.1|", "3. > 3.2|Force Majeure"],
    ),
    (
        "Background\nThe Client sells tea.\n1. Definitions\n1.1 A day is a day.\n2. Services\n2.1 The Agency posts.",
        ["Background|Background", "1.|Definitions", "1. > 1.1|", "2.|Services", "2. > 2.1|"],
    ),
    (
        "1. Services. The Agency posts. 2. Fees. The Client pays. 3. Term. One year.",
        ["1.|Services", "2.|Fees", "3.|Term"],
    ),
    (
        "3. Termination. 3.1 Notice. Either party may leave. 3.2 Cause. At once.",
        ["3.|Termination", "3. > 3.1|Notice", "3. > 3.2|Cause"],
    ),
    (
        "1. Duties of the Agency. (a) The Agency posts daily. (b) The Agency reports weekly. 2. Fees. The Client pays.",
        ["1.|Duties of the Agency", "1. > (a)|", "1. > (b)|", "2.|Fees"],
    ),
    ("4. EXCLUSIVITY   During the term the Agency is exclusive.", ["4.|EXCLUSIVITY"]),
    (
        "ARTICLE III SERVICES Section 3.1 Scope. Posting. Section 3.2 Place. Shanghai.",
        ["ARTICLE III|SERVICES", "ARTICLE III > Section 3.1|Scope", "ARTICLE III > Section 3.2|Place"],
    ),
]

ENGLISH_NOT_NUMBERS = [
    ("1. Fees. As stated in Section 2 of this Agreement.\n2. Tax. None.", ["1.|Fees", "2.|Tax"]),
    ("1. Fees. The Client pays pursuant to\nSection 9 of the Agreement.", ["1.|Fees"]),
    ("1. Fees. See Section 2. The Client pays.\n2. Tax. None.", ["1.|Fees", "2.|Tax"]),
    ("1. Fees. USD 2.5 million. The Client pays.\n2. Tax. None.", ["1.|Fees", "2.|Tax"]),
    ("1. Term. Two (2) years.\n2. Notice. Thirty (30) days.", ["1.|Term", "2.|Notice"]),
    ("1. Fees. The rate is 1.5 times the base.\n2. Tax. None.", ["1.|Fees", "2.|Tax"]),
    ("1. Form. Use Form No. 2. It is attached.\n2. Tax. None.", ["1.|Form", "2.|Tax"]),
    (
        "1. Causes. The Client may leave if (a) the Agency stops or (b) the Agency fails.\n2. Tax. None.",
        ["1.|Causes", "2.|Tax"],
    ),
    ("1. Law. The Agency is a firm under the laws of the U.S. The courts of New York decide.", ["1.|Law"]),
    ("1. Annexes. Exhibit A is part of this Agreement.\nExhibit A is attached hereto.", ["1.|Annexes"]),
    ("1. Date. Signed on 3.1.2026 in Berlin.\n2. Tax. None.", ["1.|Date", "2.|Tax"]),
    ("1. Fees. The Client pays within\n30 days of the invoice.\n2. Tax. None.", ["1.|Fees", "2.|Tax"]),
]

MIXED = [
    (
        "服务协议\nParty A (甲方): Moon Tea Co., Ltd. 明月公司\nArticle 1 Services 服务\n1.1 Daily posts. 每日发布。",
        ["服务协议|服务协议", "Article 1|Services 服务", "Article 1 > 1.1|"],
    ),
    (
        "第一条 服务 Services\n1.1 The Agency posts daily.\n1.2 乙方每日发布。",
        ["第一条|服务 Services", "第一条 > 1.1|", "第一条 > 1.2|"],
    ),
    ("Article 1 服务内容\n乙方每日发布。\nArticle 2 费用\n每月一万元。", ["Article 1|服务内容", "Article 2|费用"]),
    (
        "1. Services 服务\nThe Agency posts. 乙方发布。\n2. Fees 费用\nMonthly. 每月。",
        ["1.|Services 服务", "2.|Fees 费用"],
    ),
]

CASES = [
    *CHINESE_STYLES,
    *CHINESE_TREES,
    *CHINESE_RUN_ON,
    *CHINESE_NOT_NUMBERS,
    *CHINESE_IRREGULAR,
    *ENGLISH_STYLES,
    *ENGLISH_TREES,
    *ENGLISH_RUN_ON,
    *ENGLISH_NOT_NUMBERS,
    *MIXED,
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:24].replace("\n", " ") for text, _ in CASES])
def test_numbering(text: str, expected: list[str]) -> None:
    clauses = segment(Document(name="t", format="txt", text=text))
    assert [f"{' > '.join(c.path)}|{c.heading}" for c in clauses if c.path] == expected


def test_the_table_is_large_enough_to_trust() -> None:
    assert len({text for text, _ in CASES}) >= 150
