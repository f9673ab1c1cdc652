"""The columns of a list of numbers that a higher contest gave to entries."""

from competition.core.columns import Column, SheetSpec

LONGEST = 60
NUMBER_LIST = SheetSpec(
    "numbers", "授权号", "Numbers there",
    columns=(
        Column("entry", "作品编号", "Entry number", longest=100, example="A001",
               also=("编号", "项目编号", "本级编号", "市级编号", "作品号", "number", "entry"),
               help_zh="本赛事的作品编号；也可只填作品名称。", help_en="The number here; the title alone will do as well."),
        Column("authorisation", "授权号", "Authorisation number", longest=LONGEST, example="340123456789",
               also=("授权码", "申报授权号", "网上申报授权号", "网报授权号", "项目授权号", "authorisation", "authorization number"),
               help_zh="上级赛事给的授权号，文本格式。", help_en="As the higher contest gave it; as text."),
        Column("number", "上级编号", "Number there", longest=LONGEST, example="AH-0012",
               also=("省级编号", "省赛编号", "省编号", "上级作品编号", "上级项目编号", "省级作品编号", "省级项目编号", "国赛编号", "全国编号",
                     "number above"),
               help_zh="作品在上级赛事的编号。", help_en="The number of the entry in the higher contest."),
        Column("title", "作品名称", "Title", longest=300, example="自动浇花器",
               also=("项目名称", "作品", "题目", "作品题目"),
               help_zh="供核对；不填作品编号时按它查找。", help_en="For the eye; without an entry number the entry is found by it."),
    ),
)  # fmt: skip
