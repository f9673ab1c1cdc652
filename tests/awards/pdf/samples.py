"""Certificates, tables and sheets that the tests print."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from awards.pdf import CertificateDesign, CertificatePage

AT = datetime(2017, 12, 17, 10, 0, tzinfo=timezone(timedelta(hours=8)))
NAMES = (
    "㛃㬎", "䶮𬱖", "𫖯", "昇喆", "堃犇", "淼燚骉", "鑫珺玥", "翀頔旻", "阿卜杜拉·买买提江", "欧阳若兰", "龘靐齉",
    "𠅤田", "王㼆", "刘䶮", "陈𬭎", "李𬬭", "张𬍛", "周𨱏", "赵昕玥", "努尔艾合麦提·图尔荪托合提",
)  # fmt: skip
TITLES = (
    "会折纸的机器人",
    "基于“北斗”的海漂垃圾追踪——以大鹏湾为例",
    "探究 α-淀粉酶在 37 ℃ 下的活性",
    "《九章算术》与“Python”",
    "A Robot’s Dream: “Origami” in Self-assembly",
    "H₂O₂ 浓度对过氧化氢酶的影响（二）",
    "“双碳”背景下校园光伏 50% 自给率……的可行性",
    "C++/Rust 双语言嵌入式系统 v2.0",
    "不规则Ⅱ型多面体①②③",
    "水稻（Oryza sativa L.）耐盐碱性的研究",
)
LONG_TITLE = "基于卷积神经网络与多传感器融合的校园流浪猫行为识别及智能投喂系统的设计与实现——以三所学校为例的对比研究"
DESIGN = CertificateDesign(
    title="荣誉证书",
    title_en="Certificate of Award",
    issuers=("深圳市教育局", "深圳市科学技术协会"),
    date_text="二〇一七年十二月十七日",
    closing="特发此证，以资鼓励。",
    line="竞赛结果不作为中小学招生入学依据",
)


def body(title: str) -> str:
    """What a prize certificate says."""
    return f"在第三十二届深圳市青少年科技创新大赛中，作品《{title}》荣获小学组物理与工程学一等奖。"


def page(number: str = "SZ2017-0001", names: tuple[str, ...] = ("赵昕玥",), **more: str) -> CertificatePage:
    """A certificate with sensible texts."""
    fields = {"honorific": "同学：", "body": body("会折纸的机器人")} | more
    return CertificatePage(number=number, recipients=names, **fields)
