"""Two outlooks compared: who moves, why, how many, which ties open and close."""

from dataclasses import replace

from awards.core.moves import HELD, Counted, GroupOutlook, Outlook, Spot, compared

GROUP = GroupOutlook(
    seats={"first": 1, "second": 1}, least={"first": (1, 94), "second": (1, 90)}, minimum={"first": None, "second": 85}
)
SPOTS = {
    "A1": Spot("创新", (1, 94), 1, "first", "plan"),
    "A2": Spot("创新", (1, 90), 2, "second", "plan"),
    "A3": Spot("创新", (1, 80), 3),
}
BEFORE = Outlook(SPOTS, {"创新": GROUP})


def after(group: GroupOutlook = GROUP, **spots: Spot | None) -> Outlook:
    found = {number: spot for number, spot in {**SPOTS, **spots}.items() if spot is not None}
    return Outlook(found, {"创新": group})


def why(outlook: Outlook) -> dict[str, list[str]]:
    return {one.number: [reason.code for reason in one.reasons] for one in compared(BEFORE, outlook).moved}


def test_the_same_outlook_moves_nothing():
    found = compared(BEFORE, after())
    assert found.moves_nothing
    assert (found.moved, found.rescored) == ((), 0)
    assert found.counts == (Counted("创新", "first", 1, 1), Counted("创新", "second", 1, 1))


def test_an_own_score_is_the_first_reason_and_the_place_of_others_theirs():
    less = replace(GROUP, least={"first": (1, 90), "second": (1, 89)})
    found = after(
        less,
        A1=Spot("创新", (1, 89), 2, "second", "plan"),
        A2=Spot("创新", (1, 90), 1, "first", "plan"),
    )
    assert why(found) == {"A1": ["score", "cut", "cut"], "A2": ["place", "cut", "cut"]}
    assert compared(BEFORE, found).rescored == 1


def test_a_score_that_comes_or_goes_is_no_zero():
    gone = Spot("创新", None, None, "")
    assert why(after(A1=gone)) == {"A1": ["score-gone"]}
    back = compared(after(A1=gone), BEFORE)
    assert [reason.code for reason in back.moved[0].reasons] == ["score-came"]


def test_places_and_minimum_of_the_plan_are_named():
    more = replace(GROUP, seats={"first": 2, "second": 1}, least={"first": (1, 90), "second": (1, 80)})
    found = after(more, A2=Spot("创新", (1, 90), 2, "first", "plan"), A3=Spot("创新", (1, 80), 3, "second", "plan"))
    assert why(found) == {"A2": ["seats", "cut", "cut"], "A3": ["cut"]}
    assert compared(BEFORE, found).counts == (Counted("创新", "first", 1, 2), Counted("创新", "second", 1, 1))
    higher = replace(GROUP, minimum={"first": None, "second": 91}, least={"first": (1, 94)})
    assert why(after(higher, A2=Spot("创新", (1, 90), 2))) == {"A2": ["minimum"]}


def test_a_group_that_comes_or_goes_and_prizes_without_a_plan():
    without = replace(BEFORE, groups={}, spots={**SPOTS, "A1": replace(SPOTS["A1"], prize="", by="")})
    assert [reason.code for reason in compared(BEFORE, without).moved[0].reasons] == ["group-gone"]
    assert [reason.code for reason in compared(without, BEFORE).moved[0].reasons] == ["group-came"]
    ballot = replace(without, spots={**SPOTS})
    assert [reason.code for reason in compared(without, ballot).moved[0].reasons] == ["by-the-rule"]


def test_who_leaves_and_who_joins():
    assert why(after(A2=None)) == {"A2": ["left"]}
    assert why(after(A4=Spot("创新", (1, 99), 1, "first", "plan"))) == {"A4": ["joined"]}
    assert why(after(A3=None)) == {}  # it had nothing


def test_a_tie_opens_and_closes():
    tied = replace(GROUP, seats=GROUP.seats, ties=frozenset([frozenset(["A2", "A3"])]))
    found = after(tied, A2=Spot("创新", (1, 90), 2, HELD), A3=Spot("创新", (1, 90), 2, HELD))
    opened = compared(BEFORE, found)
    assert opened.opened == (("A2", "A3"),)
    assert [reason.facts for one in opened.moved for reason in one.reasons if reason.code == "tie-opened"] == [
        {"number": 2},
        {"number": 2},
    ]
    closed = compared(found, BEFORE)
    assert closed.closed == (("A2", "A3"),)
    assert "tie-closed" in [reason.code for reason in closed.moved[0].reasons]
    settled = after(A2=Spot("创新", (1, 90), 2, "second", "committee"))
    assert "tie-settled" in [reason.code for reason in compared(found, settled).moved[0].reasons]


def test_titles_and_decisions_without_a_tie_move_something_too():
    assert not compared(BEFORE, replace(BEFORE, titles=frozenset([("优秀组织", "school", 1)]))).moves_nothing
    assert compared(BEFORE, replace(BEFORE, undue=frozenset(["A2"]))).undue == ("A2",)
