"""How many planted copies are found, how many hints are false, and how long does it take?

    python benchmarks/similarity.py [--quick]

Abstracts, half Chinese, half English, from a small grammar with a seed: 300 topics a language with their own
words, sentences from shared templates, so that unrelated works of one topic do have phrases in common, as real
ones have. Of each language copies are planted, changed by 5, 15 and 30 %: that share of the characters
(Chinese) or words (English) replaced, followed by another or dropped, and the sentences shuffled. The harder
`letters` are single letters replaced anywhere, which leaves few English words whole. Recall: the original is
among the five best hints. False hits: pairs found within the abstracts themselves, none of which is a copy.

Peers, on the same texts:

    scikit-learn   HashingVectorizer of character 4-grams, TfidfTransformer, sparse-dot-topn, and for each
                   language the lowest fixed score without a false hit here: the best such a score can do
    MinHash        128 values of character 4-grams, 42 bands of 3, hits from an estimate of 0.2; own lines on numpy

Full: 100,000 abstracts, of which 10,000 are asked for false hits; quick: 10,000, all pairs of them. Medians
of interleaved rounds (full: one round of building).
"""

import argparse
import json
import platform
import random
import re
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sparse_dot_topn import sp_matmul_topn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from competition.core.similarity import Index, all_matches, build_index, matches, passages

# ------------------------------------------------------------------ the grammar: modifiers and words by kind

CHINESE_WORDS = {
    "object": (
        "便携式 折叠式 智能 双层 可拆卸 低成本 防水 节能 自动 语音 迷你 升降式 模块化 多功能 儿童 太阳能 手摇 "
        "静音 防滑 恒温 车载 旋转 充气 磁吸 悬挂式 一体化 可降解 远程 夜光 伸缩",
        "浇花装置 窗帘 垃圾桶 书包 拐杖 台灯 鱼缸 黑板擦 饮水机 头盔 雨伞 轮椅 晾衣架 鸟巢 温室大棚 路灯 "
        "公交站牌 停车位 课桌 水龙头 婴儿床 药盒 门锁 快递柜 充电桩 太阳能热水器 灭火器 救生圈 红绿灯 图书角 "
        "洗手池 堆肥箱 集雨器 风力发电机 过滤器 粮仓 鸡舍 蜂箱 鱼塘增氧机 导盲杖 测距仪 显微镜 望远镜 分拣机 "
        "机械手 无人机 水质检测船 扫地机 护栏 井盖 风筝 电子琴 计步器 口罩 保温杯 餐盘回收车 消毒柜 植物标本盒 "
        "昆虫诱捕灯 钢琴架",
    ),
    "place": (
        "老旧 新建 郊区 市中心 沿江 北方 山脚下的 学校旁边的 家门口的 滨海 城东 城西 偏远 寄宿制 少数民族 "
        "铁路沿线 湖边 林区 矿区 开发区",
        "校园 社区 乡村小学 图书馆 食堂 湿地公园 菜市场 公交车站 养老院 医院走廊 地下车库 河道 稻田 茶园 果园 "
        "实验室 宿舍 操场 博物馆 火车站 水库 山区 海滩 敬老院 幼儿园 电影院 工地 古村落 城中村 高速服务区",
    ),
    "way": (
        "改进的 简易 两步 实时 自适应 分布式 低频 多通道 半自动 无接触 离线 联合",
        "单片机控制 图像识别 模糊控制 蓝牙通信 语音识别 深度学习 三维打印 物联网 超声波测距 红外感应 对照实验 "
        "问卷调查 正交试验 光谱分析 显微观察 田野调查 电化学分析 薄层色谱 酶联免疫 卫星遥感 蒙特卡洛模拟 "
        "有限元分析 主成分分析 聚类分析 回归分析 文献检索 访谈 激光切割 无线供电 太阳能追踪 磁悬浮 气压传动 "
        "液压传动 热电转换 压电发电 微生物培养 组织培养 基因测序 声波定位 射频识别",
    ),
    "part": (
        "微型 高精度 数字式 防水型 大功率 低功耗 二手 自制 双轴 工业级 可调 贴片 进口 国产 线性 宽温 并联 玻璃 "
        "不锈钢 陶瓷",
        "温湿度传感器 土壤湿度探头 舵机 步进电机 摄像头 继电器 光敏电阻 压力传感器 陀螺仪 水泵 电磁阀 液晶屏 "
        "蜂鸣器 红外对管 霍尔元件 锂电池 太阳能板 齿轮组 同步带 弹簧 浮球 滤芯 活性炭层 散热片 指纹模块 语音模块 "
        "定位模块 超声波探头 称重传感器 光纤 透镜 棱镜 电极 离心管 恒温箱 培养皿 比色皿 气泵 编码器 麦克风阵列",
    ),
    "stuff": (
        "粉碎的 烘干的 发酵后的 改性 多孔 超细 酸洗 煅烧 天然 回收的 混合 压缩 颗粒状 浸泡过的 腐熟 脱脂 磁性 "
        "疏水 交联 球磨",
        "竹纤维 稻壳灰 废旧塑料 牡蛎壳 咖啡渣 茶叶渣 壳聚糖 海藻酸钠 石墨烯 二氧化钛 硅胶 橡胶 铝合金 亚克力板 "
        "秸秆 木屑 蛋壳粉 香蕉皮 柚子皮 淀粉 纳米银 沸石 陶粒 玄武岩 红壤 河沙 海绵 棉布 羊毛 玻璃瓶 旧报纸 轮胎 "
        "蚕丝 蜂蜡 艾草 菱角 绿萝 水葫芦 蚯蚓粪 酵母",
    ),
    "being": (
        "狭叶 野生 本地 盆栽 幼年 早熟 矮秆 白花 紫叶 水培 抗旱 外来 人工饲养的 越冬的 晚熟 耐盐 雄性 雌性 二年生 山地",
        "水稻 玉米 小麦 油菜 番茄 草莓 白菜 绿豆 蚂蚁 蜜蜂 蚯蚓 果蝇 斑马鱼 小龙虾 田螺 白鹭 麻雀 壁虎 青蛙 蝴蝶 "
        "独角仙 黄粉虫 涡虫 水蚤 银杏 香樟 桂花 荷花 芦苇 红树 苔藓 地衣 蘑菇 木耳 乳酸菌 大肠杆菌 青霉 蓝藻 "
        "硅藻 爬山虎",
    ),
    "measure": (
        "平均 最大 初始 相对 单位面积 日均 最终 夜间 累计 瞬时 表面 单次 总 有效 残余 稳态",
        "发芽率 响应时间 识别准确率 能耗 吸附率 透光率 噪声强度 含水量 生长速度 存活率 出水浊度 溶解氧 酸碱度 "
        "叶绿素含量 电压 转速 误差 抗拉强度 降解率 保温时间 用水量 回收率 通行时间 近视率 睡眠时长 满意度 成本 "
        "载重量 飞行时间 抑菌圈直径 产卵量 株高 根长 气味评分 电导率 黏度 热值 反射率 信号强度 故障率",
    ),
    "people": (
        "附近的 年迈的 初次接触的 班上的 部分 参加活动的 热心的 忙碌的 受访的 值班的 粗心的 邻村的",
        "同学们 低年级学生 视障人士 独居老人 环卫工人 果农 渔民 外卖骑手 护士 食堂阿姨 留守儿童 公交司机 "
        "图书管理员 保安 孕妇 轮椅使用者 养殖户 茶农 快递员 游客",
    ),
    "unit": (
        "",
        "毫升 厘米 摄氏度 分钟 瓦 克 勒克斯 分贝 毫克每升 次",
    ),
    "when": (
        "",
        "早晨 傍晚 梅雨季节 夏季高温期 冬季 课间 放学后 夜间 周末 台风过后 春耕时节 寒假期间",
    ),
}
ENGLISH_WORDS = {
    "object": (
        "portable, folding, smart, two-layer, detachable, low-cost, waterproof, thrifty, automatic, talking, "
        "miniature, lifting, modular, versatile, child-sized, solar, hand-cranked, silent, non-slip, "
        "thermostatic, on-board, rotating, inflatable, magnetic, hanging, one-piece, degradable, remote, "
        "luminous, telescopic",
        "watering device, curtain, waste bin, school bag, walking stick, desk lamp, fish tank, "
        "blackboard eraser, water dispenser, helmet, umbrella, wheelchair, clothes rack, bird nest, greenhouse, "
        "street light, bus stop sign, parking space, school desk, water tap, baby cot, pill box, door lock, "
        "parcel locker, charging post, solar heater, fire extinguisher, lifebuoy, traffic light, reading corner, "
        "hand basin, compost box, rain collector, wind turbine, filter, grain store, henhouse, beehive, "
        "pond aerator, guide cane, range finder, microscope, telescope, sorting machine, robot hand, drone, "
        "survey boat, sweeper, guard rail, manhole cover, kite, keyboard, step counter, face mask, flask, "
        "tray trolley, steriliser, specimen case, insect trap, music stand",
    ),
    "place": (
        "run-down, newly built, suburban, central, riverside, northern, hillside, nearby, local, coastal, "
        "eastern, western, remote, boarding, ethnic, trackside, lakeside, forest, mining, industrial",
        "campus, neighbourhood, village school, library, canteen, wetland park, food market, bus station, "
        "nursing home, hospital corridor, underground garage, river channel, rice field, tea garden, orchard, "
        "laboratory, dormitory, playground, museum, railway station, reservoir, mountain area, beach, care home, "
        "kindergarten, cinema, building site, old village, inner city, motorway stop",
    ),
    "way": (
        "improved, simplified, two-step, real-time, adaptive, distributed, low-frequency, multichannel, "
        "semi-automatic, contactless, offline, combined",
        "microcontroller control, image recognition, fuzzy control, bluetooth messaging, speech recognition, "
        "deep learning, 3D printing, the internet of things, ultrasonic ranging, infrared sensing, "
        "a controlled experiment, a questionnaire, an orthogonal trial, spectral analysis, "
        "microscopic observation, field work, electrochemical analysis, thin-layer chromatography, immunoassay, "
        "satellite imaging, Monte Carlo simulation, finite element analysis, principal components, "
        "cluster analysis, regression, a literature search, interviews, laser cutting, wireless power, "
        "solar tracking, magnetic levitation, pneumatic drive, hydraulic drive, thermoelectric conversion, "
        "piezoelectric harvesting, microbial culture, tissue culture, gene sequencing, acoustic location, "
        "radio tags",
    ),
    "part": (
        "tiny, precise, digital, sealed, powerful, low-power, second-hand, home-made, two-axis, industrial, "
        "adjustable, surface-mount, imported, domestic, linear, rugged, parallel, glass, steel, ceramic",
        "humidity sensor, soil probe, servo, stepper motor, camera, relay, photoresistor, pressure sensor, "
        "gyroscope, water pump, solenoid valve, liquid crystal display, buzzer, infrared pair, Hall element, "
        "lithium battery, solar panel, gear train, timing belt, spring, float ball, filter core, "
        "activated carbon layer, heat sink, fingerprint module, speech module, positioning module, "
        "ultrasonic probe, load cell, optical fibre, lens, prism, electrode, centrifuge tube, incubator, "
        "petri dish, cuvette, air pump, encoder, microphone array",
    ),
    "stuff": (
        "crushed, dried, fermented, modified, porous, ultrafine, acid-washed, calcined, natural, recycled, "
        "mixed, compressed, granular, soaked, matured, defatted, magnetic, water-repellent, cross-linked, milled",
        "bamboo fibre, rice husk ash, waste plastic, oyster shell, coffee grounds, tea residue, chitosan, "
        "sodium alginate, graphene, titanium dioxide, silica gel, rubber, aluminium alloy, acrylic sheet, straw, "
        "sawdust, eggshell powder, banana peel, pomelo peel, starch, nano silver, zeolite, ceramsite, basalt, "
        "red soil, river sand, sponge, cotton cloth, wool, glass bottles, old newspaper, tyres, silk, beeswax, "
        "mugwort, water chestnut, pothos, water hyacinth, worm castings, yeast",
    ),
    "being": (
        "narrow-leaved, wild, native, potted, young, early, dwarf, white-flowered, purple-leaved, hydroponic, "
        "drought-proof, invasive, captive, wintering, late, salt-tolerant, male, female, biennial, alpine",
        "rice, maize, wheat, rapeseed, tomato, strawberry, cabbage, mung bean, ants, honeybees, earthworms, "
        "fruit flies, zebrafish, crayfish, pond snails, egrets, sparrows, geckos, frogs, butterflies, "
        "rhinoceros beetles, mealworms, planarians, water fleas, ginkgo, camphor trees, osmanthus, lotus, reeds, "
        "mangroves, moss, lichens, mushrooms, wood ear, lactic acid bacteria, coliform bacteria, penicillium, "
        "blue-green algae, diatoms, creeper",
    ),
    "measure": (
        "mean, peak, initial, relative, specific, daily, final, nightly, total, momentary, surface, single, "
        "overall, effective, residual, steady",
        "germination rate, response time, recognition accuracy, energy use, adsorption rate, "
        "light transmittance, noise level, water content, growth speed, survival rate, turbidity, "
        "dissolved oxygen, acidity, chlorophyll content, voltage, rotation speed, error, tensile strength, "
        "degradation rate, insulation time, water use, recovery rate, passing time, myopia rate, sleep duration, "
        "satisfaction, cost, load, flight time, inhibition zone, egg count, plant height, root length, "
        "odour score, conductivity, viscosity, heating value, reflectance, signal strength, failure rate",
    ),
    "people": (
        "neighbouring, elderly, inexperienced, familiar, several, participating, keen, busy, interviewed, "
        "attending, careless, distant",
        "classmates, younger pupils, blind people, old people living alone, street cleaners, fruit growers, "
        "fishermen, delivery riders, nurses, canteen staff, children left behind, bus drivers, librarians, "
        "guards, pregnant women, wheelchair users, breeders, tea growers, couriers, visitors",
    ),
    "unit": (
        "",
        "millilitres, centimetres, degrees, minutes, watts, grams, lux, decibels, milligrams per litre, times",
    ),
    "when": (
        "",
        "in the morning, at dusk, in the rainy season, in the summer heat, in winter, during breaks, "
        "after school, at night, at weekends, after typhoons, in spring, over the winter holiday",
    ),
}
CHINESE_ALIKE = """
我们|课题组|小组成员|我和同伴; 发现|注意到|看到|了解到; 结果表明|数据说明|由此可见|测量显示; 提高|增加|上升|提升;
设计|研制|构思|开发; 制作|搭建|拼装|加工; 常常|经常|时常|总是; 影响|作用|效果; 比较|对比|考察;
记录|测量|统计|登记; 连续|不间断地|每天坚持; 明显|显著|清楚; 使用|采用|运用; 问题|难题|麻烦|困扰;
因此|于是|为此|所以; 研究|探究|调查; 作品|装置|项目|成果; 推广|应用|介绍; 希望|期待|盼望; 办法|方案|思路;
解决|改善|缓解; 利用|借助|依靠; 启动|打开|接通; 对象|材料|样本; 下一步|接下来|随后; 不足之处|遗憾的|需要改进的;
容易|常会|往往; 控制|调节|操纵; 简单便宜|成本低廉|取材方便; 基本一致|大致吻合|相差不大;
意外的是|出人意料|没有想到; 改进|改良|优化; 发愁|操心|烦恼; 丢弃|扔掉|浪费; 很少|几乎没有|不多; 适合|面向|专供;
组成|构成|连接而成; 判断|识别|感知; 检验|验证|测试; 说明|显示|证实; 新型|轻便的|实用的; 学会了|掌握了|体会到;
保持|稳定|控制
"""
ENGLISH_ALIKE = """
We|Our group|The team|My partner and I; we|our group|the team; often|regularly|time and again|usually;
struggle|have trouble|are unhappy; noticed|found|observed|saw; problem|difficulty|nuisance|worry;
presents|introduces|describes|offers; built|made|assembled|put together; new|improved|simple|compact;
study|work|investigation|project; examines|explores|looks into|asks; affects|changes|influences|alters;
amount|dose|quantity|share; propose|suggest|recommend; gathered|collected|obtained;
recorded|noted|written down|measured; raised|increased|lifted|improved; best|highest|greatest;
significant|clear|marked; altered|rebuilt|modified|revised; without fault|smoothly|without a break;
far less than|a fraction of the price of|much below; add|bring in|include; help|support|reach;
weakness|shortcoming|limit; learnt|mastered|practised; compare|contrast|rank; placed|put|kept;
starts|switches on|wakes; watched|followed|monitored; sorted|classified|labelled; waste|lose|throw away;
heavy|bulky|clumsy; common|popular|cheap; use|employ|apply; hard|awkward|tiring; active|lively|mobile;
idea|thought|motive; aim|goal|purpose; therefore|thus|accordingly; needs|wants|requires; pupils|members|students;
give|provide|deliver; Next|Afterwards|In future; agree|coincide|match
"""
CHINESE_ASIDES = """
在老师指导下，; 经过反复讨论，; 值得一提的是，; 受到课本启发，; 查阅资料后，; 出于好奇，; 在爸爸帮助下，;
利用课余时间，; 参考国家标准，; 考虑到安全，; 为了节约经费，; 起初，; 后来，; 实际上，; 从安装到调试，;
按照说明书，; 几经失败，; 老师提醒我们，; 考虑到天气原因，; 事先没有想到，; 总的来看，; 依照计划，;
排除偶然因素后，; 征得同意后，
"""
ENGLISH_ASIDES = """
With our teacher's advice,; After long debate,; Inspired by a textbook,; Out of curiosity,;
With my father's help,; In our spare time,; Following the national standard,; For safety,; To save money,;
At first,; Later on,; In fact,; From assembly to tuning,; According to the manual,; After several failures,;
Because of the weather,; On the whole,; As planned,; Leaving chance aside,; With permission,
"""
CHINESE = """
{people}在{place}常常要为{object}发愁，{when}尤其明显。
我们观察到{place}里的{object}使用{n}年以后{measure}明显变差。
{when}，{place}的{being}{measure}一直偏低，没有人说得清原因。
去年{when}我在{place}看见{people}费力地搬动{object}，由此产生了改进的念头。
市场上的{object}大多依靠{way}，价格超过{n}元，{people}很难负担。
据{people}反映，{place}每月因{object}损坏造成的浪费约{n}{unit}。
随着{way}的普及，{object}开始进入{place}，但{measure}问题仍没有解决。
{stuff}在{place}随处可见，多数被直接丢弃，十分可惜。
{being}是{place}常见的生物，它与{stuff}之间的关系少有人研究。
查阅{n}篇文献后发现，把{way}用于{object}的报道很少。
家里的{object}经常出故障，爷爷奶奶用起来很不方便。
为什么{being}在{when}更活跃？带着这个疑问我们走进了{place}。

本项目设计了一种基于{way}的{object}，适合{place}使用。
我们用{stuff}和{part}制作出一台新型{object}。
本研究以{being}为对象，考察{stuff}对{measure}的影响。
作品把{part}装在{object}的底部，由{way}判断{people}的需要。
课题组打算弄清{being}的{measure}与{stuff}用量之间有怎样的联系。
这件作品由{part}、{part}和{part}三部分组成，外壳采用{stuff}。
针对上述问题，提出以{way}代替人工管理{object}的办法。
因此我想做一个能够自己调节{measure}的{object}。
该装置利用{way}采集数据，再通过{part}控制{object}的开合。
研究目的是比较{n}种{stuff}处理后{being}的{measure}。
小组尝试将{stuff}加工成薄片，替换{object}中的{part}。
围绕{place}的{object}，我们开展了为期{n}天的{way}。

实验分为{n}组，每组{n}个样本，在{when}记录{measure}。
先用{way}得到{measure}，再改变{stuff}的比例重复{n}次。
在{place}随机抽取{n}名{people}填写问卷，回收有效问卷{n}份。
{part}每隔{n}分钟采样一次，数据经{way}处理后显示在屏幕上。
把{being}放入含有{stuff}的容器，温度保持在{n}{unit}。
程序首先读取{part}的数值，若低于{n}{unit}则启动{part}。
我们拆开旧的{object}，量出各零件尺寸，画出图纸并打印模型。
对照组不加{stuff}，其余条件完全相同，连续观察{n}天。
为了减小误差，{measure}由两名同学分别测量后取平均值。
样品经研磨、过筛、烘干，称取{n}克与{stuff}混合。
电路中{part}与{part}串联，供电由{part}完成。
利用{way}对{n}张照片进行分类，其中{n}张用于检验。

结果表明，{stuff}使{being}的{measure}提高了{n}%。
测试中{object}的{measure}达到{n}{unit}，比原来改善{n}%。
当{stuff}浓度为{n}%时{measure}最好，继续增加反而下降。
{people}试用{n}天后，有{n}%的人愿意继续使用这款{object}。
统计检验说明两组{measure}差异显著。
{way}的结论与{way}基本一致，{measure}相差不到{n}%。
改装后的{object}连续运行{n}小时没有出现故障。
意外的是，{being}在{when}的{measure}并没有变化。
与买来的{object}相比，我们的成本只有{n}元。
数据显示{place}不同位置的{measure}相差{n}{unit}。
加入{part}以后，{measure}由{n}{unit}降到{n}{unit}。
{n}组数据中有{n}组支持最初的猜想。

今后准备把{way}也用进来，让{object}更聪明。
本作品可推广到{place}，帮助更多{people}。
不足之处是{part}在{when}容易受潮，有待改进。
这为{place}利用{stuff}提供了新思路。
下一步将扩大样本，研究{being}在不同{measure}下的变化。
希望有关部门重视{place}的{object}，我们提出了{n}条建议。
创新点在于首次将{stuff}与{part}结合起来。
该方法简单便宜，适合{people}在家中自己动手。
若换用{part}，体积还能缩小一半。
通过这次研究，我们学会了{way}，也更了解{being}。
"""
ENGLISH = """
{people} at the {place} often struggle with the {object}, above all {when}.
We noticed that after {n} years the {object} in our {place} has a much worse {measure}.
The {measure} of {being} at the {place} stays low {when} and nobody knows why.
Last year I saw {people} pushing a heavy {object} across the {place}, which gave me the idea.
Most products rely on {way} and cost over {n} yuan, too much for {people}.
According to {people}, broken parts of the {object} waste {n} {unit} each month.
Although {way} has become common, the {measure} of the {object} is still a problem.
A great deal of {stuff} is thrown away around the {place}.
Few have asked how {being} respond to {stuff}.
Among {n} papers we read, hardly any applied {way} to a {object}.
My grandparents find the {object} at home hard to use.
Why are {being} more active {when}? This question led us to the {place}.

This project presents a {object} based on {way} for the {place}.
We built a new {object} from {stuff} and a {part}.
Taking {being} as subject, the study examines how {stuff} affects {measure}.
A {part} under the {object} senses what {people} need by means of {way}.
Our team wanted to learn how the {measure} of {being} depends on the amount of {stuff}.
The work joins a {part}, a {part} and a {part} in a case made of {stuff}.
We therefore propose {way} instead of tending the {object} by hand.
So I set out to make a {object} that adjusts its own {measure}.
Data gathered through {way} let the {part} open and close the {object}.
The aim is to compare the {measure} of {being} under {n} kinds of {stuff}.
Pressed into thin sheets, {stuff} replaces the {part} of the {object}.
For {n} days we carried out {way} around the {object}.

There were {n} groups of {n} samples, and {measure} was recorded {when}.
First {way} gave the {measure}, then the share of {stuff} was varied {n} times.
We handed {n} forms to {people} at the {place} and got {n} back.
Every {n} minutes the {part} takes a sample that {way} turns into a curve.
We placed {being} into a vessel with {stuff} at {n} {unit}.
Whenever the {part} reads below {n} {unit}, the program starts the {part}.
Taking an old {object} apart, we measured, drew and printed every piece.
The control received no {stuff} and was watched for {n} days.
Two pupils measured the {measure} independently and the mean was kept.
Samples were ground, sieved, dried, and {n} grams mixed with {stuff}.
In the circuit the {part} stands in series with the {part}, fed by a {part}.
Of {n} photographs sorted with {way}, {n} served as a check.

It turned out that {stuff} raised the {measure} of {being} by {n} percent.
In tests the {object} reached a {measure} of {n} {unit}, a gain of {n} percent.
At {n} percent of {stuff} the {measure} was best and then fell.
After {n} days, {n} percent of the {people} wished to keep the {object}.
The difference in {measure} was significant.
Both {way} and {way} agree within {n} percent on {measure}.
The altered {object} ran for {n} hours without fault.
To our surprise the {measure} of {being} did not change {when}.
Ours costs only {n} yuan, far less than a bought {object}.
Across the {place} the {measure} differs by {n} {unit}.
Adding a {part} cut the {measure} from {n} to {n} {unit}.
Out of {n} series {n} support the first guess.

Later we plan to add {way} to make the {object} smarter.
It can serve the {place} and help more {people}.
One weakness is that the {part} gets damp {when}.
This offers the {place} a new use of {stuff}.
Next we will study {being} under other levels of {measure}.
We made {n} suggestions about the {object} of the {place}.
What is new is the union of {stuff} with a {part}.
Being simple and cheap, it suits {people} at home.
With another {part} it could be half the size.
Through this work we learnt {way} and came to know {being} better.
"""

# ------------------------------------------------------------------ texts

TOPICS = 300
SLOT = re.compile(r"\{(\w+)\}")
UNIT = re.compile(r"[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*|\s|.")
SENTENCE = re.compile(r"(?<=[。？])|(?<=\. )")
Words = dict[str, list[str]]


@dataclass(frozen=True)
class Language:
    """A grammar: groups of templates, words and their modifiers by kind, synonyms, and openings of sentences."""

    groups: list[list[str]]
    words: Words
    modifiers: Words
    alike: dict[str, list[str]]
    asides: list[str]
    space: str

    @property
    def known(self) -> re.Pattern[str]:
        border = r"\b" if self.space else ""
        return re.compile("|".join(f"{border}{re.escape(word)}{border}" for word in self.alike))


def language(
    templates: str, words: dict[str, tuple[str, str]], alike: str, asides: str, space: str, between: str
) -> Language:
    synonyms = [one.split("|") for one in alike.strip().replace("\n", " ").split("; ")]
    return Language(
        groups=[group.strip().splitlines() for group in templates.split("\n\n")],
        words={kind: listed.split(between) for kind, (_, listed) in words.items()},
        modifiers={kind: first.split(between) for kind, (first, _) in words.items() if first},
        alike={one[0]: one for one in sorted(synonyms, key=lambda one: -len(one[0]))},
        asides=asides.strip().replace("\n", " ").split("; "),
        space=space,
    )


LANGUAGES = (
    language(CHINESE, CHINESE_WORDS, CHINESE_ALIKE, CHINESE_ASIDES, "", " "),
    language(ENGLISH, ENGLISH_WORDS, ENGLISH_ALIKE, ENGLISH_ASIDES, " ", ", "),
)


def word(tongue: Language, kind: str, rng: random.Random) -> str:
    plain = rng.choice(tongue.words[kind])
    has_modifier = kind in tongue.modifiers and rng.random() < 0.5
    return rng.choice(tongue.modifiers[kind]) + tongue.space + plain if has_modifier else plain


def number(rng: random.Random) -> str:
    return rng.choice((str(rng.randint(2, 9)), str(rng.randint(10, 999)), f"{rng.uniform(1, 99):.1f}"))


def abstract(tongue: Language, topic: Words, known: re.Pattern[str], rng: random.Random) -> str:
    """5 to 15 sentences; seven words of ten are the topic's own."""

    def filled(slot: re.Match[str]) -> str:
        if slot[1] == "n":
            return number(rng)
        return rng.choice(topic[slot[1]]) if rng.random() < 0.7 else word(tongue, slot[1], rng)

    sentences = []
    for group in tongue.groups:
        for template in rng.sample(group, rng.choice((1, 1, 2, 2, 3))):
            sentence = SLOT.sub(filled, known.sub(lambda found: rng.choice(tongue.alike[found[0]]), template))
            if rng.random() < 0.3:
                sentence = rng.choice(tongue.asides) + tongue.space + sentence[0].lower() + sentence[1:]
            sentences.append(sentence[0].upper() + sentence[1:])
    return tongue.space.join(sentences)


def abstracts(count: int, seed: int) -> list[str]:
    """Chinese and English by turns."""
    rng = random.Random(seed)
    topics = [
        [{kind: [word(tongue, kind, rng) for _ in range(2)] for kind in tongue.words} for _ in range(TOPICS)]
        for tongue in LANGUAGES
    ]
    known = [tongue.known for tongue in LANGUAGES]
    return [abstract(LANGUAGES[row % 2], rng.choice(topics[row % 2]), known[row % 2], rng) for row in range(count)]


# ------------------------------------------------------------------ copies


def changed(text: str, share: float, pool: Sequence[str], rng: random.Random) -> str:
    """Words (English) or characters (Chinese) replaced, followed by one more, or dropped; sentences shuffled."""
    space = " " if text.isascii() else ""
    units = UNIT.findall(text)
    live = [place for place, unit in enumerate(units) if unit.strip()]
    for place in rng.sample(live, round(share * len(live))):
        other = rng.choice(pool)
        units[place] = rng.choices((other, units[place] + space + other, ""), (3, 1, 1))[0]
    sentences = [sentence.strip() for sentence in SENTENCE.split("".join(units)) if sentence.strip()]
    rng.shuffle(sentences)
    return space.join(sentences)


def scattered(text: str, share: float, pool: Sequence[str], rng: random.Random) -> str:
    """Single letters replaced anywhere."""
    letters = list(text)
    for place in rng.sample(range(len(letters)), round(share * len(letters))):
        letters[place] = rng.choice(rng.choice(pool))
    return "".join(letters)


PLANTED: dict[str, tuple[Callable[..., str], float]] = {
    "5": (changed, 0.05),
    "15": (changed, 0.15),
    "30": (changed, 0.30),
    "15_letters": (scattered, 0.15),
    "30_letters": (scattered, 0.30),
}
Copies = dict[str, list[tuple[int, str]]]  # by kind: row of the original, the copy
Recalls = dict[str, dict[str, list[float]]]  # by peer and kind: Chinese, English


def planted(texts: Sequence[str], each: int, seed: int) -> Copies:
    """`each` copies of a kind in each language."""
    rng = random.Random(seed)
    pools = [[unit for text in texts[start:400:2] for unit in UNIT.findall(text) if unit.strip()] for start in (0, 1)]
    rows = [row for start in (0, 1) for row in rng.sample(range(start, len(texts), 2), each)]
    return {
        name: [(row, change(texts[row], share, pools[row % 2], rng)) for row in rows]
        for name, (change, share) in PLANTED.items()
    }


# ------------------------------------------------------------------ peers


class FixedScore:
    """scikit-learn's TF-IDF of character 4-grams: the nearest texts with their cosines."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.hashed = HashingVectorizer(
            analyzer="char", ngram_range=(4, 4), n_features=2**20, alternate_sign=False, norm=None, dtype=np.float32
        )
        self.weights = TfidfTransformer()
        self.rows = self.weights.fit_transform(self.hashed.transform(texts)).tocsr()
        self.postings = self.rows.T.tocsr()

    def nearest(self, text: str, most: int = 5) -> list[tuple[int, float]]:
        query = self.weights.transform(self.hashed.transform([text])).tocsr()
        found = sp_matmul_topn(query, self.postings, top_n=most, sort=True)
        return list(zip(found.indices.tolist(), found.data.tolist(), strict=True))


class MinHash:
    """Broder 1997 with banding: rows that share a band, by the share of equal values."""

    VALUES, BANDS, LEAST = 128, 42, 0.2

    def __init__(self, texts: Sequence[str]) -> None:
        rng = np.random.default_rng(1)
        self.factors = rng.integers(1, 2**62, self.VALUES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
        self.values = np.stack([self.signature(text) for text in texts])
        self.tables: dict[tuple[int, bytes], list[int]] = defaultdict(list)
        for row, value in enumerate(self.values):
            for band in self.bands(value):
                self.tables[band].append(row)

    def signature(self, text: str) -> np.ndarray:
        codes = np.frombuffer(text.casefold().encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
        grams = np.zeros(len(codes) - 3, dtype=np.uint64)
        for step in range(4):
            grams = grams * np.uint64(0x100000001B3) + codes[step : len(codes) - 3 + step]
        grams ^= grams >> np.uint64(29)
        return ((grams[:, None] * self.factors[None, :]) >> np.uint64(32)).min(axis=0).astype(np.uint32)

    def bands(self, value: np.ndarray) -> list[tuple[int, bytes]]:
        return [(band, value[3 * band : 3 * band + 3].tobytes()) for band in range(self.BANDS)]

    def nearest(self, text: str, most: int = 5) -> list[tuple[int, float]]:
        value = self.signature(text)
        rows = np.array(sorted({row for band in self.bands(value) for row in self.tables.get(band, ())}), dtype=int)
        shares = (self.values[rows] == value).mean(axis=1)
        best = np.argsort(-shares, kind="stable")[:most]
        return [(int(rows[one]), float(shares[one])) for one in best if shares[one] >= self.LEAST]


# ------------------------------------------------------------------ questions


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    answer = work()
    return time.perf_counter() - start, answer


def built(texts: Sequence[str], rounds: int) -> tuple[dict[str, float], dict[str, Any]]:
    """Median seconds of building, ready to be asked, and what was built."""
    makers: dict[str, Callable[[], Any]] = {
        "ours": lambda: ready(texts),
        "sklearn": lambda: FixedScore(texts),
        "minhash": lambda: MinHash(texts),
    }
    seconds: dict[str, list[float]] = {name: [] for name in makers}
    made: dict[str, Any] = {}
    for _ in range(rounds):
        for name, make in makers.items():
            made.pop(name, None)
            spent, made[name] = timed(make)
            seconds[name].append(spent)
    return {name: median(spent) for name, spent in seconds.items()}, made


def ready(texts: Sequence[str]) -> Index:
    index = build_index(texts, [f"{row:06d}" for row in range(len(texts))])
    assert index.postings.nnz  # made when first needed
    return index


def asked(made: dict[str, Any], copies: Copies) -> tuple[dict[str, float], dict[str, dict[str, list[Any]]]]:
    """Median milliseconds of a question, and by peer and kind of copy all answers as (row, score) lists."""
    askers: dict[str, Callable[[str], list[tuple[int, float]]]] = {
        "ours": lambda text: [(int(match.key), match.score) for match in matches(made["ours"], text)],
        "sklearn": made["sklearn"].nearest,
        "minhash": made["minhash"].nearest,
    }
    seconds: dict[str, list[float]] = {name: [] for name in askers}
    answers: dict[str, dict[str, list[Any]]] = {name: defaultdict(list) for name in askers}
    for kind, pairs in copies.items():
        for _, text in pairs:
            for name, ask in askers.items():
                spent, answer = timed(lambda ask=ask, text=text: ask(text))  # type: ignore[misc]
                seconds[name].append(spent)
                answers[name][kind].append(answer)
    return {name: 1000 * median(spent) for name, spent in seconds.items()}, answers


def recall(answers: Sequence[Any], pairs: Sequence[tuple[int, str]], least: float, start: int) -> float:
    """Share of the copies of one language whose original is among the hints."""
    found = [
        any(row == original and score > least for row, score in answer)
        for answer, (original, _) in zip(answers, pairs, strict=True)
        if original % 2 == start
    ]
    return sum(found) / len(found)


def marked(texts: Sequence[str], copies: Copies) -> tuple[float, float]:
    """Milliseconds to mark the passages of a copy changed by 15 %, and the share of the original marked."""
    pairs = [(texts[row], copy) for row, copy in copies["15"]]
    seconds, found = timed(lambda: [passages(original, copy) for original, copy in pairs])
    shares = [
        sum(one.end_a - one.start_a for one in got) / len(text) for got, (text, _) in zip(found, pairs, strict=True)
    ]
    return 1000 * seconds / len(pairs), median(shares)


def false_hits(index: Index, texts: Sequence[str], asked_for: int) -> int:
    """Pairs of abstracts that are no copies of each other and stand out all the same."""
    if asked_for == len(texts):
        return len(all_matches(index))
    rows = random.Random(4).sample(range(len(texts)), asked_for)
    found = ((index.keys[row], matches(index, texts[row], besides={index.keys[row]})) for row in rows)
    return len({frozenset((key, match.key)) for key, hints in found for match in hints})


def false_scores(peer: FixedScore | MinHash, texts: Sequence[str], rows: Sequence[int]) -> dict[int, list[float]]:
    """By language every score that a peer gives to a pair of these abstracts and another."""
    scores: dict[int, list[float]] = {0: [], 1: []}
    for row in rows:
        scores[row % 2] += [score for other, score in peer.nearest(texts[row], 6) if other != row]
    return scores


def peers_false(made: dict[str, Any], texts: Sequence[str], asked_for: int) -> tuple[list[float], int]:
    """The fixed score of each language above which scikit-learn has no false hit, and MinHash's false hits."""
    rows = random.Random(3).sample(range(len(texts)), asked_for)
    fixed, hints = false_scores(made["sklearn"], texts, rows), false_scores(made["minhash"], texts, rows)
    return [max(fixed[start]) for start in (0, 1)], sum(len(scores) for scores in hints.values())


def recalls(answers: dict[str, dict[str, list[Any]]], copies: Copies, fixed: Sequence[float]) -> Recalls:
    least = {"sklearn": fixed}
    return {
        name: {
            kind: [recall(got[kind], copies[kind], least.get(name, (0, 0))[start], start) for start in (0, 1)]
            for kind in copies
        }
        for name, got in answers.items()
    }


def told(recalls: Recalls, seconds: dict[str, float], query: dict[str, float], words: dict[str, str]) -> None:
    for name, shares in recalls.items():
        print(
            f"{name:8} built in {seconds[name]:.2f} s, {query[name]:.2f} ms a question, {words[name]}; found zh / en:"
        )
        print("        ", ", ".join(f"{kind} % {zh:.0%} / {en:.0%}" for kind, (zh, en) in shares.items()))


def measured(quick: bool) -> dict[str, Any]:
    texts = abstracts(10_000 if quick else 100_000, seed=1)
    copies = planted(texts, each=40 if quick else 100, seed=2)
    seconds, made = built(texts, rounds=2 if quick else 1)
    query, answers = asked(made, copies)
    false_s, false = timed(lambda: false_hits(made["ours"], texts, 10_000))
    sample = 300 if quick else 1_000
    fixed, minhash_false = peers_false(made, texts, sample)
    found = recalls(answers, copies, fixed)
    words = {
        "ours": f"{false} false hits of 10000 abstracts in {false_s:.1f} s",
        "sklearn": f"no false hit of {sample} abstracts above {fixed[0]:.3f} zh, {fixed[1]:.3f} en",
        "minhash": f"{minhash_false} false hits of {sample} abstracts",
    }
    told(found, seconds, query, words)
    passage_ms, share = marked(texts, copies)
    store_s, stored = timed(made["ours"].to_bytes)
    print(
        f"passages: {passage_ms:.1f} ms a pair, {share:.0%} of the original marked; stored {len(stored) / 1e6:.1f} MB"
    )
    answer: dict[str, Any] = {"abstracts": len(texts), "index_s": seconds["ours"], "query_ms": query["ours"]}
    answer |= {f"recall_{kind}": sum(both) / 2 for kind, both in found["ours"].items()}
    answer |= {"false_hits": false, "false_hits_s": false_s, "passages_ms": passage_ms, "store_s": store_s}
    for name in ("sklearn", "minhash"):
        answer |= {f"{name}_recall_{kind}": sum(found[name][kind]) / 2 for kind in ("15", "30")}
        answer |= {f"vs_{name}_index": seconds[name] / seconds["ours"], f"vs_{name}_query": query[name] / query["ours"]}
    return answer | {"minhash_false_hits": minhash_false, "minhash_asked": sample}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="10,000 abstracts, under 50 seconds")
    versions = {name: version(name) for name in ("numpy", "scipy", "scikit-learn", "sparse-dot-topn")}
    print(f"Python {platform.python_version()}, {versions}; MinHash: our own lines")
    answer = measured(parser.parse_args().quick)
    answer["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rounded = {key: round(value, 4) if isinstance(value, float) else value for key, value in answer.items()}
    print("RESULT", json.dumps(rounded | {"versions": versions}))


if __name__ == "__main__":
    main()
