"""The columns of a list of entries that a school or unit brings."""

from competition.core.columns import Column, Kind, SheetSpec

ENTRY_LIST = SheetSpec(
    "entries", "参赛作品", "Entries",
    columns=(
        Column("number", "作品编号", "Entry number", also=("编号", "项目编号"), longest=40,
               help_zh="系统给出编号后再填，用来更新已有作品。", help_en="Only to change an entry that has one."),
        Column("title", "作品名称", "Title", required=True, also=("项目名称", "名称", "作品标题", "作品"), example="一种智能浇花装置"),
        Column("track", "赛项", "Track", required=True, also=("类别", "作品类别", "项目类别"), longest=200, example="青少年科技创新项目"),
        Column("division", "组别", "Division", also=("学段",), longest=200, example="小学"),
        Column("subject", "学科", "Subject", also=("学科类别", "所属学科"), longest=200),
        Column("school", "学校", "School", also=("学校名称", "所在学校", "单位"), longest=200,
               help_zh="学校自己导入时可不填。", help_en="Not needed where a school imports its own."),
        Column("authors", "作者", "Authors", Kind.NAMES, also=("学生", "作者姓名", "学生姓名", "申报者", "students"), longest=100,
               help_zh="按署名顺序，用顿号分开。", help_en="In order, separated by ;.", example="张三、李四"),
        Column("grades", "年级", "Grades", Kind.NAMES, also=("作者年级", "学生年级", "班级"), longest=40,
               help_zh="与作者一一对应；都一样时填一个。", help_en="One for each author, or one for all.", example="小学五年级"),
        Column("codes", "学号", "Student numbers", Kind.NAMES, also=("学生编号",), longest=40,
               help_zh="只有同校同名的学生才需要。", help_en="Only where two pupils of one school share a name."),
        Column("tutors", "辅导教师", "Tutors", Kind.NAMES, also=("指导教师", "指导老师", "辅导老师", "教师"), longest=100, example="王老师"),
        Column("group_name", "集体名称", "Group name", also=("申报集体",), longest=200),
        Column("abstract", "作品简介", "About", also=("简介", "摘要", "作品介绍", "内容简介"), longest=10000),
        Column("finished_on", "完成日期", "Finished on", Kind.DATE, also=("完成时间",)),
        Column("lower_contest", "下级赛事", "Lower contest", also=("区县赛事",), longest=200),
    ),
)  # fmt: skip
