"""The HTML report: what is in the file, and what it does in a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from contractscan.model import Clause, Document, Evidence, Muted, Report
from contractscan.renderers import render
from renderers_factory import lay_out, make_case, quote, twice, with_quote

ZH = make_case("zh")
EN = make_case("en")
TWICE = twice(ZH)
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
ATTACK = "</p><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">{{ 7*7 }}"


def page(
    report: Report, document: Document | None = None, clauses: tuple[Clause, ...] = (), language: Any = "zh"
) -> str:
    return str(render(report, "html", language=language, document=document, clauses=clauses))


def contract_text(source: str) -> str:
    """The contract as the page shows it, without page numbers."""
    (region,) = lxml_html.fromstring(source).xpath("//*[@id='text']")
    return "\n".join(p.text_content() for p in region.xpath("./p[not(contains(@class, 'page'))]"))


@pytest.mark.parametrize("case", [ZH, EN])
def test_the_contract_stands_in_the_page_word_for_word(case: Any) -> None:
    shown = contract_text(page(case.report, case.document, case.clauses))
    assert [line.strip() for line in shown.splitlines() if line] == case.document.text.split("\n")


def test_each_quote_is_a_link_to_its_finding_and_back() -> None:
    tree = lxml_html.fromstring(page(ZH.report, ZH.document, ZH.clauses))
    (passage,) = tree.xpath("//article[contains(., '已付费用不退')]//div[@data-n]")
    (target,) = passage.xpath(".//a[@class='to-text']/@href")
    (anchor,) = tree.xpath(f"//*[@id='{target[1:]}']")
    assert anchor.getnext().get("href") == "#" + passage.get("id")
    words = "".join(
        a.text_content() for a in tree.xpath(f"//a[contains(@class, 'hit')][@data-f='{passage.get('data-n')}']")
    )
    assert words == "5.1 甲方每月支付服务费人民币20,000元。合同提前终止的，已付费用概不退还。"


def test_words_quoted_by_two_findings_lead_to_both_and_look_like_the_worse() -> None:
    tree = lxml_html.fromstring(page(ZH.report, ZH.document, ZH.clauses))
    hit = next(a for a in tree.xpath("//a[contains(@class, 'hit')]") if "以乙方名义注册" in a.text_content())
    titles = [tree.xpath(f"//div[@data-n='{n}']/../h4")[0].text_content() for n in hit.get("data-f").split()]
    assert [any(words in title for words in ("账号受制于人", "登记在乙方")) for title in titles] == [True, True]
    assert "critical" in hit.get("class")


def test_overlapping_quotes_lose_no_word() -> None:
    document, clauses = lay_out(("甲方应付费。乙方应服务。", "丙方旁观。"), "zh")
    spans = [(0, 9), (3, 12), (6, 17), (0, 18)]
    evidence = tuple(Evidence(start=a, end=b, quote=document.text[a:b], marks=((a + 1, b - 1),)) for a, b in spans)
    finding = ZH.report.findings[1].model_copy(update={"evidence": evidence})
    report = ZH.report.model_copy(update={"findings": (finding,)})
    assert contract_text(page(report, document, clauses)).replace("\n", "") == "甲方应付费。乙方应服务。丙方旁观。"


def test_blanks_are_not_links_and_a_quote_is_one_link() -> None:
    tree = lxml_html.fromstring(page(EN.report, EN.document, EN.clauses, "en"))
    texts = [a.text_content() for a in tree.xpath("//a[contains(@class, 'hit')]")]
    assert texts == [line for line in EN.document.text.split("\n") if line[:4] in ("3.1 ", "5.1 ", "6.1 ", "8.2 ")]


def test_a_blank_between_two_quotes_is_no_link() -> None:
    document, clauses = lay_out(("甲方付费。 乙方服务。",), "zh")
    evidence = [Evidence(start=a, end=b, quote=document.text[a:b]) for a, b in ((0, 6), (5, 11))]
    findings = tuple(ZH.report.findings[n].model_copy(update={"evidence": (evidence[n - 1],)}) for n in (1, 2))
    tree = lxml_html.fromstring(page(ZH.report.model_copy(update={"findings": findings}), document, clauses))
    assert [a.text_content() for a in tree.xpath("//a[contains(@class, 'hit')]")] == ["甲方付费。", "乙方服务。"]


def test_findings_of_one_rule_share_a_card() -> None:
    tree = lxml_html.fromstring(page(TWICE.report, ZH.document, ZH.clauses))
    (card,) = tree.xpath("//article[contains(., '已付费用不退')]")
    assert len(card.xpath(".//div[@data-n]")) == 2
    assert card.text_content().count("要求按未履行部分退还。") == 1


def test_muted_text_is_shown_as_muted() -> None:
    start = ZH.document.text.index("第九条 数据")
    document = ZH.document.model_copy(update={"muted": (Muted(start=start, end=start + 6, reason="furniture"),)})
    tree = lxml_html.fromstring(page(ZH.report, document))
    assert [span.text for span in tree.xpath("//span[@class='muted']")] == ["第九条 数据"]


def test_page_numbers_stand_where_pages_begin() -> None:
    tree = lxml_html.fromstring(page(ZH.report, ZH.document))
    second = tree.xpath("//p[@class='page']")[1]
    assert "第2页" in second.text_content()
    assert second.getnext().text_content().strip() == "第六条 账号"


def test_a_report_of_another_version_highlights_nothing() -> None:
    other = ZH.document.model_copy(update={"text": "别的合同。" * 100, "blocks": ()})
    tree = lxml_html.fromstring(page(ZH.report, other))
    assert tree.xpath("//a[contains(@class, 'hit')]") == []
    assert tree.xpath("//a[@class='to-text']") == []


def test_without_the_contract_the_findings_stand_alone() -> None:
    tree = lxml_html.fromstring(page(ZH.report))
    assert tree.xpath("//*[@id='text']") == []
    assert len(tree.xpath("//article")) == 6


def test_nothing_is_fetched() -> None:
    tree = lxml_html.fromstring(page(ZH.report, ZH.document, ZH.clauses))
    assert tree.xpath("//link | //img | //iframe | //*[@src]") == []
    assert [href for href in tree.xpath("//@href") if not href.startswith("#")] == []


def test_links_inside_the_page_lead_somewhere_and_ids_are_unique() -> None:
    tree = lxml_html.fromstring(page(ZH.report, ZH.document, ZH.clauses))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in tree.xpath("//@href")} <= set(ids)


def test_both_languages_are_in_the_file() -> None:
    source = page(ZH.report)
    assert "账号受制于人" in source
    assert "The account is held by the other side" in source


def test_markup_in_a_contract_is_text() -> None:
    document, clauses = lay_out((ATTACK,), "zh")
    tree = lxml_html.fromstring(page(with_quote(ZH.report, ATTACK), document, clauses))
    assert len(tree.xpath("//script")) == 1
    assert tree.xpath("//img") == []
    assert tree.xpath("//blockquote")[0].text_content() == ATTACK


@given(
    words=st.text(min_size=1, max_size=80) | st.sampled_from(["\u202e", "\x00", "👩‍👩‍👧", "长" * 3000, "\r\n\x0b\x85"])
)
@settings(deadline=None, max_examples=40)
def test_html_never_raises(words: str) -> None:
    document = ZH.document.model_copy(update={"text": words, "blocks": ()})
    source = page(with_quote(ZH.report, words), document)
    assert source.rstrip().endswith("</html>")


def long_case(pages: int) -> tuple[Report, Document, tuple[Clause, ...]]:
    """A contract of so many pages of about 1,000 characters, two quoted clauses a page."""
    lines = [
        f"{page}.{line} 本条为第{page}页第{line}款，" + "双方应当按照约定履行各自的义务并及时通知对方。" * 2
        for page in range(1, pages + 1)
        for line in range(20)
    ]
    document, clauses = lay_out(tuple(lines), "zh")
    template = ZH.report.findings[1:4]
    findings = tuple(
        template[number % 3].model_copy(
            update={"id": f"f{number}", "evidence": (quote(document, lines[number * 10], "履行各自的义务"),)}
        )
        for number in range(2 * pages)
    )
    return ZH.report.model_copy(update={"findings": findings}), document, clauses


def test_three_hundred_pages_stay_under_five_megabytes() -> None:
    report, document, clauses = long_case(300)
    assert len(document.text) > 300_000
    assert len(page(report, document, clauses).encode()) < 5_000_000


# ------------------------------------------------------------------ in a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """Opens a page's source; the test fails when the page reports an error or asks the network for anything."""
    problems: list[str] = []
    contexts: list[Any] = []

    def open_page(source: str, **options: Any) -> Any:
        path = tmp_path / "report.html"
        path.write_text(source, encoding="utf-8")
        contexts.append(browser.new_context(**options))
        tab = contexts[-1].new_page()
        tab.on("pageerror", lambda error: problems.append(str(error)))
        tab.on("console", lambda message: problems.append(message.text))
        tab.on("request", lambda request: problems.append(request.url) if request.url != path.as_uri() else None)
        tab.goto(path.as_uri())
        return tab

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


FULL = page(ZH.report, ZH.document, ZH.clauses)
FULL_EN = page(EN.report, EN.document, EN.clauses, "en")


@pytest.mark.parametrize("source", [FULL, FULL_EN], ids=["zh", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(390, 844), (1440, 900)], ids=["phone", "desktop"])
def test_axe_finds_nothing(opened: Any, source: str, scheme: str, size: tuple[int, int]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    tab = opened(source, viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    assert axe.run(tab).response["violations"] == []
    assert tab.evaluate("document.documentElement.scrollWidth") == size[0]


def test_language_switches_without_reload(opened: Any) -> None:
    tab = opened(FULL)
    assert tab.inner_text(".summary h2 >> nth=0") == "五个问题"
    tab.click("#language")
    assert tab.inner_text(".summary h2 >> nth=0") == "The five questions"
    assert tab.evaluate("document.documentElement.lang") == "en"


def test_theme_button_overrides_the_system(opened: Any) -> None:
    tab = opened(FULL, color_scheme="light")
    tab.click("#theme")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 22, 28)"


def test_filters_by_topic_and_severity_and_back(opened: Any) -> None:
    tab = opened(FULL)
    visible = "document.querySelectorAll('.passage:not([hidden])').length"
    assert tab.evaluate(visible) == 6
    tab.click("button[data-topic='account-ownership']")
    assert tab.evaluate(visible) == 3
    tab.click("button[data-severity='high']")
    assert tab.evaluate(visible) == 1
    assert tab.inner_text("#shown") == "1"
    tab.click("button[data-topic='account-ownership']")
    tab.click("button[data-severity='high']")
    assert tab.evaluate(visible) == 6


def test_an_empty_filter_says_so(opened: Any) -> None:
    tab = opened(FULL)
    tab.click("button[data-topic='remaining-fees']")
    tab.click("button[data-severity='medium']")
    assert tab.locator("#none").is_visible()


def test_click_leads_from_the_finding_to_its_words_and_back(opened: Any) -> None:
    tab = opened(FULL)
    card = tab.locator(".card", has_text="已付费用不退").first
    card.locator(".to-text").click()
    words = tab.locator(".hit.lit").first
    assert "5.1 甲方每月支付服务费" in words.inner_text()
    assert tab.evaluate("document.activeElement.classList.contains('hit')")
    tab.locator(".hit", has_text="可以解除本合同").first.click()
    assert "甲方可提前通知解除" in tab.evaluate("document.activeElement.parentElement.innerText")


def test_keys_walk_the_findings(opened: Any) -> None:
    tab = opened(FULL)
    focused = "document.activeElement.id"
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    assert tab.evaluate(focused) == "f2"
    tab.keyboard.press("Enter")
    assert "3.1 服务期自2026年1月1日起" in tab.evaluate("document.activeElement.innerText")
    tab.keyboard.press("Escape")
    tab.keyboard.press("k")
    assert tab.evaluate(focused) == "f1"


def test_a_citation_shows_a_finding_that_a_filter_hides(opened: Any) -> None:
    tab = opened(FULL)
    tab.click("button[data-topic='termination']")
    tab.click(".answers li:nth-child(3) .cite")
    assert "已付费用不退" in tab.evaluate("document.activeElement.parentElement.innerText")


def test_a_contract_cannot_run_a_script(opened: Any) -> None:
    document, clauses = lay_out((ATTACK,), "zh")
    tab = opened(page(with_quote(ZH.report, ATTACK), document, clauses))
    assert "owned" not in tab.evaluate("document.title").replace(ATTACK, "")
    assert ATTACK in tab.text_content("#text")


def test_print_leaves_out_the_controls(opened: Any) -> None:
    tab = opened(FULL)
    tab.emulate_media(media="print")
    assert not tab.locator(".tools").is_visible()
    assert not tab.locator(".filters").is_visible()
    assert tab.locator(".card").first.is_visible()


def test_the_last_words_of_a_long_contract_are_reached(opened: Any) -> None:
    report, document, clauses = long_case(300)
    tab = opened(page(report, document, clauses), viewport={"width": 1440, "height": 900})
    tab.locator(".to-text").last.click()
    tab.wait_for_timeout(300)
    box = tab.locator(".hit.lit").first.bounding_box()
    assert box is not None
    assert 0 <= box["y"] <= 900
