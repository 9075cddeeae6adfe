"""The page that tells how well a report was read."""

from __future__ import annotations

import re

from tests.site.conftest import HOSTILE
from tests.site.page import Page


def test_a_report_that_was_read_badly(many_site):
    answer = many_site.get("/quality/transport-113")
    assert answer.status_code == 200
    page = Page(answer.text)
    assert not page.inline
    assert "讀取品質" in page.text
    assert "低於下限" in page.text
    assert "推動措施只讀到 2 列，可能缺漏" in page.text
    assert "/kb/reports/transport-113" in page.links


def test_doubts_lead_to_their_rows(many_site):
    page = Page(many_site.get("/quality/transport-113").text)
    rows = [link for link in page.links if re.match(r"/kb/(?!reports)", link) and "~2F" in link]
    assert rows
    assert {many_site.get(link).status_code for link in rows} == {200}


def test_the_edition_was_read_well(edition_site):
    page = Page(edition_site.get("/quality/manufacturing-113").text)
    assert "各項下限都達到" in page.text
    assert "附件一的數字有歸屬" in page.text


def test_every_report_is_linked(many_site):
    links = Page(many_site.get("/check").text).links
    assert {"/quality/transport-112", "/quality/transport-113", "/quality/energy-113"} <= set(links)


def test_no_such_report(many_site):
    assert many_site.get("/quality/transport-190").status_code == 404


def test_hostile_words_stay_words(many_site):
    answer = many_site.get("/quality/transport-114")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert HOSTILE[8:] not in answer.text
