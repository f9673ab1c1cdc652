"""The columns of a list of prizes that were decided elsewhere."""

from competition.core.columns import Column, SheetSpec

MINUTES_LIST = SheetSpec(
    "minutes", "获奖名单", "Prizes",
    columns=(
        Column("number", "作品编号", "Entry number", required=True, longest=100, example="A001",
               also=("编号", "项目编号", "序号编号", "entry", "number")),
        Column("title", "作品名称", "Title", longest=300, also=("作品", "题目", "项目名称", "name"),
               help_zh="可不填，只供核对。", help_en="May stay blank; for the eye alone."),
        Column("prize", "奖项", "Prize", longest=100, example="一等奖",
               also=("获奖等级", "奖次", "奖级", "等级", "获奖等次", "award"),
               help_zh="不填或“无”即未获奖。", help_en="Blank or “none”: no prize."),
    ),
)  # fmt: skip
