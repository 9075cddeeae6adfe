"""What the bench makes of wrk's words."""

from __future__ import annotations

import pytest

from bench.load import read


def test_what_wrk_prints():
    told = "     50%    1.20ms\n     99%    3.20ms\n  9000 requests in 4.00s\nRequests/sec:   2250.17\n"
    assert str(read(told, 4)) == "2,250/s, p99 3.20ms"
    assert str(read(told.replace("2250.17", "12.34"), 4)) == "12.3/s, p99 3.20ms"


def test_no_answer_in_time_is_no_speed():
    stood = read("     99%    0.00us\nRequests/sec:      0.00\n", 6)
    assert stood.rate == 1 / 6
    assert str(stood) == "no answer in time"


@pytest.mark.parametrize(
    "told",
    [
        "",
        "99% 1.00ms\nRequests/sec: 100.00\n  Non-2xx or 3xx responses: 7\n",
        "99% 1.00ms\nRequests/sec: 100.00\n  Socket errors: connect 0, read 3, write 0, timeout 0\n",
    ],
)
def test_faults_are_no_speed(told):
    with pytest.raises(ValueError, match="wrk did not measure"):
        read(told, 4)
