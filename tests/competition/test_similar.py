"""Similar works beside the check."""

import threading
import time

import pytest

from competition import similar
from competition.similar import similar_to
from tests.factories.entering import handed_in

TEXT = (
    "用湿度传感器判断花盆里的土壤是否缺水，缺水时亮起红灯并发出提示音，主人听到后浇水。作者比较了三种传感器在不同土壤"
    "中的读数，记录了四周的数据，发现电容式的最稳定，于是用它做成了第二代，并在教室里试用了一个学期，节约了不少水。"
)
REST = "此外还调查了小区里四十户人家养花的习惯，按楼层和朝向整理成表格，给出三条建议，供居委会和物业在春季统一发放花盆时参考。"
OTHER = "底座里装有电机，隔半小时朝阳光转动一次，使叶子均匀受光；停电时靠发条继续转，夜里自动停下，早晨再从原处开始。"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_the_share_of_this_text_ranks_and_is_marked(made):
    mine = handed_in(made, "会提醒的花架", abstract=TEXT)
    handed_in(made, "浇花器", abstract=REST + TEXT + REST[::-1], authors=[{"name": "赵一", "grade": 5}])
    handed_in(made, "转盘", abstract=TEXT[:80] + OTHER[:30], authors=[{"name": "钱二", "grade": 5}])
    first, second = similar_to(mine)
    assert (first.entry.title, second.entry.title) == ("浇花器", "转盘")
    assert first.percent > 80 > second.percent > 20
    assert "<mark>" in first.mine and "<mark>" in first.theirs


def test_the_index_is_brought_up_to_date_beside_the_request(
    made, settings, monkeypatch, django_capture_on_commit_callbacks
):
    settings.INDEX_IN_BACKGROUND = True
    asked = threading.Event()
    monkeypatch.setattr(similar, "current_index", asked.set)
    with django_capture_on_commit_callbacks(execute=True):
        handed_in(made)
    assert asked.wait(5)


def test_one_refresh_runs_at_a_time(settings, monkeypatch):
    settings.INDEX_IN_BACKGROUND = True
    started, go_on = [], threading.Event()
    monkeypatch.setattr(similar, "current_index", lambda: (started.append(1), go_on.wait(5)))
    for _ in range(3):
        similar.refresh_soon()
    go_on.set()
    while similar._refreshing.locked():
        time.sleep(0.01)
    assert len(started) == 1


def test_markup_in_a_text_is_only_text(made):
    mine = handed_in(made, "<b>花架</b>", abstract=TEXT + "<script>")
    handed_in(made, "浇花器", abstract=TEXT + "<script>", authors=[{"name": "赵一", "grade": 5}])
    (found,) = similar_to(mine)
    assert "<script>" not in found.mine + found.theirs
