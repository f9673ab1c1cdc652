"""基层赛事情况统计表 of a unit: what it reports of its own contest, to be stamped; the code names the version."""

from awards.pdf import Column, Group, TablePaper, table_pdf
from competition.core.form_codes import report_code
from competition.models import UnitReport

COLUMNS = (
    Column("组别", "Division", 1.6), Column("参赛学校（所）", "Schools", 1.0, "center"),
    Column("参赛学生（人）", "Pupils", 1.0, "center"), Column("作品（件）", "Works", 1.0, "center"),
)  # fmt: skip


def report_pdf(report: UnitReport) -> bytes:
    names = {one.code: one.label_zh for one in report.contest.divisions.all()}
    rows = [(names.get(code, code), *map(str, numbers)) for code, *numbers in report.lines]
    whole = ("合计", str(report.schools), str(report.pupils), str(report.works))
    return table_pdf(
        TablePaper(
            title=f"{report.contest.label_zh}基层赛事情况统计表",
            subtitle=f"{report.district.label_zh}　第 {report.version} 次填报",
            columns=COLUMNS,
            groups=(Group("", (*rows, whole), 1),),
            foot="同一所学校参加多个组别的，合计中只计一次。" if rows else "",
            qr=report_code(report.key, report.digest),
            closing=(
                "填表人：                    联系电话：                    ",
                f"{report.district.label_zh}（盖章）：                    日期：      年    月    日",
            ),
        ),
        at=report.at,
        author=report.district.label_zh,
    )
