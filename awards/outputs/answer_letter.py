"""The answer to an objection, as a letter to whoever objected."""

from datetime import date, datetime

from awards.models import Objection
from awards.outputs.alone import alone_foot
from awards.pdf import Letter, letter_pdf
from awards.states import ObjectionState
from awards.wording import date_text, day_zh, joined, quoted

TITLE = {"zh": "异议处理答复函", "en": "Answer to your objection"}
OUTCOMES = {
    ObjectionState.UPHELD: ("异议成立", "Your objection is upheld."),
    ObjectionState.REJECTED: ("异议不成立", "Your objection is not upheld."),
    ObjectionState.WITHDRAWN: ("异议人已撤回异议", "You have withdrawn your objection."),
}


def answer_letter_pdf(objection: Objection, *, at: datetime) -> bytes:
    contest = objection.contest
    is_english = contest.settings.get("certificate_language") == "en"
    letter = in_english(objection) if is_english else in_chinese(objection)
    return letter_pdf(letter, at=at, author=joined(contest.settings.get("issuers", [])) or contest.label_zh)


def about(objection: Objection) -> str:
    return quoted(objection.entry.title) if objection.entry else ""


def decided_on(objection: Objection) -> date:
    """A letter is written once it is decided."""
    if objection.decided_at is None:
        raise ValueError("Nothing is decided yet.")
    return objection.decided_at.astimezone(objection.contest.tz).date()


def in_chinese(objection: Objection) -> Letter:
    contest = objection.contest
    received = objection.received_at.astimezone(contest.tz).date()
    decided = decided_on(objection)
    thing = f"作品{about(objection)}" if objection.entry else "获奖名单"
    outcome = OUTCOMES[ObjectionState(objection.state)][0]
    return Letter(
        title=TITLE["zh"],
        salutation=f"{objection.name or '异议人'}：",
        paragraphs=(
            f"您于{day_zh(received)}就{contest.label_zh}{thing}提出的异议收悉（受理编号 {objection.number}）。"
            f"经{objection.decider_role}{objection.decider}审议，结论为：{outcome}。现将处理意见答复如下：",
            objection.decision,
            "特此函复。",
        ),
        closing=(*contest.settings.get("issuers", []), date_text(decided, "zh")),
        foot="　".join(filter(None, [f"受理编号 {objection.number}", alone_foot(contest)])),
    )


def in_english(objection: Objection) -> Letter:
    contest = objection.contest
    received = objection.received_at.astimezone(contest.tz).date()
    decided = decided_on(objection)
    thing = f"the entry “{objection.entry.title}”" if objection.entry else "the list of awards"
    return Letter(
        title=TITLE["en"],
        salutation=f"Dear {objection.name}," if objection.name else "To whom it may concern,",
        paragraphs=(
            f"On {date_text(received, 'en')} you objected to {thing} of {contest.label_en or contest.label_zh} "
            f"(receipt {objection.number}). {objection.decider}, {objection.decider_role}, has looked into it. "
            f"{OUTCOMES[ObjectionState(objection.state)][1]}",
            objection.decision,
        ),
        closing=(*contest.settings.get("issuers", []), date_text(decided, "en")),
        foot=" · ".join(filter(None, [f"Receipt {objection.number}", alone_foot(contest)])),
    )
