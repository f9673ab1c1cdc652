"""Schools and entries."""

from awards.workbook import choices as words
from competition.core.columns import Column, Kind, SheetSpec

SCHOOLS = SheetSpec(
    "schools", "学校", "Schools",
    help_zh="不填此表时，学校取自参赛作品。", help_en="Without this sheet schools are taken from the entries.",
    columns=(
        Column("name", "学校名称", "School", required=True, also=("学校", "名称", "学校全称"), longest=200, example="滁州市示例中学"),
        Column("name_en", "英文名称", "English name", example="Chuzhou Example Middle School"),
        Column("district", "推荐单位", "District", required=True, also=("区县", "所属区县", "县区", "unit"), longest=200, example="琅琊区"),
        Column("district_en", "推荐单位英文", "District in English", example="Langya District"),
    ),
)

ENTRIES = SheetSpec(
    "entries", "参赛作品", "Entries", required=True, also=("作品", "项目", "参赛项目", "作品名单"),
    help_zh="每行一件作品。认不出的列会保留，并出现在排名表里。",
    help_en="One entry a row. Unknown columns are kept and come back in the standings.",
    columns=(
        Column("number", "作品编号", "Entry number", required=True, also=("编号", "项目编号", "entry", "作品号"), longest=40, example="A001"),
        Column("title", "作品名称", "Title", required=True, also=("项目名称", "名称", "作品标题"), example="一种智能浇花装置"),
        Column("title_en", "英文名称", "English title", example="A smart watering device"),
        Column("track", "赛项", "Track", required=True, also=("类别", "作品类别", "项目类别"), longest=200, example="青少年科技创新项目"),
        Column("division", "组别", "Division", also=("学段",), longest=200, example="小学"),
        Column("subject", "学科", "Subject", also=("研究领域",), longest=200, example="技术与设计"),
        Column("school", "学校", "School", required=True, also=("学校名称", "所在学校", "单位"), longest=200, example="滁州市示例中学"),
        Column("district", "推荐单位", "District", also=("区县", "所属区县", "县区"), longest=200,
               help_zh="学校表里已写明时可不填。", help_en="Not needed where the sheet of schools tells it.", example="琅琊区"),
        Column("authors", "作者", "Authors", Kind.NAMES, also=("学生", "作者姓名", "学生姓名", "申报者", "student", "students", "author"), longest=100,
               help_zh="按署名顺序，用顿号或换行分开。", help_en="In order, separated by ; or new lines.", example="张三、李四"),
        Column("author_codes", "学生编号", "Student codes", Kind.NAMES, longest=40,
               help_zh="同校同名的学生用编号区分，与作者一一对应。", help_en="Tell apart students of one name in one school; one for each author.", example=""),
        Column("tutors", "辅导教师", "Tutors", Kind.NAMES, also=("指导教师", "指导老师", "辅导老师", "tutor", "教师"), longest=100,
               help_zh="用顿号或换行分开。", help_en="Separated by ; or new lines.", example="王老师"),
        Column("group_name", "集体名称", "Group name", also=("申报集体",), longest=200, example=""),
        Column("state", "审查结果", "State", Kind.CHOICE, choices=words.ENTRY_STATES, also=("资格审查", "状态", "形式审查"),
               help_zh="不填为通过。只有通过的作品参加评审。", help_en="Passed if blank. Only passed entries are judged.", example="通过"),
        Column("is_finalist", "入围", "Finalist", Kind.YES_NO, also=("入围终评",), example=""),
        Column("prize", "奖项", "Prize", also=("获奖等级", "奖次", "奖级"), longest=200,
               help_zh="仅用于“评审方式”为纪要的赛项。", help_en="Only for tracks decided by minutes.", example=""),
    ),
)
