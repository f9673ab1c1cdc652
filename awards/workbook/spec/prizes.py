"""Prizes, the committee's decisions, recognitions, the delegation to a higher contest."""

from awards.workbook import choices as words
from competition.core.columns import Column, Kind, SheetSpec

PLAN = SheetSpec(
    "prize_plan", "奖项方案", "Prize plan", also=("奖项设置", "评奖方案"),
    help_zh="每行一个奖级，同一赛项（或赛项＋组别）从高到低。", help_en="One level a row, from the best down within a track (or track and division).",
    columns=(
        Column("track", "赛项", "Track", required=True, also=("类别", "赛项名称"), longest=200, example="青少年科技创新项目"),
        Column("division", "组别", "Division", longest=200, help_zh="不填则整个赛项一起排。", help_en="The whole track together if blank.", example=""),
        Column("prize", "奖项", "Prize", required=True, also=("奖级", "奖次", "等级"), longest=200, example="一等奖"),
        Column("prize_en", "奖项英文", "Prize in English", also=("英文名称",), example="First Prize"),
        Column("kind", "方式", "Kind", Kind.CHOICE, choices=words.SEAT_KINDS, help_zh="不填：百分比（或小于 1 的小数）按作品百分比，整数按固定数量。",
               help_en="If blank: a per cent (or a part of 1) is a share of entries, a whole number a number of prizes.", example="固定数量"),
        Column("value", "数量", "Value", also=("名额", "比例", "数", "seats", "number"), longest=20,
               help_zh="如 10、15%、1。方式为“其余”时不填。", help_en="Such as 10, 15% or 1. Blank for “rest”.", example="1"),
        Column("minimum", "最低分", "Minimum score", Kind.NUMBER, also=("最低得分",), low=0, example=""),
        Column("cap", "总数上限", "Cap", also=("奖项总数", "总数", "上限", "total"), longest=20,
               help_zh="这一组奖项总数的上限，数量或作品百分比（舍去）；也是“占奖项”“比例”和“其余”的总数。写在该组任一行。",
               help_en="Most prizes of the group, a number or % of entries (rounded down); also what shares of prizes refer to. In any row of the group.",
               example=""),
        Column("rounding", "取整", "Rounding", Kind.CHOICE, choices=words.ROUNDINGS, help_zh="不填为四舍五入。写在该组任一行。",
               help_en="Half up if blank. In any row of the group.", example="四舍五入"),
        Column("ties", "并列处理", "Ties", Kind.CHOICE, choices=words.TIES, also=("并列",),
               help_zh="不填为交评委会：跨线并列的作品不自动定奖。写在该组任一行。",
               help_en="Held for the committee if blank. In any row of the group.", example="交评委会"),
        Column("breakers", "同分比较", "Tie-breakers", also=("并列比较", "同分排序"), longest=300,
               help_zh="跨线并列时依次比较：指标名称、全部评分平均、全部评分中位数、最高一份评分、未取整得分，或轮次名称，最多五项，用“；”隔开；"
                       "仍并列的按“并列处理”。写在该组任一行。",
               help_en="What a tie across a cut is parted by, in order: a criterion, mean of all sheets, median of all sheets, highest sheet, score "
                       "before rounding, or a round; five at most, with “;” between. What stays equal goes by “Ties”. In any row of the group.",
               example=""),
    ),
)

DECISIONS = SheetSpec(
    "decisions", "评审决定", "Decisions", also=("评委会决定",),
    help_zh="评审委员会对跨线并列作品的决定。", help_en="What the committee decided on entries tied across a cut.",
    columns=(
        Column("entry", "作品编号", "Entry number", required=True, also=("作品", "编号"), example="A001"),
        Column("prize", "奖项", "Prize", help_zh="不获奖写“无”。", help_en="“none” for no prize.", longest=200, example="一等奖"),
        Column("minutes", "纪要", "Minutes", required=True, also=("依据",), example="评审纪要第 3 号"),
    ),
)

SPECIALS = SheetSpec(
    "special_prizes", "专项奖", "Special prizes", also=("专项奖项", "单项奖"),
    help_zh="设奖单位设立、不分等级的奖项，每行一项；可与等级奖兼得。没有此表或不填时，网上所设的保持不变。",
    help_en="Prizes of sponsors, without level, one a row; an entry may have one beside its level prize. Without rows those named on the web stay.",
    columns=(
        Column("prize", "奖项", "Prize", required=True, also=("专项奖", "名称"), longest=200, example="知识产权专项奖"),
        Column("prize_en", "奖项英文", "Prize in English", also=("英文名称",), longest=300, example="IP Prize"),
        Column("sponsor", "设奖单位", "Sponsor", required=True, also=("赞助单位", "设立单位"), longest=200, example="市知识产权局"),
        Column("number", "名额", "Number", Kind.INTEGER, required=True, low=1, high=9999, also=("数量",), example="1"),
        Column("tracks", "赛项", "Tracks", longest=1000, help_zh="可授予哪些赛项，用“；”隔开，不填为全部。",
               help_en="Whose entries may get it, with “;” between; all if blank.", example=""),
        Column("divisions", "组别", "Divisions", longest=1000, help_zh="可授予哪些组别，用“；”隔开，不填为全部。",
               help_en="Whose entries may get it, with “;” between; all if blank.", example=""),
        Column("entries", "授予作品", "Given to", also=("获奖作品", "作品编号"), longest=2000, help_zh="作品编号，用“；”隔开。",
               help_en="Entry numbers, with “;” between.", example=""),
        Column("minutes", "纪要", "Minutes", also=("依据",), longest=300, help_zh="填了授予作品时必填。",
               help_en="Needed where it is given to an entry.", example=""),
    ),
)

RECOGNITIONS = SheetSpec(
    "recognitions", "表彰方案", "Recognitions", also=("表彰", "优秀组织"),
    help_zh="按获奖积分或由评委会评出的优秀组织单位、学校、辅导员。没有此表或不填时，网上所设的保持不变。",
    help_en="Outstanding units, schools and tutors, by points of their prizes or by the committee. Without rows those named on the web stay.",
    columns=(
        Column("title", "称号", "Title", required=True, also=("表彰名称", "名称"), longest=200, example="优秀组织单位"),
        Column("title_en", "称号英文", "Title in English", also=("英文名称",), example="Outstanding Organising Unit"),
        Column("kind", "对象", "For", Kind.CHOICE, required=True, choices=words.RECOGNITION_KINDS, example="单位"),
        Column("number", "名额", "Number", Kind.INTEGER, required=True, low=1, also=("数量",), example="3"),
        Column("first", "一等奖分", "Points first", Kind.NUMBER, low=0, example="5"),
        Column("second", "二等奖分", "Points second", Kind.NUMBER, low=0, example="3"),
        Column("third", "三等奖分", "Points third", Kind.NUMBER, low=0, example="1"),
        Column("entry", "参赛分", "Points entry", Kind.NUMBER, low=0, help_zh="每件通过审查的作品。", help_en="For every entry that passed.", example="0"),
        Column("ties", "并列处理", "Ties", Kind.CHOICE, choices=words.TIES, also=("并列",), help_zh="不填为并列都升。",
               help_en="All tied are taken if blank.", example="并列都升"),
        Column("fewest", "至少作品数", "At least entries", Kind.INTEGER, low=0, high=9999, also=("最少作品数",),
               help_zh="通过审查的作品不足此数的不表彰。", help_en="Nobody with fewer entries that passed.", example=""),
        Column("per_district", "每单位最多", "At most per district", Kind.INTEGER, low=1, high=9999, also=("每区县最多",),
               help_zh="同一推荐单位的学校或教师最多几个。", help_en="Of the schools or tutors of one district.", example=""),
        Column("way", "产生方式", "Way", Kind.CHOICE, choices=words.RECOGNITION_WAYS,
               help_zh="不填为按积分。按评委会决定的，在网上凭纪要确定名单。",
               help_en="By points if blank. Whom the committee names is typed in on the web, under its minutes.", example=""),
    ),
)

DELEGATION = SheetSpec(
    "delegation", "代表队", "Delegation", also=("上级大赛", "省赛", "上级获奖"),
    help_zh="送往上级大赛的作品及其结果，每行一件。", help_en="Entries sent to a higher contest and what they won there, one a row.",
    columns=(
        Column("contest", "大赛名称", "Contest name", required=True, also=("大赛",), longest=200, example="2017年安徽省青少年科技创新大赛"),
        Column("contest_en", "大赛英文名称", "Contest in English", example="2017 Anhui Youth Science and Technology Innovation Contest"),
        Column("level", "级别", "Level", Kind.CHOICE, choices=words.LEVELS, help_zh="不填为省级。", help_en="Province if blank.", example="省"),
        Column("date", "日期", "Date", Kind.DATE, required=True, also=("获奖日期",), example="2017-04-16"),
        Column("number", "作品编号", "Entry number", also=("编号", "项目编号"), longest=40, help_zh="不填则自动编号。",
               help_en="Numbered in order if blank.", example="S01"),
        Column("title", "作品名称", "Title", required=True, also=("项目名称", "项目"), example="一种智能浇花装置"),
        Column("track", "赛项", "Track", required=True, also=("类别",), longest=200, example="青少年科技创新成果"),
        Column("school", "学校", "School", required=True, also=("单位", "学校名称"), longest=200, example="滁州市示例中学"),
        Column("district", "推荐单位", "District", also=("区县",), longest=200, example="琅琊区"),
        Column("authors", "作者", "Authors", Kind.NAMES, also=("学生", "成员", "学生姓名"), longest=100, example="张三"),
        Column("author_codes", "学生编号", "Student codes", Kind.NAMES, longest=40, example=""),
        Column("tutors", "辅导教师", "Tutors", Kind.NAMES, also=("指导教师", "指导老师"), longest=100, example="王老师"),
        Column("prize", "奖项", "Prize", also=("获奖等级", "奖次"), longest=200, help_zh="未获奖留空。", help_en="Blank for none.", example="二等奖"),
    ),
)
