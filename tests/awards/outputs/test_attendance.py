"""Certificates of attendance and the sheets of a training, as they are printed."""

import pytest
import time_machine

from awards.outputs.attendance import hand_over_sheet, sign_in_sheet
from awards.pdf import GlyphMissing
from awards.services.attendance import certificates_of_attendance, printed
from awards.services.certificates import verification_url
from awards.services.trainings import change_training, issue_attendance, revoke_participant
from tests.awards.pdf.reading import assert_sound, image, texts
from tests.factories.training import AT, DETAILS, called, issued, listed, training

pytestmark = pytest.mark.django_db


def all_of(made) -> bytes:
    return certificates_of_attendance(made, printed(made))


def test_a_certificate_says_who_what_when_and_how_long():
    first, second = texts(all_of(issued()))
    said = "于2026年5月8日至10日在东州科技馆参加东州市科技辅导员培训班，共16学时，考核合格，特发此证。"
    assert "甲一丁同志：" in first and said in first and "2026-PX01-0001" in first
    assert "培训结业证书" in first and "东州市科学技术协会" in first and "单位：东区小学" in first
    english = "attended the Dongzhou Training Course for Science Tutors, 8–10 May 2026, for 16 hours and passed"
    assert english.replace(" ", "") in first
    assert "乙二丙同学：" in second and "共3.5学时" in second and "学校：西区小学" in second


def test_without_an_assessment_nothing_is_said_of_one():
    text = texts(all_of(issued(is_assessed=False, label_en="", label_zh="科技夏令营", place="")))[0]
    assert "参训证明" in text and "考核" not in text and "Thisistocertify" not in text
    assert "日参加科技夏令营，共16学时，特发此证。" in text


def test_a_name_that_does_not_say_training_gets_the_word():
    assert "参加“机器人”培训，共" in texts(all_of(issued(label_zh="机器人")))[0]


def test_a_reprint_is_the_same_bytes_and_one_alone_says_the_same():
    made = issued()
    before, one = all_of(made), certificates_of_attendance(made, [called(made, "乙二丙")])
    listed(made, [["丁三", "东区小学", "", "", ""]])
    with time_machine.travel("2027-01-02"):
        assert all_of(made) == before
    assert certificates_of_attendance(made, [called(made, "乙二丙")]) == one
    assert texts(one) == [texts(before)[1]]
    issue_attendance(training=made, by=None, at=AT)
    assert texts(all_of(made))[:2] == texts(before)
    assert_sound(before)


def test_a_revoked_certificate_is_not_printed():
    made = issued()
    revoke_participant(participant=called(made, "甲一丁"), reason="误", by=None, at=AT)
    assert [one.name for one in printed(made)] == ["乙二丙"]


def test_the_code_leads_to_its_check():
    zxingcpp = pytest.importorskip("zxingcpp")
    made = issued()
    read = zxingcpp.read_barcodes(image(certificates_of_attendance(made, [called(made, "甲一丁")])))
    assert [one.text for one in read] == [verification_url(called(made, "甲一丁").code)]


def test_rare_characters_are_printed_and_unknown_ones_name_their_certificate():
    made = issued(rows=[["欧阳䶮", "𬱖校", "", "", ""], ["阿卜杜拉·买买提江", "甲校", "", "", ""]])
    first, second = texts(all_of(made))
    assert "欧阳䶮" in first and "𬱖校" in first and "阿卜杜拉·买买提江" in second
    made.participants.filter(name="欧阳䶮").update(name="欧\U000f0000")
    with pytest.raises(GlyphMissing) as missing:
        all_of(made)
    assert missing.value.where == "2026-PX01-0001"


def test_very_long_words_still_fit():
    name, unit, title = "买买提" * 20, "实验学校" * 25, "培训" * 50
    made = issued(rows=[[name, unit, "", "", ""]], label_zh=title, issuers=("科学技术协会" * 6,) * 6)
    assert len(texts(all_of(made))) == 1


def test_the_hand_over_sheet_has_every_number_to_be_signed():
    made = issued()
    revoke_participant(participant=called(made, "甲一丁"), reason="误", by=None, at=AT)
    (text,) = texts(hand_over_sheet(made))
    assert "签领表" in text and "2026-PX01-0002" in text and "甲一丁" not in text


def test_the_sign_in_sheet_is_there_before_the_training_with_a_column_a_day():
    made = listed(training())
    (text,) = texts(sign_in_sheet(made))
    assert all(word in text for word in ("签到表", "甲一丁", "乙二丙", "5月8日", "5月9日", "5月10日"))
    change_training(training=made, details=DETAILS.__class__(**DETAILS.__dict__ | {"ends_on": DETAILS.begins_on}), by=None,
                    at=AT)  # fmt: skip
    made.refresh_from_db()
    assert "5月9日" not in texts(sign_in_sheet(made))[0]
