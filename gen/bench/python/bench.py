"""Measures the modules of this folder: see main.go."""

import json
import re
import statistics
import subprocess
import sys
import time
import timeit


def imported(module, *flags):
    """Return how many seconds of processor time an import takes in a new process: the median of seven."""
    code = (
        "import time; start = time.process_time(); "
        f"import {module}; print(time.process_time() - start)"
    )
    runs = [
        float(subprocess.check_output([sys.executable, *flags, "-c", code])) for _ in range(7)
    ]
    return statistics.median(runs)


def best(call):
    """Return the seconds of one call: the best of nine rounds."""
    timer = timeit.Timer(call, timer=time.process_time)
    number, _ = timer.autorange()
    return min(timer.repeat(9, number)) / number


for name in ("json", "codes15", "codes1000", "codes10000"):
    compiled, cached = imported(name, "-B"), imported(name)
    print(f"import {name}: {cached:.3f} s; {compiled:.3f} s where it is compiled each time")

import codes15  # noqa: E402


class HandWritten(Exception):
    """What people write without errspec: the same fields for one error, and one regular expression."""

    def __init__(self, code, message, status, request_id, retry_after, params):
        super().__init__(message)
        self.code, self.message, self.status = code, message, status
        self.request_id, self.retry_after, self.params = request_id, retry_after, params


def by_hand(status, headers, data, pattern):
    named = {name.lower(): value for name, value in headers.items()}
    error = json.loads(data)
    match = pattern.fullmatch(error["detail"])
    return HandWritten(
        error["code"],
        error["detail"],
        status,
        named.get("x-request-id"),
        named.get("retry-after"),
        match.groupdict() if match else {},
    )


headers = {"Content-Type": "application/json", "X-Request-Id": "r1", "Date": "today"}
with open("bodies.json", encoding="utf-8") as file:
    bodies = json.load(file)
for members in (20, 200):
    others = {f"member{i}": {"a": ["some text"] * 5, "b": i} for i in range(members)}
    bodies[f"2 params, and {members} members of a newer server"] = {**bodies["2 params"], **others}
for what, body in bodies.items():
    text = json.dumps(body).encode()
    error = codes15.parse(400, headers, text)
    assert error.code is not None and error.has_params, error
    loads = best(lambda text=text: json.loads(text))
    raised = best(lambda text=text: (json.loads(text), Exception("an error")))
    message = body["detail"]
    pattern = re.compile(re.sub(r"\d+", r"(?P<number>\\d+)", re.escape(message), count=1))
    hand = best(lambda text=text, pattern=pattern: by_hand(400, headers, text, pattern))
    parse = best(lambda text=text: codes15.parse(400, headers, text))
    print(
        f"parse, {what} ({len(text)} bytes): {parse * 1e6:.1f} us; "
        f"json.loads {loads * 1e6:.1f} us ({parse / loads:.2f} x); "
        f"with an exception {raised * 1e6:.1f} us ({parse / raised:.2f} x); "
        f"by hand {hand * 1e6:.1f} us ({parse / hand:.2f} x)"
    )
