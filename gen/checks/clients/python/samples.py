"""Handles each response of samples.json, in the folder that is named, with the sample of its code."""

import builtins
import json
import pathlib
import sys
import time
import types

folder = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(folder))
import apierr  # noqa: E402

job = json.loads((folder / "samples.json").read_text("utf-8"))


class Response:
    def __init__(self, status: int, headers: dict[str, str], body: str) -> None:
        self.status_code, self.headers, self.content = status, headers, body.encode()


def run(sample: str, response: Response) -> list[object]:
    printed: list[object] = []
    names = {
        "apierr": apierr, "response": response, "attempt": 1000, "time": time, "url": "",
        "print": lambda *values: printed.extend(values),
    }
    exec(compile(sample, "sample", "exec"), {"__builtins__": builtins, **names})
    return printed


for code in job["of"]:
    response = Response(code["status"], code["headers"], code["body"])
    sys.modules["requests"] = types.SimpleNamespace(get=lambda url, r=response: r)
    if not run(code["sample"], response):
        sys.exit(f"the sample of {code['code']} does not recognize its own response")
    if not run(job["all"], response):
        sys.exit(f"the sample of all codes does not recognize {code['code']}")
print(folder.name, len(job["of"]), "samples")
