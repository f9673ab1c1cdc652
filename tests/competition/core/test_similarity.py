"""Similar works: laws of the index and of the passages, small cases by hand, and what must not be a hint."""

import io
import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competition.core.similarity import (
    Index,
    Match,
    Pair,
    Passage,
    SimilarityInputError,
    all_matches,
    build_index,
    extended,
    grams,
    matches,
    normalised,
    passages,
    texts,
    without,
)
from competition.core.similarity.index import SHORT
from competition.core.similarity.search import TWINS

SYLLABLES = "山川湖海风云雨雪花草树木鸟鱼虫兽金石竹丝红橙黄绿青蓝紫春夏秋冬早晚温湿光热电磁声波水土气味根茎叶果种芽细胞菌藻机器人轮轴杆绳灯镜桥塔车船"
LETTERS = [
    "alder",
    "birch",
    "cedar",
    "dune",
    "ember",
    "fjord",
    "grove",
    "heath",
    "inlet",
    "jetty",
    "knoll",
    "ledge",
    "marsh",
    "notch",
    "ocean",
    "plain",
    "quarry",
    "ridge",
    "shore",
]
FORM = "本作品为学生在教师指导下独立完成，申报者承诺所提交材料真实有效，研究背景、研究方法、研究结果与创新点如下所述："
any_text = st.text(
    st.characters() | st.sampled_from(list("ab Z９1。，_智能浇花\u200b\u0301ﬁ㍿½İßﾞ각\ud800\U0002cc56")), max_size=60
)
some_text = st.text("ab 智能浇花，", max_size=50)


def chinese(seed: int, sentences: int = 8) -> str:
    rng = random.Random(seed)
    return "".join("".join(rng.choices(SYLLABLES, k=rng.randint(9, 20))) + "。" for _ in range(sentences))


def english(seed: int, sentences: int = 8) -> str:
    rng = random.Random(seed)
    return " ".join(" ".join(rng.choices(LETTERS, k=rng.randint(8, 14))).capitalize() + "." for _ in range(sentences))


def changed(text: str, share: float, seed: int) -> str:
    """A share of the characters replaced, then the sentences shuffled."""
    rng = random.Random(seed)
    letters = list(text)
    for place in rng.sample(range(len(letters)), round(share * len(letters))):
        letters[place] = rng.choice(SYLLABLES)
    sentences = "".join(letters).split("。")
    rng.shuffle(sentences)
    return "。".join(sentences)


def corpus(count: int) -> dict[str, str]:
    return {f"{row:04d}": (english if row % 4 == 3 else chinese)(row) for row in range(count)}


def index_of(works: dict[str, str]) -> Index:
    return build_index(list(works.values()), list(works))


WORKS = corpus(120)
INDEX = index_of(WORKS)


# ------------------------------------------------------------------ what is compared


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("智能浇花装置", "智能浇花装置"),
        ("智能 浇花\n装置！", "智能浇花装置"),
        ("ＡＢＣ１２３", "abc123"),
        ("Hello,   World!", "hello world"),
        ("snake_case", "snake case"),
        ("基于 Arduino 的装置", "基于arduino的装置"),
        ("基于Arduino的装置", "基于arduino的装置"),
        ("35.2℃", "35 2 c"),
        ("wa\u200bter\u00ad", "water"),
        ("e\u0301tude É", "étude é"),
        ("Straße", "strasse"),
        ("葛\U000e0100城", "葛城"),
        ("発電 カー", "発電カー"),
        ("\U0002cc56㛃䶮\ue863", "\U0002cc56㛃䶮\ue863"),
        ("\U00031350 \U0002cc56", "\U00031350\U0002cc56"),
        ("國国", "國国"),
        ("\ud800a\udfff", "a"),
        ("—— …", ""),
        ("", ""),
    ],
)
def test_text_is_normalised(text, plain):
    assert normalised(text) == plain


@given(any_text)
def test_normalising_twice_is_normalising_once(text):
    assert normalised(normalised(text)) == normalised(text)


@given(any_text)
def test_places_belong_to_the_normalised_text(text):
    found = texts.placed(text)
    assert found.text == normalised(text)
    assert len(found.starts) == len(found.ends) == len(found.text)
    assert all(0 <= start < end <= len(text) for start, end in zip(found.starts, found.ends, strict=True))
    assert (np.diff(found.starts) >= 0).all()


def test_every_character_that_folding_may_change_keeps_its_place():
    """All of the BMP that is no plain Han, and the letters and signs of mathematics, squares and emoji."""
    codes = [*range(0x3400), *range(0xA000, 0xAC00), *range(0xF000, 0x10000), *range(0x1D000, 0x1F300)]
    assert [chr(code) for code in codes if texts.placed(chr(code)).text != normalised(chr(code))] == []


@given(any_text)
def test_wide_characters_say_as_much_as_three_letters(text):
    plain = normalised(text)
    wide = texts.wide(texts.codes_of(plain))
    assert texts.substance(plain) == pytest.approx(sum(1 if one else 1 / 3 for one in wide))


def test_grams_are_three_around_a_wide_character_and_eight_of_letters():
    starts, lengths, hashes = grams.windows("abcdefghi智能")
    found = {
        "abcdefghi智能"[start : start + size] for start, size in zip(starts.tolist(), lengths.tolist(), strict=True)
    }
    assert found == {"abcdefgh", "bcdefghi", "hi智", "i智能"}
    assert len(set(hashes.tolist())) == 4


@given(st.lists(some_text, max_size=6))
def test_grams_of_many_texts_are_those_of_each(many):
    starts, columns = grams.columns_of(many)
    each = [columns[start:end].tolist() for start, end in pairwise(starts)]
    assert each == [grams.columns_of([text])[1].tolist() for text in many]
    assert all(one == sorted(set(one)) for one in each)


def test_batches_change_nothing(monkeypatch):
    whole = grams.columns_of(list(WORKS.values()))
    monkeypatch.setattr(grams, "BATCH", 700)
    parts = grams.columns_of(list(WORKS.values()))
    assert all(np.array_equal(a, b) for a, b in zip(whole, parts, strict=True))


# ------------------------------------------------------------------ laws of the index


def test_a_text_matches_itself_with_score_1_and_no_other():
    assert [matches(INDEX, text) for text in WORKS.values()] == [[Match(key, 1.0)] for key in WORKS]


def test_dress_of_a_text_does_not_matter():
    text = WORKS["0000"]
    assert matches(INDEX, text.replace("。", " ！\n")) == [Match("0000", 1.0)]
    assert matches(INDEX, WORKS["0003"].upper().replace(" ", "\u3000")) == [Match("0003", 1.0)]


@settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(rng):
    works = corpus(30) | {"copy": changed(WORKS["0001"], 0.15, 1), "twin": WORKS["0002"]}
    shuffled = dict(rng.sample(list(works.items()), len(works)))
    one, other = index_of(works), index_of(shuffled)
    assert all_matches(one) == all_matches(other)
    for text in (works["copy"], WORKS["0001"], WORKS["0002"]):
        assert matches(one, text) == matches(other, text)


@pytest.mark.parametrize("share", [0.05, 0.15, 0.3])
def test_changed_copies_are_found_and_nothing_else(share):
    rows = [key for key in WORKS if int(key) % 4 != 3]
    found = {key: [match.key for match in matches(INDEX, changed(WORKS[key], share, int(key)))] for key in rows}
    assert found == {key: [key] for key in rows}


def test_more_changes_never_look_more_alike():
    scores = [matches(INDEX, changed(WORKS["0004"], share, 5), least=0)[0].score for share in (0, 0.05, 0.15, 0.3)]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] < scores[0] <= 1


def test_half_a_text_is_found():
    text = WORKS["0005"]
    assert [match.key for match in matches(INDEX, text[: len(text) // 2] + chinese(999, 4))] == ["0005"]


@pytest.mark.parametrize("share", [0.05, 0.15, 0.3])
def test_extended_finds_what_rebuilt_finds(share):
    works = list(WORKS.items())
    old, new = dict(works[:70]), dict(works[70:])
    grown = extended(index_of(old), list(new.values()), list(new))
    assert grown.keys == INDEX.keys
    for key in ("0001", "0069", "0070", "0118"):
        text = changed(WORKS[key], share, 7)
        assert [one.key for one in matches(grown, text)] == [one.key for one in matches(INDEX, text)] == [key]
        assert matches(grown, text)[0].score == pytest.approx(matches(INDEX, text)[0].score, abs=0.1)


def test_extending_keeps_the_worths_of_old_rows():
    old = index_of(dict(list(WORKS.items())[:70]))
    grown = extended(old, list(WORKS.values())[70:], list(WORKS)[70:])
    assert np.array_equal(grown.worths, old.worths)
    assert np.array_equal(grown.weights[: len(old.weights)], old.weights)
    assert not grown.is_due
    assert extended(old, [chinese(row) for row in range(500, 580)], [str(row) for row in range(80)]).is_due
    assert not INDEX.is_due


def test_an_index_grown_from_nothing_finds_too():
    grown = extended(build_index([], []), list(WORKS.values()), list(WORKS))
    assert [one.key for one in matches(grown, changed(WORKS["0001"], 0.15, 1))] == ["0001"]
    assert grown.is_due


def test_without_is_as_if_it_had_never_been_added():
    some = dict(list(WORKS.items())[:40])
    thinned = without(extended(index_of(some), ["x" * 400, chinese(777)], ["x", "y"]), {"x", "y", "unknown"})
    assert thinned.keys == tuple(some)
    assert thinned.to_bytes() == index_of(some).to_bytes()
    assert matches(without(INDEX, ["0001"]), WORKS["0001"]) == []
    assert without(INDEX, WORKS).keys == ()


def test_bytes_and_back_give_equal_answers():
    again = Index.from_bytes(INDEX.to_bytes())
    assert again.to_bytes() == INDEX.to_bytes()
    text = changed(WORKS["0001"], 0.3, 1)
    assert matches(again, text) == matches(INDEX, text) != []
    assert all_matches(again) == all_matches(INDEX)
    more = extended(again, [chinese(5000)], ["new"])
    assert matches(more, chinese(5000)) == [Match("new", 1.0)]


@pytest.mark.parametrize("works", [{}, {"空": ""}, {"一": "题目"}])
def test_an_index_of_nothing_is_stored_too(works):
    again = Index.from_bytes(index_of(works).to_bytes())
    assert again.keys == tuple(works)
    assert matches(again, WORKS["0001"]) == all_matches(again) == []


def broken(**changes) -> bytes:
    with np.load(io.BytesIO(INDEX.to_bytes())) as stored:
        arrays = dict(stored) | changes
    target = io.BytesIO()
    np.savez(target, **{name: array for name, array in arrays.items() if array is not None})
    return target.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"nothing of ours", INDEX.to_bytes()[:5000], broken(format=np.array([0, 1])), broken(format=np.array([1])),
     broken(keys=None), broken(keys=np.array(["a"])), broken(columns=np.zeros(3, dtype=np.int32)),
     broken(common=np.array([2**21])), broken(format=np.array([[1], [2]], dtype=object))],
)  # fmt: skip
def test_bytes_of_something_else_are_refused(data):
    with pytest.raises(SimilarityInputError):
        Index.from_bytes(data)


def test_keys_that_do_not_fit_are_refused():
    for works, keys in ((["a"], []), (["a", "b"], ["x", "x"])):
        with pytest.raises(SimilarityInputError):
            build_index(works, keys)
    with pytest.raises(SimilarityInputError):
        extended(INDEX, ["text"], ["0001"])


# ------------------------------------------------------------------ answers


def test_score_is_the_one_worked_by_hand():
    """58 grams each, 29 of them shared: worths ln(1 + 2/(2+5)) in both texts, ln(1 + 2/(1+5)) in one."""
    chars = [chr(0x4E00 + step) for step in range(91)]
    a, b = "".join(chars[:60]), "".join([*chars[:31], *chars[60:89]])
    shared, own = np.log(9 / 7) ** 2, np.log(8 / 6) ** 2
    expected = 29 * shared / (29 * shared + 29 * own)
    assert round(expected, 4) == 0.4328
    index = build_index([a, b], ["a", "b"])
    assert matches(index, a) == [Match("a", 1.0), Match("b", 0.4328)]
    assert all_matches(index) == [Pair("a", "b", 0.4328)]


def test_most_and_besides_bound_the_answer():
    copies = {f"copy{step}": changed(WORKS["0001"], 0.05, step) for step in range(8)}
    index = index_of(WORKS | copies)
    found = matches(index, WORKS["0001"])
    assert len(found) == 5
    assert found[0] == Match("0001", 1.0)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert matches(index, WORKS["0001"], most=3, besides=["0001"]) == matches(index, WORKS["0001"], most=4)[1:]
    assert matches(index, WORKS["0001"], most=99, besides={"0001", *copies}) == []
    assert matches(index, WORKS["0001"], most=0) == []


def test_least_narrows_the_answer():
    text = changed(WORKS["0001"], 0.3, 1)
    (match,) = matches(INDEX, text)
    assert matches(INDEX, text, least=match.score) == [match]
    assert matches(INDEX, text, least=match.score + 0.001) == []
    assert matches(INDEX, WORKS["0001"], least=1) == [Match("0001", 1.0)]


def test_stands_out_narrows_the_answer_by_what_is_usual():
    index = index_of({key: FORM + text for key, text in WORKS.items()})
    text = FORM + changed(WORKS["0001"], 0.3, 1)
    assert [match.key for match in matches(index, text)] == ["0001"]
    assert matches(index, text, stands_out=100) == []
    assert matches(index, text, stands_out=0.1, least=0.01, most=999) != matches(index, text)


@pytest.mark.parametrize("size", [3, 10, 25])
def test_a_family_of_copies_is_found_though_it_is_usual_here(size):
    """From CERTAIN on nothing needs to stand out: many versions of one work among 120 others."""
    family = {f"f{step:02d}": changed(WORKS["0001"], 0.03, step) for step in range(size)}
    index = index_of(WORKS | family)
    assert {one.key for one in matches(index, family["f00"], most=99)} == {"0001", *family}


def test_words_of_the_form_that_everybody_leaves_in_are_no_hint():
    form = (
        "本作品为学生在教师指导下独立完成，申报者承诺所提交材料真实有效，研究背景、研究方法、研究结果与创新点如下所述："
    )
    works = {key: form + text for key, text in corpus(80).items()}
    index = index_of(works)
    assert all_matches(index) == []
    assert [one.key for one in matches(index, form + changed(WORKS["0001"], 0.15, 1))] == ["0001"]


def test_pairs_are_what_asking_for_each_text_finds():
    works = corpus(60) | {
        "copy": changed(WORKS["0001"], 0.3, 3),
        "half": WORKS["0002"][:60] + chinese(888, 4),
        "twin": WORKS["0003"],
    }
    index = index_of(works)
    asked = {
        Pair(min(key, match.key), max(key, match.key), match.score)
        for key, text in works.items()
        for match in matches(index, text, most=99, besides={key})
    }
    found = all_matches(index)
    assert set(found) == asked
    assert len(found) == len(asked)
    assert [(pair.one, pair.other) for pair in found] == [("0003", "twin"), ("0002", "half"), ("0001", "copy")]
    assert found[0].score == 1


def test_a_few_unrelated_works_are_not_alike():
    for size in range(1, 12):
        assert all_matches(index_of({key: text for key, text in WORKS.items() if int(key) < size})) == []


@pytest.mark.parametrize("others", [0, 1, 2, 5])
def test_a_copy_is_found_among_few(others):
    index = index_of({"original": WORKS["0001"]} | {str(row): chinese(row + 300) for row in range(others)})
    assert [one.key for one in matches(index, changed(WORKS["0001"], 0.15, 1))] == ["original"]


# ------------------------------------------------------------------ short, empty, rare, long


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("智能浇花装置", "智能窗帘装置"),
        ("基于单片机的智能浇花装置的设计与制作", "基于单片机的智能窗帘装置的设计与制作"),
        ("我校校园生活垃圾分类处置情况的调查与思考——以回收物流向为主线", "茶园生活垃圾分类处置情况的调查与思考——以回收物流向为主线"),
        ("Smart Watering Device Based on Arduino", "Smart Curtain Device Based on Arduino"),
        ("An automatic waste sorting machine for the campus", "A smart waste sorting machine for the campus"),
    ],
)  # fmt: skip
def test_titles_alone_are_no_hint_unless_equal(one, other):
    index = build_index([one, *WORKS.values()], ["title", *WORKS])
    assert matches(index, other) == []
    assert matches(index, f" {one}。") == [Match("title", 1.0)]
    assert all_matches(build_index([one, other], ["a", "b"])) == []
    assert all_matches(build_index([one, one + "！"], ["a", "b"])) == [Pair("a", "b", 1.0)]


def test_texts_are_short_up_to_the_border():
    chars = "".join(chr(0x4E00 + step) for step in range(SHORT))
    assert matches(build_index([chars], ["a"]), "新" + chars) != []
    assert matches(build_index([chars[1:]], ["a"]), chars) == []


@pytest.mark.parametrize("text", ["", " ", "。。。", "无", "N/A", "abc", "\ud800", "\u200b"])
def test_blank_texts_are_similar_to_none(text):
    assert matches(build_index([text, text], ["a", "b"]), text) == []
    assert all_matches(build_index([text, text], ["a", "b"])) == []
    assert matches(build_index([], []), text) == []


def test_a_text_that_a_thousand_gave_makes_few_pairs():
    keys = [f"{row:04d}" for row in range(1000)]
    assert len(all_matches(build_index(["见附件说明"] * 1000, keys))) < 1000 * TWINS
    pairs = all_matches(build_index([WORKS["0001"]] * 60, keys[:60]))
    assert len(pairs) < 60 * TWINS
    assert {pair.score for pair in pairs} == {1.0}
    assert {key for pair in pairs for key in (pair.one, pair.other)} == set(keys[:60])


def test_rare_characters_count():
    text = "\U0002cc56\U0002cc9f䶮㛃" * 3 + chinese(71)
    other = text.replace("\U0002cc56", "頠").replace("䶮", "\ue863")
    index = build_index([text], ["rare"])
    assert matches(index, text) == [Match("rare", 1.0)]
    (match,) = matches(index, other)
    assert 0.5 < match.score < 1
    assert passages(text, text) == [Passage(0, len(text) - 1, 0, len(text) - 1)]  # all but the last 。


def test_a_lone_surrogate_breaks_nothing():
    index = build_index([WORKS["0001"] + "\ud83d", "\udc00" * 90], ["a", "b"])
    assert matches(index, "\ud83d" + WORKS["0001"]) == [Match("a", 1.0)]
    assert passages("\ud83d" + WORKS["0001"], WORKS["0001"])[0].start_a == 1


@pytest.mark.parametrize(
    "text", ["智能浇花装置。" * 150_000, "smart device " * 80_000, "啊" * 1_000_000, chinese(1) * 7_000]
)
def test_a_megabyte_is_no_trouble(text):
    index = build_index([text, *WORKS.values()], ["long", *WORKS])
    assert matches(index, text)[0] == Match("long", 1.0)
    found = passages(text, "前" + text)
    assert found
    assert sum(one.end_a - one.start_a for one in found) > 15_000


# ------------------------------------------------------------------ passages


def marked(a: str, b: str, **options) -> list[tuple[str, str]]:
    return [(a[one.start_a : one.end_a], b[one.start_b : one.end_b]) for one in passages(a, b, **options)]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("今天我们研究智能浇花装置的设计。", "他们也研究智能浇花装置的设计吗", [("研究智能浇花装置的设计", "研究智能浇花装置的设计")]),
        ("研究智能 浇花，装置的设计", "《研究智能浇花装置（的）设计》", [("研究智能 浇花，装置的设计", "研究智能浇花装置（的）设计")]),
        ("利用废旧塑料制作花盆。测量土壤的含水量。", "测量土壤的含水量。利用废旧塑料制作花盆。",
         [("利用废旧塑料制作花盆", "利用废旧塑料制作花盆"), ("测量土壤的含水量", "测量土壤的含水量")]),
        ("一台能自动浇水的花盆托架模型", "一台能定时浇水的花盆托架模型", [("一台能自动浇水的花盆托架模型", "一台能定时浇水的花盆托架模型")]),
        ("The soil probe reads the moisture every hour.", "Our SOIL PROBE reads the moisture, daily", [("soil probe reads the moisture", "SOIL PROBE reads the moisture")]),
        ("underwatering of the young garden plants", "watering of the young garden plants", [("of the young garden plants", "of the young garden plants")]),
        ("基于Arduino的智能浇花装置", "基于 ARDUINO 的智能浇花装置", [("基于Arduino的智能浇花装置", "基于 ARDUINO 的智能浇花装置")]),
        ("智能浇花装置", "智能窗帘装置", []),
        ("國產智能澆花裝置的設計", "国产智能浇花装置的设计", []),
        ("", "智能浇花装置的设计", []),
        ("", "", []),
    ],
)  # fmt: skip
def test_passages_of_small_texts(a, b, expected):
    assert marked(a, b) == expected


def test_shortest_and_gap_decide_what_is_a_passage():
    a, b = "一台能自动浇水的花盆托架模型", "一台能定时浇水的花盆托架模型"
    assert marked(a, b, gap=0) == [("浇水的花盆托架模型", "浇水的花盆托架模型")]
    assert marked(a, b, gap=0, shortest=10) == []
    assert marked(a, b, gap=1, shortest=3) == [("一台能", "一台能"), ("浇水的花盆托架模型", "浇水的花盆托架模型")]


@pytest.mark.parametrize("kind", [chinese, english])
def test_a_text_is_one_passage_of_itself(kind):
    text = kind(1)
    assert passages(text, text) == [Passage(0, len(text) - 1, 0, len(text) - 1)]


@given(
    st.lists(st.sampled_from("智能浇花装置的设计ab ﬁ㍿½，e\u0301"), max_size=60).map("".join),
    st.randoms(use_true_random=False),
)
def test_marked_texts_lie_inside_apart_and_are_equal_after_normalisation(text, rng):
    other = list(text)
    for _ in range(3):
        cut = rng.randint(0, len(other))
        other = [*other[cut:], "新", *other[:cut]]
    other = "".join(other)
    for gap in (0, 3):
        found = passages(text, other, shortest=3, gap=gap)
        assert all(0 <= one.start_a < one.end_a <= len(text) for one in found)
        assert all(0 <= one.start_b < one.end_b <= len(other) for one in found)
        for spans in ([(one.start_a, one.end_a) for one in found], sorted((one.start_b, one.end_b) for one in found)):
            assert all(end <= start for (_, end), (start, _) in pairwise(spans))
        if gap == 0:
            assert all(normalised(one) == normalised(two) for one, two in marked(text, other, shortest=3, gap=0))


@given(some_text, some_text)
def test_passages_are_the_same_from_both_sides_in_size(a, b):
    one, other = passages(a, b, shortest=3, gap=0), passages(b, a, shortest=3, gap=0)
    assert bool(one) == bool(other)


@pytest.mark.parametrize("share", [0.05, 0.15])
def test_most_of_a_changed_copy_is_marked(share):
    text = WORKS["0001"]
    copy = changed(text, share, 4)
    assert sum(one.end_a - one.start_a for one in passages(text, copy)) > 0.6 * len(text)


def test_unrelated_texts_have_no_passages():
    assert passages(WORKS["0000"], WORKS["0001"]) == []
