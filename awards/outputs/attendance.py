"""Sheets of a training: 签到表 to sign before it, 签领表 to sign when certificates are handed over."""

from awards.core.attending import MOST_DAYS, days_between, span_zh
from awards.models import Training
from awards.pdf import Column, Group, TablePaper, table_pdf
from awards.services.attendance import moment_of, printed
from awards.states import ParticipantState
from awards.wording import joined

ROOM_TO_SIGN = 27.0  # points
TO_SIGN = "                              日期：        年    月    日"


def subtitle_of(training: Training) -> str:
    where = f"　{training.place}" if training.place else ""
    return f"{span_zh(training.begins_on, training.ends_on)}{where}　共{training.hours}学时"


def hand_over_sheet(training: Training) -> bytes:
    """签领表: whoever takes a certificate signs for its number."""
    columns = (
        Column("序号", "No.", 0.5, "center"), Column("证书编号", "Certificate", 1.5), Column("姓名", "Name", 1.2),
        Column("单位", "Unit", 2.3), Column("学时", "Hours", 0.6, "center"), Column("签领", "Signature", 1.5),
        Column("日期", "Date", 0.9),
    )  # fmt: skip
    rows = tuple(
        (str(at), one.number, one.name, one.unit, one.hours, "", "") for at, one in enumerate(printed(training), 1)
    )
    return sheet(training, "签领表", columns, rows, f"发放人签名：{TO_SIGN}")


def sign_in_sheet(training: Training) -> bytes:
    """签到表: printed before the training, a column a day."""
    days = days_between(training.begins_on, training.ends_on)[:MOST_DAYS]
    columns = (
        Column("序号", "No.", 0.5, "center"), Column("姓名", "Name", 1.2), Column("单位", "Unit", 2.4),
        *(Column(f"{day.month}月{day.day}日", f"{day:%d %b}", max(3.2 / len(days), 0.8)) for day in days),
        Column("备注", "Remarks", 0.9),
    )  # fmt: skip
    states = (ParticipantState.LISTED, ParticipantState.ISSUED)
    found = training.participants.filter(state__in=states).order_by("order", "version")
    rows = tuple((str(at), one.name, one.unit, *[""] * len(days), "") for at, one in enumerate(found, 1))
    return sheet(training, "签到表", columns, rows, f"会务人员签名：{TO_SIGN}", landscape=len(days) > 2)


def sheet(
    training: Training, what: str, columns: tuple[Column, ...], rows: tuple[tuple[str, ...], ...], closing: str,
    *, landscape: bool = False,
) -> bytes:  # fmt: skip
    paper = TablePaper(
        title=f"{training.label_zh}{what}",
        subtitle=subtitle_of(training),
        columns=columns,
        groups=(Group("", rows, 1),),
        landscape=landscape,
        closing=(closing,),
        least_row=ROOM_TO_SIGN,
    )
    return table_pdf(paper, at=moment_of(training), author=joined(training.issuers) or training.label_zh)
