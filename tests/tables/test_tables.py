"""`kb tables`: the tables of any document as JSON, CSV and XLSX."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

import extract
from tests.kb.conftest import kb  # fixture

TEXT = """# 統計

表1、車站

| 站 | 改善數 |
|---|---|
| 北站 | 12 |
| =SUM(A1) | 3 |

說明文字。

表2、月臺

| 月臺 | 長度 |
|---|---|
| 一 | 200 |
"""
PDF = Path(__file__).parents[2] / "corpus" / "manufacturing-113-abridged.pdf"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_json(kb, file):
    found = json.loads(kb("tables", file).stdout)
    assert [(t["number"], t["caption"], t["header_rows"]) for t in found] == [("1", "車站", 1), ("2", "月臺", 1)]
    assert found[0]["cells"] == [["站", "改善數"], ["北站", "12"], ["=SUM(A1)", "3"]]
    assert found[0]["pages"] is None


def test_one_table_alone(kb, file):
    assert [t["caption"] for t in json.loads(kb("tables", file, "--table", 2).stdout)] == ["月臺"]
    assert "there is no table 3; it has 2" in kb("tables", file, "--table", 3).output


def test_csv_parts_tables_and_disarms_formulas(kb, file, tmp_path):
    out = tmp_path / "out.csv"
    assert kb("tables", file, "--format", "csv", "--out", out).exit_code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert rows == [["站", "改善數"], ["北站", "12"], ["'=SUM(A1)", "3"], [], ["月臺", "長度"], ["一", "200"]]


def test_xlsx_has_a_sheet_for_each_table(kb, file, tmp_path):
    out = tmp_path / "out.xlsx"
    assert kb("tables", file, "--format", "xlsx", "--out", out).exit_code == 0
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["表格清單", "1 車站", "2 月臺"]
    assert [[c.value for c in row] for row in book["1 車站"]] == [["站", "改善數"], ["北站", "12"], ["=SUM(A1)", "3"]]
    assert book["1 車站"]["A3"].data_type == "s"
    assert [c.value for c in book["表格清單"][2]] == ["1 車站", "1", "車站", None, None, 2, 2]


def test_a_pdf_joined_over_its_pages(kb):
    found = json.loads(kb("tables", PDF).stdout)
    annex = max(found, key=lambda table: len(table["cells"]))
    assert annex["pages"][0] < annex["pages"][1]
    assert len(annex["cells"]) - annex["header_rows"] == len(extract.read(PDF).measures)


@pytest.mark.parametrize(("content", "says"), [(b"", "empty"), (b"%PDF-1.7 nothing", "damaged")])
def test_a_file_that_cannot_be_read(kb, tmp_path, content, says):
    path = tmp_path / "bad.pdf"
    path.write_bytes(content)
    failed = kb("tables", path)
    assert failed.exit_code == 1
    assert says in failed.output
    assert "bad.pdf" in failed.output


def test_cells_that_cover_more_than_any_table_has(kb, tmp_path):
    path = tmp_path / "a.md"
    path.write_text(f"<table><tr>{'<td rowspan=200 colspan=200>甲</td>' * 400}</tr></table>", encoding="utf-8")
    failed = kb("tables", path)
    assert failed.exit_code == 1
    assert "a.md: the cells of one of its tables cover more than 200,000 rows and columns" in failed.output


def test_a_document_without_tables(kb, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("沒有表格。", encoding="utf-8")
    assert json.loads(kb("tables", path).stdout) == []
