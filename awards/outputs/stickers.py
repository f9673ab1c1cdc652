"""胸牌 of those who come to the prize-giving, 邮寄标签 for the certificates of each school."""

from collections.abc import Iterator, Sequence

from awards.ceremony_style import CeremonyStyle, Seated
from awards.models import AwardList
from awards.outputs.guests import Delegation, delegations_of
from awards.pdf.label_sheets import BADGES, MAIL_SHEETS, Sticker, Text, stickers_pdf
from awards.services.by_school import Home, homes_of
from awards.wording import joined
from competition.models import Contest


def badges_pdf(contest: Contest, lists: Sequence[AwardList], style: CeremonyStyle) -> bytes:
    """One for everybody who has a seat and a name, by school. raises   GlyphMissing, DoesNotFit"""
    stickers = [
        badge
        for one in delegations_of(lists)
        for badge in badges_of(contest, one, with_tutors=style.seated == Seated.BOTH)
    ]
    author = joined(contest.settings.get("issuers", [])) or contest.label_zh
    return stickers_pdf(stickers, BADGES, at=contest.local_as_of, title=f"{contest.label_zh}胸牌", author=author)


def badges_of(contest: Contest, of: Delegation, *, with_tutors: bool) -> Iterator[Sticker]:
    """Students first."""
    home = of.name if of.school else ""
    for one in sorted(of.guests.values(), key=lambda guest: guest.is_tutor):
        if with_tutors or not one.is_tutor:
            role = "辅导教师" if one.is_tutor else "获奖学生"
            texts = (Text(contest.label_zh, 10), Text(one.name, 32, is_bold=True), Text(home, 14), Text(role, 11))
            yield Sticker(one.name, texts, is_centred=True)


def mail_labels_pdf(contest: Contest, style: CeremonyStyle) -> bytes:
    """One for each school, or unit, that has certificates. raises   GlyphMissing, DoesNotFit"""
    stickers = [mail_label(contest, one) for one in homes_of(contest)]
    author = joined(contest.settings.get("issuers", [])) or contest.label_zh
    title = f"{contest.label_zh}证书邮寄标签"
    return stickers_pdf(stickers, MAIL_SHEETS[style.mail_sheet], at=contest.local_as_of, title=title, author=author)


def mail_label(contest: Contest, home: Home) -> Sticker:
    """Room for the address, which nobody keeps here."""
    to = "　".join(filter(None, [f"{home.contact} 收" if home.contact else "", home.phone]))
    unit = home.unit if home.unit != home.name else ""
    inside = f"{contest.label_zh}　内装证书{len(home.certificates)}份"
    texts = (Text("地址：", 11), Text(home.name, 14, is_bold=True), Text(unit, 10), Text(to, 12), Text(inside, 8.5))
    return Sticker(home.name, texts)
