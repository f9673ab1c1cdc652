"""The demo year has the figures of the city's report, and breaks none of the contest's rules."""

from collections import Counter

from awards.core.eligibility import Condition, Won, failures
from awards.demo import words
from awards.demo.chance import Tables
from awards.demo.delegation import ACTIVITIES, PAINTINGS

ORDER = {"一等奖": 1, "二等奖": 2, "三等奖": 3, "": 9}


def test_year_has_the_entries_of_the_report(tables: Tables) -> None:
    counts = Counter(entry["track"] for entry in tables["entries"])
    assert counts == {
        "青少年科技创新项目": 117,
        "青少年科技创意项目": 89,
        "青少年科技实践项目": 32,
        "少儿科幻画": 123,
    }
    assert len(tables["entries"]) == 361


def test_year_has_the_delegation_of_the_report(tables: Tables) -> None:
    assert Counter(row["prize"] for row in tables["delegation"]) == {"一等奖": 1, "二等奖": 20, "三等奖": 42, "": 3}
    assert {row["date"] for row in tables["delegation"]} == {"2017-04-16"}


def test_year_has_fifty_to_seventy_schools_in_eight_districts(tables: Tables) -> None:
    assert 50 <= len({school["name"] for school in tables["schools"]}) == len(tables["schools"]) <= 70
    assert len({school["district"] for school in tables["schools"]}) == 8
    home = {school["name"]: school["district"] for school in tables["schools"]}
    rows = tables["entries"] + tables["delegation"] + tables["nominees"]
    assert all(home[row["school"]] == row["district"] for row in rows)


def test_titles_are_distinct(tables: Tables) -> None:
    titles = [row["title"] for row in tables["entries"] + tables["delegation"]]
    assert len(set(titles)) == len(titles)
    assert 40 <= max(map(len, titles)) <= 48
    assert any(row["title_en"] for row in tables["entries"])


def test_no_student_is_in_two_entries(tables: Tables) -> None:
    for sheet in ("entries", "delegation"):
        students = [(row["school"], name) for row in tables[sheet] for name in row["authors"]]
        assert len(set(students)) == len(students)


def test_authors_and_tutors_keep_to_the_tracks_limits(tables: Tables) -> None:
    limits = {track["name"]: track for track in tables["tracks"]}
    for entry in tables["entries"]:
        limit = limits[entry["track"]]
        assert len(entry["authors"]) <= limit["max_authors"]
        assert len(entry["tutors"]) <= limit["max_tutors"]
        assert bool(entry["group_name"]) == limit["is_group"] == (not entry["authors"])
    assert any(not entry["tutors"] for entry in tables["entries"])
    paintings = [entry for entry in tables["entries"] if entry["track"] == "少儿科幻画"]
    assert {(len(entry["authors"]), len(entry["tutors"]), entry["division"]) for entry in paintings} == {
        (1, 1, "小学"),
        (1, 1, "幼儿园"),
    }


def test_rare_characters_compound_surnames_and_dotted_names_occur(tables: Tables) -> None:
    names = [name for entry in tables["entries"] for name in entry["authors"]]
    assert not [rare for rare in words.RARE.split() if not any(rare in name for name in names)]
    assert not [one for one in words.COMPOUND.split() if not any(name.startswith(one) for name in names)]
    assert sum("·" in name for name in names) >= 3
    assert any(len(name) == 2 for name in names)
    assert not set(names) & set(words.AVOIDED.split())


def test_delegation_overlaps_with_the_people_of_the_autumn(tables: Tables) -> None:
    for role in ("authors", "tutors"):
        autumn = {(row["school"], name) for row in tables["entries"] for name in row[role]}
        spring = {(row["school"], name) for row in tables["delegation"] for name in row[role]}
        assert spring & autumn
        assert spring - autumn


def test_prize_plan_covers_every_track_and_division_and_extends_ties(tables: Tables) -> None:
    planned = {(row["track"], row["division"]) for row in tables["prize_plan"]}
    for entry in tables["entries"]:
        assert planned & {(entry["track"], ""), (entry["track"], entry["division"])}
    assert {row["ties"] for row in tables["prize_plan"] + tables["recognitions"]} == {"extend"}


def conditions(tables: Tables, kind: str) -> list[Condition]:
    return [
        Condition(at, row["level"], row["contest"], ORDER[row["prize"]], row["role"],
                  tracks_excluded=row["tracks_excluded"])
        for at, row in enumerate(tables["eligibility"])
        if row["kind"] == kind
    ]  # fmt: skip


def won(tables: Tables, person: dict[str, str]) -> list[Won]:
    """What the delegation and the further achievements say; whatever was won before the window is left out."""
    found = [
        Won(row["contest"], row["level"], ORDER[row["prize"]], row["role"], row["track"])
        for row in tables["achievements"]
        if (row["name"], row["school"]) == (person["name"], person["school"]) and row["date"] >= "2015-12-01"
    ]
    for row in tables["delegation"]:
        for role, names in (("author", row["authors"]), ("tutor", row["tutors"])):
            if row["school"] == person["school"] and person["name"] in names:
                found.append(Won(row["contest"], row["level"], ORDER[row["prize"]], role, row["track"]))
    return found


def test_enough_nominees_look_eligible_and_some_do_not(tables: Tables) -> None:
    for kind, least, nominees in (("student", 9, 14), ("tutor", 3, 5)):
        asked = conditions(tables, kind)
        people = [row for row in tables["nominees"] if row["kind"] == kind]
        eligible = [
            row for row in people if any(not failures(one, prize) for one in asked for prize in won(tables, row))
        ]
        assert len(people) == len({(row["name"], row["school"]) for row in people}) == nominees
        assert least <= len(eligible) < nominees


def test_every_member_votes_once_on_every_nominee(tables: Tables) -> None:
    votes = [(row["member"], row["nominee"]) for row in tables["votes"]]
    members = {member for member, _ in votes}
    assert len(members) == tables["mayors_award"][0]["members"]
    assert Counter(votes) == Counter((one, row["number"]) for one in members for row in tables["nominees"])
    assert sum(row["choice"] == "recused" for row in tables["votes"]) == 2


def test_paintings_and_practice_of_the_delegation_do_not_count(tables: Tables) -> None:
    sent = {row["track"] for row in tables["delegation"]}
    assert all({PAINTINGS, ACTIVITIES} == set(row["tracks_excluded"]) <= sent for row in tables["eligibility"])
