"""The Mayor's Award of a workbook: an edition of its own that belongs to the contest."""

from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from awards.models import Alternative, AwardTerms, Nomination
from awards.presets import STANDS
from awards.prizes import prize_of
from awards.services.achievements import WonElsewhere, record_won_elsewhere
from awards.services.award_rules import content_of
from awards.services.mayor import VoteDetails, members_of, record_votes, save_alternatives, save_nominations, save_terms
from awards.states import AchievementKind, NomineeKind
from awards.workbook.book import Book
from awards.workbook.checks.mayor import person_of
from awards.workbook.choices import NOMINEE_KINDS, STAGES
from awards.workbook.loading.contest import People, Schools, school_of
from awards.workbook.loading.judging import load_judges, load_sheets, rubric_details
from competition.core.cells import folded
from competition.core.reading import Row
from competition.core.tokens import Mint
from competition.errors import Denial, Refused
from competition.models import Contest, Entry, Person, School, Track, User
from competition.services.contests import ContestDetails, TrackDetails, save_contest, save_tracks
from competition.services.entries import EntryDetails, save_entries
from competition.states import ContestKind, EntryState
from judging.services.rounds import RoundDetails, save_round_entries, save_rounds, save_rubrics

LABELS = {"student": ("学生", "Students"), "tutor": ("科技辅导员", "Tutors"), "school": ("学校", "Schools")}
DEFAULT_SHARE = (2, 3)
NEARLY = Fraction(1, 200)


def load_mayor(
    book: Book, contest: Contest, schools: Schools, people: People, mint: Mint, *, by: User | None, at: datetime
) -> Contest | None:
    record = book.record("mayors_award")
    if record is None:
        return None
    before = rules_voted_by(contest)
    award = save_contest(
        details=award_details(record, contest), mint=mint, has_verification=contest.has_verification, by=by, at=at,
        belongs_to=contest,
    )  # fmt: skip
    tracks = load_kinds(book, award, record, by=by, at=at)
    if before not in (None, rules_voted_by(contest)):
        raise Refused(Denial("rules-voted", {"contest": award}))
    nominees = load_nominees(book, award, tracks, schools, people, by=by, at=at)
    load_achievements(book, award, schools, people, by=by, at=at)
    load_marks(book, award, record, tracks, nominees, schools, people, by=by, at=at)
    votes = [
        VoteDetails(row["ballot"] or 1, row["member"], nominees[row["nominee"]], row["choice"])
        for row in book.rows("votes")
    ]
    record_votes(contest=award, votes=votes, by=by, at=at)
    return award


def rules_voted_by(contest: Contest) -> Any:
    """What the committee has begun to vote by on the web, which no workbook changes any more; None before."""
    award = contest.companions.filter(kind=ContestKind.AWARD).first()
    if award is None or not award.ballots.exclude(meeting=None).exists():
        return None
    return content_of(award), members_of(award)


def award_details(record: Row, contest: Contest) -> ContestDetails:
    settings: dict[str, Any] = {"seed": contest.settings.get("seed", 0)}
    for name in ("number_pattern", "title", "title_en", "members", "places_in_all"):
        if record[name]:
            settings[name] = record[name]
    for name in ("certificate_language", "certificate_title", "line"):
        if name in contest.settings:
            settings[name] = contest.settings[name]
    settings["issuers"] = list(record["issuers"] or contest.settings.get("issuers", []))
    return ContestDetails(
        name=record["name"],
        name_en=record["name_en"] or "",
        series=record["series"] or record["name"],
        level=contest.series.level,
        kind=ContestKind.AWARD,
        ordinal=record["ordinal"],
        year=contest.year,
        as_of=contest.as_of,
        places=contest.places,
        entries_per_student=None,
        settings=settings,
    )


def load_kinds(book: Book, award: Contest, record: Row, *, by: User | None, at: datetime) -> dict[str, Track]:
    """Kinds of winner that have places or nominees, as tracks; then their terms and the ways to be eligible."""
    nominated = {row["kind"] for row in book.rows("nominees")}
    kinds = [kind for kind in NOMINEE_KINDS if record[f"{kind}_places"] or kind in nominated]
    details = [TrackDetails(*LABELS[kind], *STANDS[NomineeKind(kind)]) for kind in kinds]
    saved = save_tracks(contest=award, tracks=details, by=by, at=at)
    tracks = {kind: saved[LABELS[kind][0]] for kind in kinds}
    save_terms(contest=award, terms=[terms_of(record, kind, track) for kind, track in tracks.items()], by=by, at=at)
    alternatives = [alternative_of(row, award, order, tracks) for order, row in enumerate(book.rows("eligibility"), 1)]
    save_alternatives(contest=award, alternatives=alternatives, by=by, at=at)
    return tracks


def terms_of(record: Row, kind: str, track: Track) -> AwardTerms:
    majority = record["majority"]
    quorum = record["quorum"]
    num, den = share_of(majority)
    quorum_num, quorum_den = share_of(quorum)
    return AwardTerms(
        track=track,
        places=record[f"{kind}_places"] or 0,
        nomination_places=record["nomination_places"] or 0,
        majority_num=num,
        majority_den=den,
        majority_of=record["majority_of"] or "cast",
        quorum_num=quorum_num,
        quorum_den=quorum_den,
        money=record[f"{kind}_money"] or "",
        stages=[code for word in record["stages"] or () if (code := stage_word(word))]
        if kind != NomineeKind.SCHOOL
        else [],
        born_since=record["born_since"] if kind == NomineeKind.STUDENT else None,
    )


def share_of(value: Fraction | None) -> tuple[int, int]:
    """Numerator and denominator; 0.67 and 66.7% mean two thirds, as people write them."""
    if value is None:
        return DEFAULT_SHARE
    plain = value.limit_denominator(10)
    return (plain if abs(plain - value) <= NEARLY else value).as_integer_ratio()


def alternative_of(row: Row, award: Contest, order: int, tracks: dict[str, Track]) -> Alternative:
    prize = prize_of(row["prize"])
    return Alternative(
        contest=award,
        track=tracks.get(row["kind"] or ""),
        order=order,
        level=row["level"] or "",
        contest_name=row["contest"] or "",
        prize_order=prize.order if prize else None,
        role=row["role"] or "",
        first_author_only=bool(row["first_author_only"]),
        tracks_excluded=list(row["tracks_excluded"] or ()),
        since=row["since"],
        until=row["until"],
        **more_of(row),
    )


def stage_word(word: str) -> str:
    """The stage of school that a word means; "" where it means none, which the checks have said."""
    return next((code for code, words in STAGES.items() if folded(word) in map(folded, words)), "")


def more_of(row: Row) -> dict[str, Any]:
    """What the sheet did not ask for at first."""
    return {
        "kind": row["achievement"] or AchievementKind.PRIZE,
        "other_names": list(row["other_names"] or ()),
        "tracks_included": list(row["tracks_included"] or ()),
        "years": row["years"],
    }


def load_nominees(
    book: Book,
    award: Contest,
    tracks: dict[str, Track],
    schools: Schools,
    people: People,
    *,
    by: User | None,
    at: datetime,
) -> dict[str, Entry]:
    """A nominee whom the rules kept out stays so until they are tried again, which is not the workbook's to say; whom
    schools handed in is not in it.

    raises   Refused "nominee-number-of-school"
    """
    kept_out, let_in_anyway = words_of(award)
    of_schools = {one.number: one.pk for one in handed_in_to(award)}
    if taken := sorted({row["number"] for row in book.rows("nominees")} & of_schools.keys()):
        raise Refused(Denial("nominee-number-of-school", {"contest": award, "number": "、".join(taken)}))
    details: list[EntryDetails] = []
    subjects: dict[str, Person | School] = {}
    admitted: set[str] = set()
    for row in book.rows("nominees"):
        school = school_of(book, row, schools)
        person = None if row["kind"] == "school" else people[row["kind"], row["name"], school, row["code"] or ""]
        subject = person or school
        if subject is None:
            raise ValueError("A nominee is a person or a school; the checks see to it.")
        subjects[row["number"]] = subject
        extra = {heading: text for heading, text in row.extra.items() if text}
        if row["statement"]:
            extra["主要事迹"] = row["statement"]
        state = row["state"] or EntryState.PASSED
        if state == EntryState.PASSED:
            admitted.add(row["number"])
            state = EntryState.NOT_PASSED if row["number"] in kept_out else state
        elif row["number"] in let_in_anyway:
            state = EntryState.PASSED
        details.append(
            EntryDetails(
                number=row["number"],
                title=str(subject),
                track=tracks[row["kind"]],
                school=school,
                authors=(person,) if person and row["kind"] == "student" else (),
                tutors=(person,) if person and row["kind"] == "tutor" else (),
                state=state,
                extra=extra,
            )
        )
    entries = save_entries(contest=award, entries=details, by=by, at=at, kept=of_schools.values())
    nominees = {entries[number]: subject for number, subject in subjects.items()}
    let_in = {entries[number] for number in admitted}
    save_nominations(contest=award, nominees=nominees, admitted=let_in, by=by, at=at)
    return entries


def handed_in_to(award: Contest) -> QuerySet[Entry]:
    """What schools nominated on the web."""
    return award.entries.filter(submissions__isnull=False).distinct()


def words_of(award: Contest) -> tuple[set[str], set[str]]:
    """Numbers of nominees whom the rules or the office keep out, and of those whom the office lets in anyway."""
    kept_out: set[str] = set()
    let_in: set[str] = set()
    for one in Nomination.objects.filter(entry__contest=award).select_related("entry"):
        if one.said_at:
            (let_in if one.is_admitted else kept_out).add(one.entry.number)
        elif one.is_admitted and one.reason and not one.is_eligible:
            kept_out.add(one.entry.number)
    return kept_out, let_in


def load_achievements(
    book: Book, award: Contest, schools: Schools, people: People, *, by: User | None, at: datetime
) -> None:
    """Each of the nominee of that name and school, whatever part they had in it."""
    nominees = {
        person_of(book, row): people[row["kind"], row["name"], school_of(book, row, schools), row["code"] or ""]
        for row in book.rows("nominees")
        if row["kind"] != "school"
    }
    won = [
        WonElsewhere(
            person=nominees[person_of(book, row)],
            contest_name=row["contest"],
            level=row["level"],
            prize=prize,
            role=row["role"] or "author",
            won_on=row["date"],
            track_name=row["track"] or "",
            author_order=row["author_order"] or 1,
            kind=row["achievement"] or AchievementKind.PRIZE,
            is_checked=bool(row["document"]),
        )
        for row in book.rows("achievements")
        if (prize := prize_of(row["prize"]))
    ]
    record_won_elsewhere(contest=award, won=won, by=by, at=at)


def load_marks(
    book: Book,
    award: Contest,
    record: Row,
    tracks: dict[str, Track],
    nominees: dict[str, Entry],
    schools: Schools,
    people: People,
    *,
    by: User | None,
    at: datetime,
) -> None:
    """The experts' round: one, whatever rounds the contest itself has."""
    name = book.rounds[0]
    rounds = save_rounds(contest=award, rounds=[RoundDetails(name, "Experts")], by=by, at=at)
    rubrics = [rubric_details(book, track, None, name, record) for track in tracks.values()]
    saved = save_rubrics(contest=award, rounds=rounds, rubrics=rubrics, by=by, at=at)
    of_schools = handed_in_to(award).filter(round_entries__round=rounds[name])
    save_round_entries(contest=award, wanted={rounds[name]: [*nominees.values(), *of_schools]}, by=by, at=at)
    named = dict.fromkeys(mayor_words(book), tuple(tracks.values()))
    judges = load_judges(book, award, named, nominees, schools, people, by=by, at=at)
    load_sheets(book, award, rounds, nominees, judges, saved, by=by, at=at)


def mayor_words(book: Book) -> list[str]:
    """Every word in the judges' sheet that means the Mayor's Award, folded."""
    words = {word for row in book.rows("judges") for word in row["tracks"] or () if book.is_mayor(word)}
    return [folded(word) for word in sorted(words)]
