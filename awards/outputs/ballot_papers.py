"""Papers of the committee's ballot: ballots to print, the count of a round to sign, the minutes of a meeting."""

from datetime import datetime

from awards.core.ballot import Count, Tally, counted
from awards.models import AwardTerms, Ballot, Meeting, Nomination
from awards.pdf import Column, Group, TablePaper, table_pdf
from awards.pdf.score_sheets import ScoreSheet, ScoreSheetLabels, score_sheets_pdf
from awards.services.balloting import outlook
from awards.services.mayor import members_of, rules_of
from awards.states import Choice, RoundState, RoundWay
from competition.models import Contest

MAJORITY_OF = {"cast": "参加表决的委员", "present": "到会委员", "members": "全体委员"}
WHY = {"over": "超过应选人数", "unclear": "无法辨认", "foreign": "非本次选票", "other": "其他"}
CHOICES = {Choice.YES: "同意", Choice.NO: "不同意", Choice.ABSTAIN: "弃权", Choice.RECUSED: "回避"}
COUNTS = (
    Column("序号", "No.", 0.5, "center"), Column("编号", "Entry", 0.9), Column("候选人", "Nominee", 2.4),
    Column("同意", "For", 0.7, "center"), Column("不同意", "Against", 0.7, "center"),
    Column("弃权", "Abstained", 0.7, "center"), Column("回避", "Recused", 0.7, "center"),
    Column("应得", "Needed", 0.7, "center"), Column("结果", "Result", 0.9, "center"),
)  # fmt: skip
DATE_LINE = "日期：      年    月    日"


def names_of(contest: Contest) -> dict[int, str]:
    """Of every nominee, by entry."""
    rows = Nomination.objects.filter(entry__contest=contest).select_related("person", "school")
    return {one.entry_id: str(one) for one in rows}


def ballots_pdf(ballot: Ballot, *, at: datetime) -> bytes:
    """One ballot for each member present, all alike: nothing on them tells one from another."""
    names = names_of(ballot.contest)
    rows = tuple(
        (f"{one.position}. {names.get(one.entry_id, one.entry.number)}（{one.entry.number}）", "")
        for one in ballot.counts.select_related("entry")
    )
    labels = ScoreSheetLabels(
        heading="选票 Ballot", round="轮次 Round", judge="方式 Way", entry_number="选票 Ballot",
        entry_title=f"在相应栏内画 ○，两栏都不画为弃权；同意不超过 {ballot.cap} 名，超过的为无效票",
        track="类别 Kind", criterion="候选人 Nominee", points="同意 For", mark="不同意 Against", total="", comments="",
        signature="", date="",
    )  # fmt: skip
    sheet = ScoreSheet(
        contest=ballot.contest.label_zh, round=f"第 {ballot.round} 轮",
        judge="无记名" if ballot.is_secret else "记名", entry_number=f"应选不超过 {ballot.cap} 名", entry_title="",
        track=ballot.track.label_zh if ballot.track else "", criteria=rows, labels=labels,
    )  # fmt: skip
    title = f"{ballot.contest.label_zh}选票"
    return score_sheets_pdf([sheet] * max(ballot.present, 1), at=at, title=title, author=ballot.contest.label_zh)


def tallies_of(ballot: Ballot) -> list[tuple[int, Tally]]:
    """By position on the ballot, with what each needs."""
    rules, members = rules_of(ballot.track.terms), members_of(ballot.contest)  # type: ignore[union-attr]
    return [
        (
            one.position,
            counted(one.entry.number, Count(one.yes, one.no, one.abstain, one.recused), ballot.present, members, rules),
        )
        for one in ballot.counts.select_related("entry")
    ]


def count_rows(ballot: Ballot) -> tuple[tuple[str, ...], ...]:
    """Blank where nothing was counted yet: the paper is filled in by hand."""
    names = {one.entry.number: one for one in ballot.counts.select_related("entry")}
    known, is_counted = names_of(ballot.contest), shows_counts(ballot)
    rows = []
    for position, tally in tallies_of(ballot):
        name = known.get(names[tally.nominee].entry_id, "")
        said = (tally.yes, tally.no, tally.abstain) if is_counted else ("", "", "")
        result = ("达到票数" if tally.has_passed else "未达到") if is_counted else ""
        needed = tally.needed if is_counted else ""
        rows.append(tuple(str(part) for part in (position, tally.nominee, name, *said, tally.recused, needed, result)))
    return tuple(rows)


def shows_counts(ballot: Ballot) -> bool:
    """On phones only after closing."""
    return ballot.returned is not None and (ballot.way == RoundWay.PAPER or ballot.state != RoundState.OPEN)


def numbers_line(ballot: Ballot) -> str:
    if not shows_counts(ballot):
        return f"实到 {ballot.present} 人，发出选票 ____ 张，收回 ____ 张，有效 ____ 张，无效 ____ 张"
    why = "、".join(f"{WHY[name]} {number} 张" for name, number in sorted(ballot.invalid_why.items()))
    return (
        f"实到 {ballot.present} 人，发出选票 {ballot.issued} 张，收回 {ballot.returned} 张，有效 {ballot.valid} 张，"
        f"无效 {ballot.invalid} 张{f'（{why}）' if why else ''}"
    )


def signatures(meeting: Meeting) -> tuple[str, ...]:
    lines = [f"总监票人 {meeting.chief_scrutineer}：____________"]
    if meeting.scrutineers:
        lines.append(f"监票人 {meeting.scrutineers}：____________________")
    lines.append(f"计票人 {meeting.tellers}：____________________")
    return *lines, DATE_LINE


def heading_of(ballot: Ballot) -> str:
    way = "纸质选票" if ballot.way == RoundWay.PAPER else "现场手机投票"
    kind = ballot.track.label_zh if ballot.track else ""
    void = f" · 作废：{ballot.void_reason}" if ballot.state == RoundState.VOID else ""
    said = f"{'无记名' if ballot.is_secret else '记名'}{way} · 每票同意不超过 {ballot.cap} 名"
    return f"第 {ballot.round} 轮 · {kind} · {said}{void}"


def tally_of_round_pdf(ballot: Ballot, *, at: datetime) -> bytes:
    """计票单: to sign; blank, to be filled in by hand, while nothing is counted."""
    paper = TablePaper(
        title=f"{ballot.contest.label_zh}计票单",
        subtitle=heading_of(ballot),
        columns=COUNTS,
        groups=(Group(numbers_line(ballot), count_rows(ballot), 1),),
        landscape=True,
        closing=signatures(ballot.meeting) if ballot.meeting else (),
    )
    return table_pdf(paper, at=at, author=ballot.contest.label_zh)


def meeting_minutes_pdf(meeting: Meeting, *, at: datetime) -> bytes:
    """表决记录: who was there, what was fixed, each round with its counts. Who voted how only of open ballots."""
    contest = meeting.contest
    rounds = list(meeting.ballots.exclude(state=RoundState.OPEN).select_related("track__terms", "contest"))
    attendees = [one.member.name for one in meeting.attendees.select_related("member")]
    people = [("会议", f"{meeting.held_on:%Y-%m-%d} {meeting.place}"), ("主持人", meeting.chair)]
    people += [("总监票人", meeting.chief_scrutineer), ("监票人", meeting.scrutineers), ("计票人", meeting.tellers)]
    people += [(f"到会委员 {len(attendees)} 人（应到 {members_of(contest)} 人）", "、".join(attendees))]
    people += [
        (f"{track.label_zh}表决办法", terms_text(track.terms))
        for track in contest.tracks.select_related("terms")
        if hasattr(track, "terms")
    ]
    groups = [Group("会议", tuple(("", name, said, *[""] * 6) for name, said in people if said), 1)]
    groups += [
        Group(f"{heading_of(one)} · {numbers_line(one)}", (*count_rows(one), *named_rows(one)), 1) for one in rounds
    ]
    paper = TablePaper(
        title=f"{contest.label_zh}评审委员会表决记录",
        subtitle=f"第 {meeting.number} 次会议 · 表决 {len(rounds)} 轮",
        columns=COUNTS,
        groups=tuple(groups),
        landscape=True,
        closing=(*elected_lines(contest), f"主持人 {meeting.chair}：____________", *signatures(meeting)),
    )
    return table_pdf(paper, at=at, author=contest.label_zh)


def elected_lines(contest: Contest) -> list[str]:
    """Who has a place after all rounds that stand, and who is tied for one."""
    lines, names = [], names_of(contest)
    known = {one.number: names.get(one.pk, "") for one in contest.entries.all()}
    for track in contest.tracks.filter(terms__isnull=False).select_related("terms"):
        found = outlook(contest, track)
        if found is None or not found.kind.ballots:
            continue
        elected = "、".join(f"{known[number]}（{number}）" for number in found.kind.winners) or "无"
        lines.append(f"{track.label_zh}当选 {len(found.kind.winners)} 名：{elected}")
        if found.kind.held:
            lines.append(f"{track.label_zh}最后名额票数与专家名次均相同，须再投票：{'、'.join(found.kind.held)}")
    return lines


def terms_text(terms: AwardTerms) -> str:
    share = (
        "过半数"
        if (terms.majority_num, terms.majority_den) == (1, 2)
        else f"{terms.majority_num}/{terms.majority_den} 以上"
    )
    quorum = f"到会不少于 {terms.quorum_num}/{terms.quorum_den}"
    return f"名额 {terms.places} 名；{MAJORITY_OF[terms.majority_of]}{share}同意；{quorum}"


def named_rows(ballot: Ballot) -> tuple[tuple[str, ...], ...]:
    """Of an open round on phones: each member, with the nominees by what was said."""
    if ballot.is_secret:
        return ()
    said: dict[str, dict[str, list[str]]] = {}
    for vote in ballot.votes.select_related("member", "entry"):
        said.setdefault(vote.member.name, {}).setdefault(vote.choice, []).append(vote.entry.number)
    return tuple(
        (
            "",
            name,
            "；".join(f"{CHOICES[Choice(one)]} {'、'.join(numbers)}" for one, numbers in choices.items()),
            *[""] * 6,
        )
        for name, choices in said.items()
    )
