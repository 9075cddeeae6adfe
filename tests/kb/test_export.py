"""Exports, opened again with other programs' readers."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from kb import schema
from kb.export import Selection
from kb.formats import EXCEL_CHARACTERS, neutral, write_csv, write_json, write_xlsx
from kb.schema import Column

HOSTILE = ("=1+1", "+1", "-1", "@x", "\tx", "\rx", "=1", "<b>", "'x", "–1")
COLUMNS = (Column("text", "text", None, "文字", "Text"), Column("budget_ntd", "real", None, "經費", "Budget"))


def selection(*rows: tuple[object, ...]) -> Selection:
    return Selection("measures", COLUMNS, len(rows), iter(rows))


def test_csv_opens_in_excel_and_runs_nothing():
    out = io.BytesIO()
    write_csv(selection(*((text, -5.5) for text in HOSTILE), (None, None)), out)
    assert out.getvalue().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))
    assert rows[0] == ["text", "budget_ntd"]
    assert [r[0] for r in rows[1:]] == [
        "'=1+1", "'+1", "'-1", "'@x", "'\tx", "'\rx", "'=1", "<b>", "'x", "–1", ""
    ]  # fmt: skip
    assert {r[1] for r in rows[1:-1]} == {"-5.5"}


def test_numbers_are_never_neutralised():
    assert neutral(-3) == -3
    assert neutral(None) is None


@pytest.mark.parametrize("rows", [[], [("甲", 1.0)], [("甲", 1.0), ("乙", None)]])
def test_json_is_a_list_whatever_its_length(rows):
    out = io.BytesIO()
    write_json(selection(*rows), out)
    assert json.loads(out.getvalue()) == [{"text": t, "budget_ntd": b} for t, b in rows]


def test_xlsx_reopened():
    out = io.BytesIO()
    long = "長" * (EXCEL_CHARACTERS + 5)
    write_xlsx(selection(*((text, -5.5) for text in HOSTILE), (None, 20601000.0), (long, None)), out)
    book = openpyxl.load_workbook(out)
    sheet = book["measures"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B13"
    assert [c.value for c in sheet[1]] == ["text", "budget_ntd"]
    texts = [sheet.cell(line, 1) for line in range(2, 12)]
    assert [c.value for c in texts] == [t.replace("\r", "_x000D_") for t in HOSTILE]
    assert {c.data_type for c in texts} == {"s"}
    assert (sheet["B12"].value, sheet["B12"].data_type, sheet["A12"].value) == (20601000, "n", None)
    assert len(sheet["A13"].value) == EXCEL_CHARACTERS
    assert sheet["A13"].value.endswith("…[cut]")
    assert sheet.column_dimensions["A"].width <= 61
    assert [c.value for c in book["欄位說明"]["B"]] == ["文字", "經費"]


@pytest.mark.parametrize("table", schema.tables())
@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "parquet"])
@pytest.mark.usefixtures("db")
def test_every_table_in_every_form(kb, table, form):
    out = Path(f"out.{form}")
    done = kb("export", table, "--format", form, "--out", out)
    assert done.exit_code == 0
    names = list(schema.tables()[table].names)
    if form == "csv":
        lines = list(csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig"), newline="")))
        found, count = lines[0], len(lines) - 1
    elif form == "json":
        records = json.loads(out.read_text(encoding="utf-8"))
        found, count = list(records[0]) if records else names, len(records)
    elif form == "xlsx":
        sheet = openpyxl.load_workbook(out).worksheets[0]
        found, count = [c.value for c in sheet[1]], sheet.max_row - 1
    else:
        read = pq.read_table(out)
        found, count = read.column_names, read.num_rows
    assert found == names
    assert done.stderr == f"out.{form}: {count} rows of {table}\n"
    assert [p.name for p in Path().glob("*.part")] == []


@pytest.mark.usefixtures("db")
def test_parquet_is_typed(kb):
    kb("export", "measures", "--format", "parquet", "--out", "m.parquet")
    table = pq.read_table("m.parquet")
    types = {name: str(table.schema.field(name).type) for name in ("code", "year", "is_new", "budget_ntd", "agencies")}
    assert types == {
        "code": "string",
        "year": "int64",
        "is_new": "bool",
        "budget_ntd": "double",
        "agencies": "string",
    }
    assert table.column("is_new").to_pylist() == [True, True]
    assert table.schema.field("code").metadata[b"zh"].decode() == "措施編號"


@pytest.mark.usefixtures("db")
def test_json_columns_are_what_they_hold(kb):
    (first, _) = json.loads(kb("export", "measures", "--format", "json").stdout)
    assert first["agencies"] == ["交通部", "某某推動辦公室", "交通部鐵道局"]
    assert first["boxes"][0] == [34, 56.7, 400.12, 300.0, 780.0]
    assert first["extra"] == {"備註": "=SUM(A1)"}


@pytest.mark.parametrize(
    ("table", "count"),
    [
        ("reports", 1),
        ("measures", 2),
        ("measure_agencies", 6),
        ("measure_funding", 4),
        ("agencies", 3),
        ("case_metrics", 1),
    ],
)
@pytest.mark.usefixtures("db")
def test_one_report_alone(kb, write, table, count):
    kb("ingest", write("b.pdf", roc_year=112))
    both = json.loads(kb("export", table, "--format", "json").stdout)
    one = json.loads(kb("export", table, "--format", "json", "--report", "transport-112").stdout)
    assert len(one) == count
    assert len(both) == (3 if table == "agencies" else 2 * count)


@pytest.mark.usefixtures("db")
def test_what_cannot_be_exported(kb):
    unknown = kb("export", "messures")
    assert unknown.exit_code == 1
    assert unknown.stderr.startswith("Error: messures: no such table; there are: about, reports, agencies")
    assert "no such report; there are: transport-113" in kb("export", "measures", "--report", "x-1").stderr
    assert "belongs to no report" in kb("export", "about", "--report", "transport-113").stderr
    assert kb("export", "measures", "--format", "odt").exit_code == 2
    unwritable = kb("export", "measures", "--out", "no/such/file.csv")
    assert unwritable.exit_code == 1
    assert "no/such/file.csv: cannot be written (No such file or directory)" in unwritable.stderr


@pytest.mark.usefixtures("db")
def test_names_that_look_like_sql(kb):
    assert kb("export", "measures; drop table measures").exit_code == 1
    assert len(json.loads(kb("export", "measures", "--format", "json").stdout)) == 2


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("command", [("export", "measures"), ("tables", "a.txt"), ("report", "transport-113")])
def test_the_name_of_the_file_says_its_form(kb, command):
    Path("a.txt").write_text("表1、車站\n\n站\t數\n北站\t1\n", encoding="utf-8")
    named = "out.docx" if command[0] == "report" else "out.xlsx"
    written = kb(*command, "--out", named)
    assert written.exit_code == 0, written.output
    assert Path(named).read_bytes()[:2] == b"PK"
    other = "md" if command[0] == "report" else "json"
    refused = kb(*command, "--out", named, "--format", other)
    assert refused.exit_code == 2
    assert f"{named} is named" in refused.output


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "parquet"])
def test_a_pipe_that_nobody_reads_any_more_ends_it_without_a_trace(form):
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "kb", "export", "measures", "--format", form]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with os.fdopen(writer, "wb") as nobody:
        ended = subprocess.run(
            command, env=environment, stdout=nobody, stderr=subprocess.PIPE, text=True, timeout=60, check=False
        )
    assert (ended.returncode, ended.stderr) == (1, "")
