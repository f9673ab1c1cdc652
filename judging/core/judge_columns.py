"""The columns of a list of judges that the office brings."""

from competition.core.columns import Column, Kind, SheetSpec

JUDGE_LIST = SheetSpec(
    "judges", "评委名单", "Judges",
    columns=(
        Column("name", "姓名", "Name", required=True, longest=100, example="评委甲",
               also=("评委", "评委姓名", "专家", "专家姓名", "judge", "name of the judge")),
        Column("phone", "手机", "Phone", longest=40, also=("电话", "手机号", "手机号码", "联系电话", "联系方式", "telephone", "mobile"),
               help_zh="用来发链接；同名的人靠它区分。", help_en="For sending the link; it tells people of one name apart."),
        Column("email", "邮箱", "E-mail", longest=254, also=("电子邮箱", "电子邮件", "邮件", "邮箱地址", "email", "mail", "e-mail address"),
               help_zh="不填即不发邮件。", help_en="Blank: gets no mail."),
        Column("language", "邮件语言", "Language of mails", Kind.CHOICE, choices={"zh-hans": ("中文", "Chinese"), "en": ("英文", "English", "英语")},
               also=("语言", "language"), help_zh="不填即中文。", help_en="Blank: Chinese."),
        Column("institution", "单位", "Institution", longest=200, example="滁州学院",
               also=("工作单位", "所在单位", "单位名称", "学校", "work place")),
        Column("district", "区县", "District", longest=200, also=("县区", "县市区", "所属区县", "county")),
        Column("tracks", "赛项", "Tracks", Kind.NAMES, also=("类别", "评审赛项", "评审类别", "track"), longest=200,
               help_zh="不填即全部赛项；多个用顿号分开。", help_en="Blank: all; several separated by ;."),
        Column("subjects", "学科", "Subjects", Kind.NAMES, also=("专业", "研究领域", "评审学科", "subject"), longest=200,
               help_zh="须与大赛的学科名称一致；多个用顿号分开。", help_en="As the contest calls them; several separated by ;."),
        Column("max_load", "最多评几件", "Entries at most", Kind.INTEGER, low=0, high=10_000, also=("最大评审数", "上限", "max load"),
               help_zh="不填即不限。", help_en="Blank: no limit."),
    ),
)  # fmt: skip
