"""Names of downloaded files: the server's, in whatever encoding, and never a path."""

import pytest

from kb.download.names import LONGEST, file_name

URL = "https://www.example.gov.tw/files/113-report.pdf?id=7"


def as_sent(text, encoding):
    """A header as the client sees it: bytes read as Latin-1."""
    return text.encode(encoding).decode("latin-1")


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        (None, "113-report.pdf"),
        ("attachment", "113-report.pdf"),
        ('attachment; filename="annual.pdf"', "annual.pdf"),
        ("attachment; filename=annual.PDF", "annual.pdf"),
        ("attachment; filename*=UTF-8''%E6%88%90%E6%9E%9C%E5%A0%B1%E5%91%8A.pdf", "成果報告.pdf"),
        ("attachment; filename=\"x.pdf\"; filename*=UTF-8''%E5%A0%B1%E5%91%8A.pdf", "報告.pdf"),
        ('attachment; filename="%E5%A0%B1%E5%91%8A.pdf"', "報告.pdf"),
        (as_sent('attachment; filename="運輸部門報告.pdf"', "utf-8"), "運輸部門報告.pdf"),
        (as_sent('attachment; filename="運輸部門報告.pdf"', "big5"), "運輸部門報告.pdf"),
        ('attachment; filename="../../etc/passwd"', "passwd.pdf"),
        ('attachment; filename="C:\\\\temp\\\\a.pdf"', "a.pdf"),
        ('attachment; filename="/"', "report.pdf"),
        ('attachment; filename="..."', "report.pdf"),
        ('attachment; filename=".hidden.pdf"', "hidden.pdf"),
        ('attachment; filename="a\tb:c?.pdf"', "a_b_c.pdf"),
        ('attachment; filename="report.pdf.exe"', "report.pdf.exe.pdf"),
    ],
)
def test_file_name(disposition, name):
    assert file_name(disposition, URL, "application/pdf") == name


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://x.gov.tw/", "report.pdf"),
        ("https://x.gov.tw/download?id=3", "download.pdf"),
        ("https://x.gov.tw/%E5%A0%B1%E5%91%8A.pdf", "報告.pdf"),
        ("https://x.gov.tw/a%2F..%2Fb.pdf", "b.pdf"),
    ],
)
def test_name_from_the_address(url, name):
    assert file_name(None, url, "application/pdf") == name


def test_a_name_is_never_too_long():
    name = file_name(None, f"https://x/{'報' * 200}.pdf", "application/pdf")
    assert name.endswith(".pdf")
    assert len(name.encode()) <= LONGEST + len(".pdf")
