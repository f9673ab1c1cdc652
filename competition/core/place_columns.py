"""The columns of a list of units and schools that the organising office brings."""

from competition.core.columns import Column, Kind, SheetSpec

UNIT_KINDS = {
    "county": ("区县", "county or district", "county", "district", "县", "区", "县区", "市", "县级市", "县（市、区）"),
    "direct": ("市直学校", "school directly under the city", "direct", "市直", "市属", "市属学校", "直属学校", "市直属学校"),
    "centre": ("活动中心", "activity centre", "centre", "center", "校外机构", "青少年活动中心", "校外活动中心", "青少年宫", "少年宫"),
}

PLACE_LIST = SheetSpec(
    "places", "学校名单", "Schools",
    columns=(
        Column("unit", "推荐单位", "Recommending unit", required=True, longest=200, example="东区",
               also=("区县", "县区", "县市区", "所属区县", "所在区县", "区", "县", "主管部门", "unit", "district", "county"),
               help_zh="区县、市直学校或活动中心的名称。", help_en="A county or district, a school directly under the city, a centre."),
        Column("kind", "单位类型", "Kind of unit", Kind.CHOICE, choices=UNIT_KINDS, also=("类型", "单位类别", "推荐单位类型", "单位性质", "kind"),
               help_zh="区县、市直学校、活动中心；不填即不改。", help_en="County, direct, centre; blank changes nothing."),
        Column("school", "学校名称", "School", longest=200, example="东区实验小学",
               also=("学校", "学校全称", "学校正式名称", "正式名称", "校名", "单位名称", "official name", "name of the school", "school name"),
               help_zh="正式名称。本列留空的一行说的是推荐单位本身。", help_en="Its official name. A row without it is about the unit itself."),
        Column("name_en", "英文名称", "English name", longest=300, also=("英文名", "学校英文名称", "name in english", "english")),
        Column("aliases", "其他名称", "Other names", longest=1000, example="东区实小、实验小学",
               also=("别名", "简称", "曾用名", "又名", "学校简称", "学校别名", "alias", "short name"),
               help_zh="用顿号、逗号或分号分开；只增不减。", help_en="Separated by , or ;. They are added, none is taken away."),
        Column("contact", "联系人", "Contact", longest=100, also=("联络人", "负责人", "联系老师", "联系教师", "whom to call", "contact person")),
        Column("phone", "联系电话", "Phone", longest=40, also=("电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "telephone", "mobile")),
    ),
)  # fmt: skip
