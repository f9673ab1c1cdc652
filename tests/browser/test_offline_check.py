"""The check of a certificate in a browser whose network is gone: what the page says, and that it asks for nothing."""

from tests.browser.marks import BROWSER
from tests.factories.desks import Desk
from tests.factories.signing import flipped

pytestmark = BROWSER
ONE = """
from awards.models import Certificate
one = Certificate.objects.exclude(code="").filter(state="valid", kind="author").first()
print("CODE", one.code, "".join(one.recipients))
"""


def a_certificate(desk: Desk) -> tuple[str, str]:
    printed = desk.run("shell", "-c", ONE)
    _, code, names = next(line for line in printed.splitlines() if line.startswith("CODE")).split(" ", 2)
    return code, names


def said(page) -> set[str]:
    page.wait_for_selector("[data-answer]:not([hidden]), [data-names]:not([hidden])")
    return set(page.locator("#answers .notice-heading:visible").all_inner_texts())


def test_valid_changed_and_other_names_are_told_without_a_network(page, server, desk):
    code, names = a_certificate(desk)
    listed = page.request.get("/certificates/list.json").body()
    page.goto("/certificates/offline/")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.context.set_offline(True)
    page.set_input_files("#list", {"name": "list.json", "mimeType": "application/json", "buffer": listed})
    for typed, name, expected in (
        (f"{server}/C/{code}".upper(), names, {"这张证书有效", "姓名一致"}),
        (code, names + "某", {"姓名不一致"}),
        (flipped(code, 60), names, {"编码被改动"}),
        (flipped(code, 28), "", {"这张证书是伪造的"}),
        (code[:26], "", {"早期编码不带签名"}),
        (code[:100], "", {"编码不完整"}),
    ):
        page.fill("#code", typed)
        page.fill("#names", name)
        page.get_by_role("button", name="查验", exact=True).click()
        page.wait_for_function("words => words.every(one => document.querySelector('#answers').innerText.includes(one))",
                               arg=list(expected))  # fmt: skip
        assert said(page) == expected
    forged = listed.replace(b"revoked", b"revokee", 1)
    page.set_input_files("#list", {"name": "list.json", "mimeType": "application/json", "buffer": forged})
    page.fill("#code", code)
    page.get_by_role("button", name="查验", exact=True).click()
    page.wait_for_selector("text=名单不可信")
    assert asked == []
