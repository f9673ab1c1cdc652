"""Chinese is complete, nothing asks a foreign host, every refusal has a sentence."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.core.management import call_command
from django.utils import translation

from awards.messages import FINDINGS
from competition import problems
from competition.management.commands.translations import said_twice
from competition.messages import SENTENCES

ROOT = Path(__file__).resolve().parents[2]
FOREIGN = re.compile(r"""(?:src|href|url|action|import|fetch)\s*[=(]\s*["']?(?:https?:)?//""", re.IGNORECASE)
PLACES = re.compile(r"%\(([a-z_]+)\)s")


def test_translations_are_complete():
    call_command("translations", check=True)


def test_two_apps_may_not_say_one_thing_in_two_words():
    one, other = Catalog(), Catalog()
    one.add("Next", "下一页")
    other.add("Next", "下一件", context="entry")
    assert said_twice({"competition": one, "judging": other}) == []
    other.add("Next", "下一页")
    assert said_twice({"competition": one, "judging": other}) == []
    one.add("Left", "剩余")
    other.add("Left", "未交")
    assert said_twice({"competition": one, "judging": other}) == [
        "two translations of 'Left': competition 剩余; judging 未交"
    ]


@pytest.mark.parametrize("folder", ["templates", "competition/static", "judging/static", "awards/static"])
def test_no_page_or_style_names_a_foreign_host(folder):
    for source in (ROOT / folder).rglob("*"):
        if source.suffix in (".html", ".css", ".js", ".svg"):
            text = source.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org', "")
            assert not FOREIGN.search(text), source


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_sentence_keeps_its_places(language):
    for sentences in (SENTENCES, FINDINGS, problems.SENTENCES):
        for code, sentence in sentences.items():
            with translation.override(None):
                wanted = set(PLACES.findall(str(sentence)))
            with translation.override(language):
                assert set(PLACES.findall(str(sentence))) == wanted, code


def test_every_code_that_denies_has_a_sentence():
    pattern = re.compile(r'Denial\(\s*"([a-z-]+)"')
    for room in ("competition", "judging", "awards", "config"):
        for source in (ROOT / room).rglob("*.py"):
            for code in pattern.findall(source.read_text(encoding="utf-8")):
                assert code in SENTENCES, f"{source}: {code}"
