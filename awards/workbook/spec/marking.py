"""Judges, who marks what, and the marks."""

from competition.core.columns import Column, Kind, SheetSpec

JUDGES = SheetSpec(
    "judges", "评委", "Judges", also=("评审专家", "专家"),
    help_zh="每行一位评委。", help_en="One judge a row.",
    columns=(
        Column("code", "评委编号", "Judge", required=True, also=("编号", "评委", "judge code"), longest=40, example="J01"),
        Column("name", "姓名", "Name", Kind.NAME, also=("评委姓名",), longest=100, example="陈评委"),
        Column("institution", "单位", "Institution", also=("工作单位",), longest=200,
               help_zh="与学校同名时，本校作品回避。", help_en="Where it is a school of the contest, that school's entries are recused.", example="滁州学院"),
        Column("district", "区县", "District", also=("所属区县", "推荐单位"), longest=200, example=""),
        Column("tracks", "评审赛项", "Tracks", Kind.NAMES, also=("赛项", "类别", "track"),
               help_zh="用顿号分开；不填则评全部赛项。写“市长奖”则评候选人。",
               help_en="Separated by ;. All tracks if blank. “Mayor's Award” for its nominees.", example="青少年科技创新项目"),
        Column("conflicts", "回避", "Conflicts", Kind.NAMES, also=("回避对象",),
               help_zh="作品编号、学校名称或人员姓名，用顿号分开。", help_en="Entry numbers, schools or people, separated by ;.", example=""),
        Column("max_load", "最多评审件数", "Most entries", Kind.INTEGER, low=0, help_zh="不填为不限。", help_en="No limit if blank.", example="40"),
    ),
)

ASSIGNMENTS = SheetSpec(
    "assignments", "评委分配", "Assignments", also=("分配", "分组"),
    help_zh="不填此表时由系统分配评委。", help_en="Without this sheet the system assigns judges.",
    columns=(
        Column("entry", "作品编号", "Entry number", required=True, also=("作品", "编号", "候选人编号"), example="A001"),
        Column("judge", "评委编号", "Judge", required=True, also=("评委",), help_zh="或评委姓名。",
               help_en="Or the judge's name.", example="J01"),
        Column("round", "轮次", "Round", longest=200, help_zh="不填为第一轮。", help_en="The first if blank.", example=""),
    ),
)

MARKS = SheetSpec(
    "marks", "评分", "Marks", also=("打分", "评分表", "得分", "scores"), open=True,
    help_zh="每行一份评分表，每个指标一列（列名与评分标准的指标相同）；也可以一行一个分，用“指标”和“分数”两列。空白不是零分。",
    help_en="One sheet a row with one column a criterion (headed as in the rubric); or one mark a row in the columns "
            "“Criterion” and “Mark”. A blank is not a zero.",
    columns=(
        Column("entry", "作品编号", "Entry number", required=True, also=("作品", "编号", "候选人编号"), example="A001"),
        Column("judge", "评委编号", "Judge", required=True, also=("评委",), help_zh="或评委姓名。",
               help_en="Or the judge's name.", example="J01"),
        Column("round", "轮次", "Round", longest=200, help_zh="不填为第一轮。", help_en="The first if blank.", example=""),
        Column("is_recused", "回避", "Recused", Kind.YES_NO, also=("申请回避",), help_zh="是：这份评分表不计。",
               help_en="Yes: this sheet does not count.", example=""),
        Column("criterion", "指标", "Criterion", also=("评分项",), example=""),
        Column("mark", "分数", "Mark", Kind.NUMBER, also=("得分", "分", "points"), low=0, example=""),
        Column("total", "合计", "Total", Kind.NUMBER, also=("总分", "sum"), help_zh="可不填；填了就核对。",
               help_en="Optional; checked where given.", example=""),
        Column("comment", "评语", "Comment", also=("意见",), longest=2000, example=""),
    ),
)
