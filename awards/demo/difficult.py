"""Thirty certificates that are hard to print right: rare characters, long names, teams, titles with every mark. Nobody
of this name exists."""

from awards.pdf import CertificatePage
from awards.wording import joined, quoted

TUTORS = ("古丽娜尔·买买提", "翟䶮")
TITLE = "会折纸的机器人"
LONG = "基于卷积神经网络与多传感器融合的校园流浪动物行为识别及智能投喂系统的设计与实现——以三所学校为例的对比研究"
AUTHORS_AND_TITLES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("李㛃㬎",), TITLE),
    (("刘䶮",), TITLE),
    (("𬱖𫖯",), TITLE),
    (("昇喆",), TITLE),
    (("张堃犇",), TITLE),
    (("淼燚骉",), TITLE),
    (("鑫珺玥",), TITLE),
    (("翀頔旻",), TITLE),
    (("龘靐齉",), TITLE),
    (("𠅤田㼆",), TITLE),
    (("陈𬭎", "李𬬭", "张𬍛"), TITLE),
    (("周𨱏", "赵昕玥", "欧阳若兰"), "不规则Ⅱ型多面体①②③"),
    (("买买提·艾力",), TITLE),
    (("阿卜杜拉·买买提江", "努尔艾合麦提·图尔荪托合提"), "水稻（Oryza sativa L.）耐盐碱性的研究"),
    (("古丽米热·阿布都热西提", "阿依古丽·买买提", "迪丽努尔·艾力"), LONG),
    (("次仁旺堆", "格桑·卓玛央宗"), "青稞“藏青2000”萌发的温度条件"),
    (("Maximilian Alexander Featherstonehaugh-Worthington",), "A Robot’s Dream: “Origami” in Self-assembly"),
    (("Anne-Marie O’Connor", "José Núñez", "Zoë Grüße"), "Do Bees Count? A Field Study at 3 ℃ to 37 ℃"),
    (("张某某", "李某某", "王某某"), LONG),
    (("司马相如意", "上官婉清儿", "诸葛小明"), "《九章算术》与“Python”"),
    (("赵昕玥",), "ＡＢＣ１２３（全角）与 ABC123 (半角)"),
    (("赵昕玥",), "C++/Rust 双语言嵌入式系统 v2.0"),
    (("赵昕玥",), "H₂O₂ 浓度对过氧化氢酶的影响（二）"),
    (("赵昕玥",), "探究 α-淀粉酶在 37 ℃ 下的活性与 pH 值的关系"),
    (("赵昕玥",), "“双碳”背景下校园光伏 50% 自给率……的可行性"),
    (("赵昕玥",), "基于“北斗”的海漂垃圾追踪——以大鹏湾为例"),
    (("赵昕玥",), "「老城记忆」：用【三维扫描】保存〔骑楼〕（第一期·2026 年）"),
    (("赵昕玥",), "“他说：‘水往高处流’”——毛细现象的 5 个实验（含《空气炮》与〈水火箭〉两则）"),
    (("红领巾科学社",), "1/2 + 1/3 = ？——分数墙 & 乐高®积木的 3×4 种拼法"),
    (("示例市滨河区第二实验小学青少年无人机与机器人社团（五年级第三小组）",), LONG),
)  # fmt: skip

GROUPS = [authors for authors, _ in AUTHORS_AND_TITLES[-2:]]


def pages() -> list[CertificatePage]:
    return [
        CertificatePage(
            number=f"SL2026-{at:04d}",
            recipients=authors,
            honorific="：" if authors in GROUPS else "同学：",
            body=f"在第三十二届示例市青少年科技创新大赛中，作品{quoted(title)}荣获科技创新成果小学组一等奖。",
            tutors=f"指导教师：{joined(TUTORS)}",
            qr=f"HTTPS://EXAMPLE.ORG/C/SL2026{at:04d}",
        )
        for at, (authors, title) in enumerate(AUTHORS_AND_TITLES, 1)
    ]
