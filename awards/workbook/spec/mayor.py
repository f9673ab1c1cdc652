"""The Mayor's Award: its terms, who is eligible, nominees, achievements, votes."""

from awards.workbook import choices as words
from competition.core.columns import Column, Kind, SheetSpec

MAYOR = SheetSpec(
    "mayors_award", "市长奖", "Mayor's Award", is_record=True, also=("区长奖", "省长奖", "市长奖评奖办法"),
    help_zh="没有市长奖时不用填。一行一项。", help_en="Not needed without such an award. One item a line.",
    columns=(
        Column("name", "奖项名称", "Award name", required=True, also=("名称",), longest=200, example="第六届滁州市青少年科技创新市长奖"),
        Column("name_en", "英文名称", "English name", example="6th Mayor's Award for Youth Science and Technology Innovation of Chuzhou"),
        Column("series", "系列名称", "Series", longest=200, help_zh="各届共同的名称；不填则用奖项名称。",
               help_en="What all editions share; the award's name if blank.", example="滁州市青少年科技创新市长奖"),
        Column("title", "奖项简称", "Short title", longest=150, help_zh="印在证书上的奖名；不填为“市长奖”。",
               help_en="As certificates call the prize; 市长奖 if blank.", example="市长奖"),
        Column("title_en", "简称英文", "Short title in English", longest=200, example="Mayor's Award"),
        Column("ordinal", "届次", "Edition", Kind.INTEGER, low=1, example="6"),
        Column("student_places", "学生名额", "Places for students", Kind.INTEGER, low=0, example="6"),
        Column("tutor_places", "科技辅导员名额", "Places for tutors", Kind.INTEGER, low=0, also=("辅导员名额", "教师名额"), example="1"),
        Column("school_places", "学校名额", "Places for schools", Kind.INTEGER, low=0, example="0"),
        Column("nomination_places", "提名奖名额", "Places for nomination prizes", Kind.INTEGER, low=0,
               help_zh="每一类；不填为 0。", help_en="Of each kind; 0 if blank.", example="0"),
        Column("reviews", "每人评委数", "Judges per nominee", Kind.INTEGER, low=1, high=99, help_zh="不填时取多数候选人的份数；尚无评分时为 3。",
               help_en="If blank, as many as most nominees have; 3 without marks.", example="5"),
        Column("method", "计分方法", "Method", Kind.CHOICE, choices=words.METHODS, help_zh="不填为平均分。", help_en="Mean if blank.", example="去掉最高最低分"),
        Column("members", "委员人数", "Committee members", Kind.INTEGER, low=1, help_zh="评审委员会应到人数；不填则取投票表中的人数。",
               help_en="Entitled to vote; counted from the votes if blank.", example="9"),
        Column("majority", "通过票数比例", "Majority", Kind.NUMBER, low=0, high=1, help_zh="不填为 2/3。", help_en="2/3 if blank.", example="2/3"),
        Column("majority_of", "比例基数", "Majority of", Kind.CHOICE, choices=words.MAJORITY_OF,
               help_zh="不填为投票委员。回避的委员不计入。", help_en="Votes cast if blank. Recused members never count.", example="投票委员"),
        Column("quorum", "法定到会比例", "Quorum", Kind.NUMBER, low=0, high=1, help_zh="不填为 2/3。", help_en="2/3 if blank.", example="2/3"),
        Column("student_money", "学生奖金", "Prize money of students", longest=100, help_zh="只显示，不发放。", help_en="Shown, not paid.", example="每人3000元"),
        Column("tutor_money", "科技辅导员奖金", "Prize money of tutors", longest=100, example=""),
        Column("school_money", "学校奖金", "Prize money of schools", longest=100, example=""),
        Column("places_in_all", "总名额", "Places in all", Kind.INTEGER, low=1, help_zh="各类合计不得超过；不填则只限各类名额。",
               help_en="Over all kinds; only the places of each kind count if blank.", example=""),
        Column("stages", "学段", "Stages of school", Kind.NAMES, help_zh="候选人须在这些学段：小学、初中、高中、中职；不填则不限。",
               help_en="Nominees are of these; any if blank.", example="小学；初中"),
        Column("born_since", "出生不早于", "Born since", Kind.DATE, help_zh="只限学生；不知道出生日期的由办公室决定。",
               help_en="Students only; the office decides where the birth date is not known.", example=""),
        Column("issuers", "颁发单位", "Issuers", Kind.NAMES, also=("落款",), example="滁州市人民政府"),
        Column("number_pattern", "证书编号格式", "Certificate number", longest=60, example="CZSZJ{year}-{serial}"),
    ),
)

ELIGIBILITY = SheetSpec(
    "eligibility", "参评条件", "Eligibility", also=("申报条件",),
    help_zh="每行一种资格：一项成果同时满足该行各格；各行之间是“或”。",
    help_en="One way to be eligible a row: one achievement meets all cells of it; rows are joined by “or”.",
    columns=(
        Column("kind", "对象", "For", Kind.CHOICE, choices=words.NOMINEE_KINDS, help_zh="不填则适用于各类。", help_en="All kinds if blank.", example="学生"),
        Column("level", "大赛级别", "Contest level", Kind.CHOICE, choices=words.LEVELS, also=("级别",), example="省"),
        Column("contest", "大赛名称包含", "Contest name contains", also=("大赛名称", "大赛"), longest=200, example="青少年科技创新大赛"),
        Column("prize", "最低奖项", "Prize at least", also=("奖项", "获奖等级"), longest=200, example="二等奖"),
        Column("role", "身份", "Role", Kind.CHOICE, choices=words.ROLES, example="作者"),
        Column("first_author_only", "限第一作者", "First author only", Kind.YES_NO, example="否"),
        Column("tracks_excluded", "不含赛项", "Tracks excluded", Kind.NAMES, example="少儿科幻画"),
        Column("since", "不早于", "Since", Kind.DATE, also=("起",), example="2015-12-01"),
        Column("until", "不晚于", "Until", Kind.DATE, also=("止",), example="2017-12-31"),
        Column("achievement", "成果种类", "Achievement", Kind.CHOICE, choices=words.ACHIEVEMENTS, help_zh="不填为大赛奖项。", help_en="A prize if blank.", example="奖项"),
        Column("other_names", "或名称包含", "Or name contains", Kind.NAMES, help_zh="其他名称，任一即可。", help_en="Other names; any of them will do.", example=""),
        Column("tracks_included", "只限赛项", "Tracks included", Kind.NAMES, example=""),
        Column("years", "近几年", "Within years", Kind.INTEGER, low=1, high=20, help_zh="申报截止日（没有则为工作簿日期）前几年以内。",
               help_en="Before applications close; before the workbook's date where there is no such day.", example=""),
    ),
)

NOMINEES = SheetSpec(
    "nominees", "候选人", "Nominees", also=("市长奖候选人", "申报人"),
    help_zh="每行一位候选人（或学校）。", help_en="One nominee a row.",
    columns=(
        Column("number", "候选人编号", "Nominee number", required=True, also=("编号",), longest=40, example="M01"),
        Column("kind", "类别", "Kind", Kind.CHOICE, required=True, choices=words.NOMINEE_KINDS, also=("对象",), example="学生"),
        Column("name", "姓名", "Name", Kind.NAME, also=("候选人", "学校名称"), longest=100, help_zh="类别为学校时不填。", help_en="Blank for a school.", example="张三"),
        Column("code", "学生编号", "Student code", longest=40, example=""),
        Column("school", "学校", "School", required=True, also=("单位", "所在学校"), longest=200, example="滁州市示例中学"),
        Column("district", "推荐单位", "District", also=("区县",), longest=200, example="琅琊区"),
        Column("statement", "主要事迹", "Statement", longest=2000, example=""),
        Column("state", "审查结果", "State", Kind.CHOICE, choices=words.ENTRY_STATES,
               help_zh="不填为通过；成果条件另行审查。", help_en="Passed if blank; the achievements are checked besides.", example="通过"),
    ),
)

ACHIEVEMENTS = SheetSpec(
    "achievements", "其他成果", "Achievements", also=("获奖成果",),
    help_zh="候选人在其他大赛获得的奖；本大赛和代表队的奖会自动计入。",
    help_en="Prizes won elsewhere; those of this contest and of the delegation count by themselves.",
    columns=(
        Column("name", "姓名", "Name", Kind.NAME, required=True, longest=100, example="张三"),
        Column("code", "学生编号", "Student code", longest=40, example=""),
        Column("school", "学校", "School", required=True, also=("单位",), longest=200, example="滁州市示例中学"),
        Column("role", "身份", "Role", Kind.CHOICE, choices=words.ROLES, help_zh="不填为作者。", help_en="Author if blank.", example="作者"),
        Column("contest", "大赛名称", "Contest name", required=True, also=("大赛",), example="第32届全国青少年科技创新大赛"),
        Column("level", "级别", "Level", Kind.CHOICE, required=True, choices=words.LEVELS, example="国家"),
        Column("track", "赛项", "Track", also=("类别",), longest=200, example=""),
        Column("prize", "奖项", "Prize", required=True, also=("获奖等级",), longest=200, example="三等奖"),
        Column("author_order", "作者排名", "Author order", Kind.INTEGER, low=1, help_zh="不填为 1。", help_en="1 if blank.", example="1"),
        Column("date", "日期", "Date", Kind.DATE, required=True, also=("获奖日期",), example="2017-08-20"),
        Column("achievement", "成果种类", "Achievement", Kind.CHOICE, choices=words.ACHIEVEMENTS, help_zh="不填为大赛奖项。", help_en="A prize if blank.", example="奖项"),
        Column("document", "证明已核", "Document checked", Kind.YES_NO, help_zh="专利和称号核对证明后才算。", help_en="A patent or a title counts once its document was checked.", example=""),
    ),
)

VOTES = SheetSpec(
    "votes", "投票", "Votes", also=("表决", "投票表"),
    help_zh="每行一位委员对一位候选人的一票。", help_en="One vote of one member on one nominee a row.",
    columns=(
        Column("ballot", "轮次", "Ballot", Kind.INTEGER, low=1, also=("投票轮次", "round"), help_zh="不填为 1。", help_en="1 if blank.", example="1"),
        Column("member", "委员", "Member", Kind.NAME, required=True, also=("委员姓名",), longest=100, example="委员一"),
        Column("nominee", "候选人编号", "Nominee number", required=True, also=("候选人", "编号"), example="M01"),
        Column("choice", "意见", "Vote", Kind.CHOICE, required=True, choices=words.VOTES, also=("投票", "表决意见"), example="赞成"),
    ),
)
