"""Every winner on one slide, in order, and no slide fuller than a screen."""

from hypothesis import given
from hypothesis import strategies as st

from awards.core.slides import COLUMN, Told, height, slides_of

WINNERS = st.lists(
    st.builds(Told, st.text("甲乙a ", min_size=1, max_size=40), st.text("校", max_size=30), st.text("题", max_size=60)),
    max_size=40,
)


def winners(count: int) -> list[Told]:
    return [Told(f"学生{at}", "晴川一中", f"《作品{at}》") for at in range(count)]


@given(WINNERS, st.booleans())
def test_every_winner_is_on_one_slide_in_order(found, alone):
    shown = slides_of(found, alone=alone)
    assert [one for slide in shown for column in slide.columns for one in column] == found
    assert [(one.page, one.pages) for one in shown] == [(at, len(shown)) for at in range(1, len(shown) + 1)]


@given(WINNERS)
def test_no_column_is_higher_than_the_screen(found):
    for slide in slides_of(found, alone=False):
        assert 1 <= len(slide.columns) <= 2
        for column in slide.columns:
            assert column and (len(column) == 1 or sum(map(height, column)) <= COLUMN)


def test_alone_each_has_a_slide():
    assert [len(one.columns[0]) for one in slides_of(winners(3), alone=True)] == [1, 1, 1]


def test_slides_of_one_prize_are_filled_evenly():
    def counts(number):
        return [[len(column) for column in one.columns] for one in slides_of(winners(number), alone=False)]

    assert counts(4) == [[4]] and counts(5) == [[3, 2]] and counts(8) == [[4, 4]]
    assert sorted(number for slide in counts(9) for number in slide) == [2, 2, 2, 3]


def test_long_names_alone_are_smaller():
    assert Told("李一").size == 1 and Told("长" * 20).size == 2 and Told("长" * 90).size == 5
