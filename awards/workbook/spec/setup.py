"""What the contest is: its own record, tracks, divisions, rounds, rubric."""

from awards.workbook import choices as words
from competition.core.columns import Column, Kind, SheetSpec

CONTEST = SheetSpec(
    "contest", "大赛", "Contest", required=True, is_record=True, also=("竞赛", "基本信息"),
    help_zh="一行一项：左边是项目，右边是内容。", help_en="One item a line: its name on the left, its value on the right.",
    columns=(
        Column("name", "大赛名称", "Contest name", required=True, also=("名称", "竞赛名称"), longest=200,
               help_zh="全称，印在证书上。", help_en="In full, as certificates print it.", example="第九届滁州市青少年科技创新大赛"),
        Column("name_en", "英文名称", "English name", example="9th Chuzhou Youth Science and Technology Innovation Contest"),
        Column("series", "系列名称", "Series", longest=200, help_zh="各届共同的名称；不填则用大赛名称。",
               help_en="What all editions share; the contest's name if blank.", example="滁州市青少年科技创新大赛"),
        Column("ordinal", "届次", "Edition", Kind.INTEGER, low=1, also=("届",), example="9"),
        Column("year", "年份", "Year", Kind.INTEGER, low=1900, high=2200, also=("年度",), help_zh="不填则取结果时刻的年份。",
               help_en="Taken from the moment “as of” if blank.", example="2017"),
        Column("level", "级别", "Level", Kind.CHOICE, choices=words.LEVELS, help_zh="不填为市级。", help_en="City if blank.", example="市"),
        Column("as_of", "结果时刻", "As of", Kind.MOMENT, required=True, also=("发布时间", "日期", "date"),
               help_zh="所有文件和证书上的时间都取自这里。", help_en="Every paper takes its time from here.", example="2017-12-17 17:00"),
        Column("places", "得分小数位", "Decimal places", Kind.INTEGER, low=0, high=4, also=("小数位数", "precision"),
               help_zh="公布得分的小数位数，也按此比较并列。不填为 2。",
               help_en="Of published scores; ties are compared at them too. 2 if blank.", example="2"),
        Column("entries_per_student", "每人限报作品数", "Entries per student", Kind.INTEGER, low=0,
               help_zh="不填为 1；0 表示不限。", help_en="1 if blank; 0 for no limit.", example="1"),
        Column("issuers", "颁发单位", "Issuers", Kind.NAMES, also=("主办单位", "hosts", "落款"),
               help_zh="多个单位用顿号或换行分开，按排名先后。", help_en="Separated by ; or new lines, in rank order.",
               example="滁州市科学技术协会、滁州市教育体育局"),
        Column("number_pattern", "证书编号格式", "Certificate number", longest=60,
               help_zh="{year} 年份、{ordinal} 届次、{serial} 流水号（四位）。",
               help_en="{year}, {ordinal} and {serial} (four digits) are filled in.", example="CZ{year}-{ordinal}-{serial}"),
        Column("certificate_title", "证书标题", "Certificate title", help_zh="不填为“荣誉证书”。",
               help_en="荣誉证书 if blank.", example="荣誉证书"),
        Column("certificate_language", "证书语言", "Certificate language", Kind.CHOICE, choices=words.LANGUAGES,
               help_zh="不填为中文。", help_en="Chinese if blank.", example="中文"),
        Column("line", "证书提示语", "Line on certificates",
               help_zh="不填则印“竞赛结果不作为中小学招生入学依据”；填“无”则不印。",
               help_en="The line of the ministries if blank; “none” prints none.", example="竞赛结果不作为中小学招生入学依据"),
        Column("same_district_conflict", "同区县回避", "Same district recused", Kind.YES_NO,
               help_zh="评委不评本区县作品；同校总是回避。不填为否。",
               help_en="Judges do not mark entries of their district; their own school never. No if blank.", example="否"),
        Column("seed", "分配种子", "Seed", Kind.INTEGER, low=0, help_zh="系统分配评委时的随机种子。不填为 0。",
               help_en="For the random part of assigning judges. 0 if blank.", example="2017"),
    ),
)

TRACKS = SheetSpec(
    "tracks", "赛项", "Tracks", required=True, also=("类别", "项目类别", "作品类别"),
    help_zh="每行一个赛项。", help_en="One track a row.",
    columns=(
        Column("name", "赛项名称", "Track", required=True, also=("赛项", "名称", "类别"), longest=200, example="青少年科技创新项目"),
        Column("name_en", "英文名称", "English name", example="Innovation projects"),
        Column("method", "计分方法", "Method", Kind.CHOICE, choices=words.METHODS, also=("得分计算",),
               help_zh="不填为平均分。去掉最高最低分：不足四份评分表时不去。",
               help_en="Mean if blank. Trimmed: nothing is dropped under four sheets.", example="去掉最高最低分"),
        Column("reviews", "每件评委数", "Judges per entry", Kind.INTEGER, low=1, high=99, also=("评委数",),
               help_zh="每件作品至少要有的评分表数。不填时取该赛项多数作品的份数；尚无评分时为 3。", help_en="Sheets that every entry needs. If blank, as many as most entries of the track have; 3 without marks.", example=""),
        Column("decided", "评审方式", "Decided by", Kind.CHOICE, choices=words.DECIDED,
               help_zh="打分，或另有纪要（奖项直接写在参赛作品里）。不填为打分。",
               help_en="Marks, or minutes (the prize then stands in the entries). Marks if blank.", example="打分"),
        Column("max_authors", "作者上限", "Most authors", Kind.INTEGER, low=1, high=20, help_zh="不填为 3。", help_en="3 if blank.", example="3"),
        Column("max_tutors", "教师上限", "Most tutors", Kind.INTEGER, low=0, high=20, help_zh="不填为 3。", help_en="3 if blank.", example="2"),
        Column("is_group", "以集体名义", "Group's name", Kind.YES_NO, also=("集体",),
               help_zh="以集体名义申报，不写个人作者。不填为否。", help_en="Entered under a group's name, no single authors. No if blank.", example="否"),
    ),
)

DIVISIONS = SheetSpec(
    "divisions", "组别", "Divisions",
    help_zh="不填此表时，组别取自参赛作品。", help_en="Without this sheet divisions are taken from the entries.",
    columns=(
        Column("name", "组别名称", "Division", required=True, also=("组别", "名称"), longest=200, example="小学"),
        Column("name_en", "英文名称", "English name", example="Primary"),
    ),
)

ROUNDS = SheetSpec(
    "rounds", "轮次", "Rounds",
    help_zh="只有一轮评审时不用填此表。", help_en="Not needed where there is one round.",
    columns=(
        Column("name", "轮次名称", "Round", required=True, also=("轮次", "名称"), longest=200, example="初评"),
        Column("name_en", "英文名称", "English name", example="Review"),
        Column("weight", "权重", "Weight", Kind.NUMBER, also=("占比",), help_zh="在总分中的份量，如 40%。不填为 1。",
               help_en="Share in the score, such as 40%. 1 if blank.", example="1"),
        Column("is_for_finalists", "仅入围作品", "Finalists only", Kind.YES_NO, also=("入围",),
               help_zh="只有参赛作品中“入围”为是的作品参加。不填为否。",
               help_en="Only entries with “Finalist” yes take part. No if blank.", example="否"),
    ),
)

RUBRIC = SheetSpec(
    "rubric", "评分标准", "Rubric", also=("评分指标", "评分细则"),
    help_zh="每行一个指标。", help_en="One criterion a row.",
    columns=(
        Column("track", "赛项", "Track", also=("类别", "赛项名称"), longest=200, help_zh="不填则用于全部赛项；写“市长奖”则用于市长奖候选人。",
               help_en="All tracks if blank; “Mayor's Award” for its nominees.", example="青少年科技创新项目"),
        Column("round", "轮次", "Round", longest=200, help_zh="不填则用于全部轮次。", help_en="All rounds if blank.", example=""),
        Column("criterion", "指标", "Criterion", required=True, also=("评分项", "指标名称"), longest=100, example="创新性"),
        Column("criterion_en", "英文指标", "Criterion in English", also=("英文名称", "english name"), example="Creativity"),
        Column("maximum", "满分", "Maximum", Kind.NUMBER, required=True, also=("最高分", "分值", "max", "points"), low=0, example="100"),
        Column("weight", "权重", "Weight", Kind.NUMBER, help_zh="不填为 1：各指标的分直接相加。", help_en="1 if blank: points are simply added.", example="1"),
    ),
)
