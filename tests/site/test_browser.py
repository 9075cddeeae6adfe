"""The site in a real browser: what an analyst does, on a laptop, a phone, by keyboard; nothing leaves the machine."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kb.site.cite import page_path, path
from tests.machine import NEEDS
from tests.site.conftest import ask, served

CHROMIUM = shutil.which("chromium")
WHY = next(need.reason for need in NEEDS if need.name.startswith("chromium"))
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=WHY)

LAPTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's chromium; closed before other tests use event loops of their own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def address(edition: Path) -> Iterator[str]:
    """The edition, served."""
    with served(edition) as at:
        yield at


@pytest.fixture(scope="module")
def hostile_address(many: Path) -> Iterator[str]:
    """The reports made by hand, served to strangers."""
    with served(many, "--public") as at:
        yield at


@contextmanager
def opened(browser: Any, base: str, size: dict[str, int] = LAPTOP) -> Iterator[Any]:
    """A page that may log no error, show no dialog and ask nobody but the site."""
    faults: list[str] = []
    context = browser.new_context(base_url=base, viewport=size, locale="zh-TW", accept_downloads=True)
    page = context.new_page()
    page.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.on("dialog", lambda d: (faults.append(f"dialog {d.message}"), d.dismiss()))
    page.on("request", lambda r: faults.append(r.url) if not r.url.startswith((base, "data:")) else None)
    page.on("response", lambda r: faults.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    try:
        yield page
        assert faults == []
    finally:
        context.close()


def pages_of(db: Path) -> dict[str, str]:
    """An address of each type of page."""

    def first(sql: str) -> str:
        return str(ask(db, sql)[0][0])

    report = first("select id from reports order by id limit 1")
    return {
        "home": "/",
        "search": "/search?q=節能",
        "nothing found": "/search?q=查無此詞",
        "measures": "/kb/measures",
        "measure": path("measures", first("select measure_id from results group by 1 order by count(*) desc limit 1")),
        "figures": "/kb/quantities?kind=emission_reduction",
        "figure": path("quantities", first("select id from quantities limit 1")),
        "cases": "/kb/cases",
        "case table": "/kb/case_metrics",
        "case": path("cases", first("select id from cases limit 1")),
        "comments": "/kb/comments",
        "comment": path("comments", first("select id from comments limit 1")),
        "agencies": "/kb/agencies",
        "agency": path("agencies", first("select agency_id from measure_agencies group by 1 order by count(*) desc")),
        "strategy": path("strategies", first("select id from strategies limit 1")),
        "report": path("reports", report),
        "report page": page_path(report, 3),
        "table": path("tables", first("select id from tables limit 1")),
        "section": path("sections", first("select id from sections where text <> '' limit 1")),
        "finding": path("findings", first("select id from findings order by length(evidence) desc limit 1")),
        "check": "/check",
        "years": "/compare",
        "findings": "/kb/findings",
        "targets met": "/kb/achievements",
        "target met": path(
            "achievements", first("select id from achievements where result_quantity_id is not null limit 1")
        ),
        "emissions": "/kb/emissions",
        "year of emissions": path("emissions", first("select id from emissions limit 1")),
        "strategies": "/kb/strategies",
        "reports": "/kb/reports",
        "log": "/kb/ingests",
        "about": "/about",
        "downloads": "/downloads",
        "tables": "/kb",
    }


def test_search_open_a_hit_see_the_outlined_crop(browser, address):
    with opened(browser, address) as page:
        page.goto("/")
        page.get_by_role("searchbox").fill("水泥")
        page.get_by_role("searchbox").press("Enter")
        page.wait_for_url("**/search?q=*")
        assert page.locator(".hits mark").first.inner_text() == "水泥"
        page.locator(".hits h2 a").first.click()
        crop = page.locator("svg.page-crop").first
        crop.scroll_into_view_if_needed()
        outline = crop.locator("rect.outline").first
        box, frame = outline.bounding_box(), crop.bounding_box()
        assert box["width"] > 20
        assert box["height"] > 5
        assert frame["x"] - 1 <= box["x"]
        assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
        picture = crop.locator("image")
        loaded = page.evaluate(
            "href => new Promise(r => { const i = new Image(); i.onload = () => r(i.naturalWidth); i.src = href; })",
            picture.get_attribute("href"),
        )
        assert loaded > 800
        assert picture.bounding_box()["width"] > 200


def test_the_picture_under_the_outline_shows_print(browser, address, edition):
    """Not a blank page: the crop as it is on the screen has dark and light pixels."""
    from PIL import Image

    key = ask(edition, "select id from measures order by position limit 1")[0][0]
    with opened(browser, address) as page:
        page.goto(path("measures", key))
        page.wait_for_load_state("networkidle")
        shot = Image.open(io.BytesIO(page.locator("svg.page-crop").first.screenshot())).convert("L")
    histogram = shot.histogram()
    assert sum(histogram[:90]) > shot.width * shot.height * 0.01
    assert sum(histogram[200:]) > shot.width * shot.height * 0.5


def test_facet_by_agency_counts_as_sql_does(browser, address, edition):
    name, count = ask(
        edition, "select value, count(*) from measures, json_each(agencies) group by 1 order by 2 desc, 1 limit 1"
    )[0]
    with opened(browser, address) as page:
        page.goto("/kb/measures")
        link = page.locator("#facet-agencies a", has_text=name).first
        assert link.locator(".count").inner_text() == str(count)
        link.click()
        page.wait_for_url("**agencies__arraycontains=*")
        assert page.locator(".page-head .count b").inner_text() == str(count)
        assert page.locator("tbody tr").count() == min(count, 50)
        page.locator(".chosen-filters a", has_text=name).click()
        page.wait_for_url(lambda url: "arraycontains" not in url)


def test_sort_by_budget(browser, address, edition):
    expected = [
        row[0]
        for row in ask(
            edition, "select code from measures where budget_ntd is not null order by budget_ntd desc, id limit 5"
        )
    ]
    with opened(browser, address) as page:
        page.goto("/kb/measures")
        page.locator("th.c-budget_ntd a").click()
        page.wait_for_url("**_sort_desc=budget_ntd*")
        assert page.locator("td .code").all_inner_texts()[:5] == expected
        assert page.locator("th[aria-sort=descending]").inner_text().startswith("經費")


def test_download_xlsx_and_open_it(browser, address, edition):
    with opened(browser, address) as page:
        page.goto("/kb/measures?status=active&category=減緩")
        with page.expect_download() as waiting:
            page.get_by_role("link", name="XLSX").click()
        book = openpyxl.load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    sheet = book["measures"]
    names = [cell.value for cell in sheet[1]]
    found = {row[names.index("id")].value: row[names.index("budget_ntd")].value for row in sheet.iter_rows(min_row=2)}
    assert found == dict(
        ask(edition, "select id, budget_ntd from measures where status = 'active' and category = '減緩'")
    )
    assert book.sheetnames[1] == "欄位說明"


def test_a_figure_tells_what_it_is(browser, address, edition):
    key = pages_of(edition)["measure"]
    with opened(browser, address) as page:
        page.goto(key)
        figure = page.locator("a.q").first
        figure.hover()
        shown = figure.evaluate("e => getComputedStyle(e, '::after').content")
        assert "·" in shown
        figure.click()
        row = page.locator("tr:target")
        assert row.count() == 1
        assert row.locator("td").nth(1).inner_text() in shown


def test_by_keyboard_alone(browser, address):
    with opened(browser, address) as page:
        page.goto("/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "跳到主要內容"
        page.keyboard.press("Enter")
        for _ in range(4):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == "q":
                break
        page.keyboard.type("節能")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=*")
        href = page.locator(".hits h2 a").first.get_attribute("href")
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.getAttribute('href')") == href:
                break
        width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert width == "3px"
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{href}")


def test_every_page_on_laptop_and_phone(browser, address, edition):
    """Nothing sticks out at the side, nothing fails, and there is one heading of the first level."""
    for size in (LAPTOP, PHONE):
        with opened(browser, address, size) as page:
            for name, at in pages_of(edition).items():
                page.goto(at)
                over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                assert over <= 0, f"{name} is {over} px too wide at {size['width']}"
                assert page.locator("h1").count() == 1, name
                assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Noto Sans TC"'), name


def test_phone_finds_and_filters(browser, address):
    with opened(browser, address, PHONE) as page:
        page.goto("/kb/measures")
        assert not page.locator("#facet-status").is_visible()
        page.locator(".facets > summary").click()
        page.locator("#facet-status a").first.click()
        page.wait_for_url("**status=*")
        assert page.locator("td[data-label=主辦機關]").first.bounding_box()["width"] < 390


def test_accessible(browser, address, edition):
    """axe finds nothing serious on any type of page, at either width."""
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()
    found = []
    for size in (LAPTOP, PHONE):
        with opened(browser, address, size) as page:
            for name, at in pages_of(edition).items():
                page.goto(at)
                for violation in axe.run(page).response["violations"]:
                    if violation["impact"] in SERIOUS:
                        nodes = [node["html"][:160] for node in violation["nodes"][:3]]
                        found.append((name, size["width"], violation["id"], nodes))
    assert found == []


def test_years_beside_each_other_are_accessible(browser, hostile_address, many):
    """As above, of the pages that need two reports, hostile ones too."""
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()
    link = ask(many, "select id from measure_links where from_id = 'transport-112/T1-1'")[0][0]
    addresses = ["/compare?from=transport-112&to=transport-113", "/compare", "/kb/measure_links"]
    for size in (LAPTOP, PHONE):
        with opened(browser, hostile_address, size) as page:
            for at in (*addresses, path("measure_links", link)):
                page.goto(at)
                assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
                found = [v["id"] for v in axe.run(page).response["violations"] if v["impact"] in SERIOUS]
                assert found == [], at


def test_a_crop_is_readable_on_a_phone(browser, address, edition):
    """It keeps the size of print and is moved sideways, by keyboard too; the page does not move."""
    with opened(browser, address, PHONE) as page:
        page.goto(pages_of(edition)["measure"])
        view = page.locator(".crop .view").first
        assert page.locator("svg.page-crop").first.bounding_box()["width"] > 500
        assert view.evaluate("e => e.scrollWidth > e.clientWidth")
        view.focus()
        page.keyboard.press("ArrowRight")
        # Asked again and again from outside: the page's own policy lets no waiting function in.
        for _ in range(50):
            if view.evaluate("e => e.scrollLeft > 0"):
                break
            page.wait_for_timeout(100)
        assert view.evaluate("e => e.scrollLeft > 0")
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_cards_of_a_phone_keep_values_beside_their_labels(browser, address):
    """Whatever a cell holds, all of it stands in the column of values; labels of two columns differ."""
    sides = """cells => cells.filter(cell => cell.childNodes.length && cell.offsetWidth).flatMap(cell => {
      const range = document.createRange();
      range.selectNodeContents(cell);
      const left = cell.getBoundingClientRect().left;
      return [...range.getClientRects()].filter(box => box.width > 1).map(box => box.left - left);
    })"""
    pages = ("/about", path("tables", "manufacturing-113/table/1"), "/kb/agencies", "/kb/corrections", "/downloads")
    with opened(browser, address, PHONE) as page:
        for at in pages:
            page.goto(at)
            for details in page.locator("main details").all():
                details.evaluate("e => e.setAttribute('open', '')")
            found = page.locator(".rows:not(.matrix, .keep) td").evaluate_all(sides)
            assert min(found, default=200) > 90, at
            assert found or "corrections" in at
        page.goto(pages[1])
        labels = page.locator("tbody tr").first.locator("td").evaluate_all("cells => cells.map(c => c.dataset.label)")
        assert len(set(labels)) == len(labels) == 8


def test_conditions_in_the_words_of_the_page(browser, address, edition):
    """By the form, as an analyst fills it in; the address then is one to share."""
    ((count,),) = ask(edition, "select count(*) from measures where status = 'active' and budget_ntd >= 1e8")
    with opened(browser, address) as page:
        page.goto("/kb/measures")
        for column, operator, value in (("狀態", "等於", "推動中"), ("經費", "大於等於", "1億")):
            page.locator(".add summary").click()
            page.get_by_label("欄位").select_option(label=column)
            page.get_by_label("關係").select_option(label=operator)
            page.get_by_label("值", exact=True).fill(value)
            page.get_by_role("button", name="套用").click()
            page.wait_for_url(lambda url: "_filter" not in url and "__" in url)
        assert page.locator(".page-head .count b").inner_text() == str(count)
        chips = page.locator(".chosen-filters a").all_inner_texts()
        assert [chip.split(" ✕")[0] for chip in chips[:2]] == ["狀態：推動中", "經費 ≥ 1 億元"]
        assert page.locator("#facet-status a.chosen").count() == 1


def test_the_menu_is_seen_whole_on_a_phone(browser, address):
    with opened(browser, address, PHONE) as page:
        page.goto("/about")
        for link in page.locator(".top nav a").all():
            box = link.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= PHONE["width"]


def test_a_page_in_print(browser, address, edition):
    """What is for the screen alone is gone; the texts are whole."""
    with opened(browser, address) as page:
        page.emulate_media(media="print")
        for name in ("measure", "measures", "cases"):
            page.goto(pages_of(edition)[name])
            assert not page.locator(".top nav").is_visible()
            assert page.locator("aside:visible, .take:visible, button:visible, .filter:visible").count() == 0
            cut = "[...document.querySelectorAll('.clamp')].filter(e => e.scrollHeight > e.clientHeight + 2).length"
            assert page.evaluate(cut) == 0, name


def test_hostile_text_does_nothing(browser, hostile_address, many):
    """On pages, in a search result, beside a place; no script runs, no dialog opens, no link is one of the text's."""
    keys = {t: ask(many, f"select id from {t} where id like 'transport-114%' limit 1") for t in ("cases", "comments")}  # noqa: S608
    addresses = ["/", "/search?q=alert", "/kb/measures?report_id=transport-114", "/kb/cases", "/kb/comments", "/check"]
    addresses += [path("measures", "transport-114/T1-1"), path("reports", "transport-114"), "/kb/agencies"]
    addresses += [path(table, found[0][0]) for table, found in keys.items()]
    with opened(browser, hostile_address) as page:
        for at in addresses:
            page.goto(at)
            page.wait_for_load_state("networkidle")
            assert page.locator("script:not([src])").count() == 0
            links = page.evaluate("[...document.links].map(a => a.protocol)")
            assert set(links) == {"http:"}, at
        page.goto("/search?q=alert")
        assert "<script>" in page.locator(".hits").inner_text()
        page.goto(path("measures", "transport-114/T1-1"))
        assert page.locator("h1").inner_text().endswith("汰換老舊公車為電動公車")


def test_works_without_scripts(browser, address):
    context = browser.new_context(base_url=address, java_script_enabled=False, viewport=LAPTOP)
    page = context.new_page()
    page.goto("/kb/measures")
    assert page.locator("#facet-agencies li").last.is_visible()
    page.goto("/search?q=水泥")
    assert page.locator(".hits li").count() > 0
    context.close()
