"""Reads the vectors of catalogs with the modules made of them, and prints the differences.

    python3 vectors.py DIR

DIR has NAME.json and NAME.py for each catalog. A vector may have the URL of a response instead of a
response; then a server sends it.
"""

import base64
import copy
import datetime
import importlib
import json
import pathlib
import pickle
import sys
import urllib.error
import urllib.request
from unittest import mock


def expanded(vector, repeat):
    """Return a vector with what its mark stands for."""
    if isinstance(vector, str):
        return vector.replace(repeat["mark"], repeat["text"] * repeat["times"])
    if isinstance(vector, list):
        return [expanded(item, repeat) for item in vector]
    if isinstance(vector, dict):
        return {expanded(k, repeat): expanded(v, repeat) for k, v in vector.items()}
    return vector


def read(module, response):
    body = response.get("body", "").encode()
    if "body_base64" in response:
        body = base64.b64decode(response["body_base64"])
    now = None
    if "now" in response:
        now = datetime.datetime.fromisoformat(response["now"].replace("Z", "+00:00")).timestamp()
    return module.parse(response["status"], response["headers"], body, now=now)


def fetch(module, url):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        return module.decode(opener.open(url))
    except urllib.error.HTTPError as response:
        with response:
            return module.decode(response)


def verdict(module, error, want):
    """Return what the module makes of a response, in the words of a vector."""
    unknown = isinstance(error, module.Unrecognized)
    got = {
        "code": error.code,
        "raw_code": error.raw_code,
        "variant": getattr(error, "variant", None),
        "params": dict(error.params),
        "has_params": error.has_params and not unknown,
        "message": None if unknown and error.message == unexplained(error) else error.message,
        "request_id": error.request_id,
        "retry_after": error.retry_after,
        "retired": unknown and bool(getattr(error, "retired", None)),
        "decisions": [decision(module, error, d["method"], d["attempt"]) for d in want["decisions"]],
    }
    if "errors" in want:
        got["errors"] = [part(module, one) for one in (error, *error.others)]
    return got


def unexplained(error):
    """Return the message of an error whose response has none."""
    return f"HTTP {error.status}: {error.reason}"


def part(module, error):
    """Return what a vector says about one of several errors."""
    unknown = isinstance(error, module.Unrecognized)
    return {
        "code": error.code,
        "raw_code": error.raw_code,
        "variant": getattr(error, "variant", None),
        "params": dict(error.params),
        "has_params": error.has_params and not unknown,
        "message": None if unknown and error.message == unexplained(error) else error.message,
    }


def decision(module, error, method, attempt):
    """Return a decision with the shortest and the longest delay."""
    made = {"method": method, "attempt": attempt}
    delays = []
    for drawn in (1.0, 0.0):
        with mock.patch("random.random", return_value=drawn):
            decided = module.decide(error, attempt, idempotent=method == "GET")
        made["retry"] = decided.retry
        delays.append(decided.delay)
    if made["retry"]:
        made["delay"] = delays
    return made


def differences(want, got, path=""):
    """Yield where two verdicts differ. Numbers are equal to a millisecond."""
    number = (int, float)
    if isinstance(want, dict) and isinstance(got, dict):
        for name in sorted(want.keys() | got.keys()):
            if name not in want or name not in got:
                yield f"{path}.{name}: {'more' if name in got else 'less'} than wanted"
            else:
                yield from differences(want[name], got[name], f"{path}.{name}")
    elif isinstance(want, list) and isinstance(got, list) and len(want) == len(got):
        for i, (a, b) in enumerate(zip(want, got)):
            yield from differences(a, b, f"{path}[{i}]")
    elif (
        isinstance(want, bool)
        or isinstance(got, bool)
        or not (isinstance(want, number) and isinstance(got, number))
    ):
        if want != got or isinstance(want, bool) != isinstance(got, bool):
            yield f"{path}: {got!r}, want {want!r}"[:600]
    elif abs(want - got) > max(1e-3, abs(want) * 1e-12):
        yield f"{path}: {got!r}, want {want!r}"


def main(folder):
    sys.path.insert(0, folder)
    total = failed = 0
    for path in sorted(pathlib.Path(folder).glob("*.py")):
        path = path.with_suffix(".json")
        module = importlib.import_module(path.stem)
        for vector in json.loads(path.read_text())["vectors"]:
            total += 1
            if "repeat" in vector:
                vector = expanded(vector, vector["repeat"])
            if "url" in vector:
                error = fetch(module, vector["url"])
            else:
                error = read(module, vector["response"])
            want = vector["verdict"]
            found = list(differences(want, verdict(module, error, want)))
            for how in (pickle_twice, copy.copy, copy.deepcopy):
                again = how(error)
                if type(again) is not type(error) or str(again) != str(error):
                    found.append(f"{how.__name__} makes another error of it: {again!r}")
                elif state(again) != state(error):
                    found.append(f"{how.__name__} loses something: {vars(again)}")
            str(error), repr(error), error.resolution, error.title, error.docs_url
            if found:
                failed += 1
                print(f"{path.stem}: {vector['name']}:", *found, sep="\n\t")
    print(f"{total} vectors, {failed} fail")
    return 1 if failed or not total else 0


def state(error):
    """Return the attributes of an error, and of the others beside it."""
    others = [state(other) for other in getattr(error, "others", ())]
    return type(error), error.args, {**vars(error), "others": others}


def pickle_twice(error):
    return pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(error))))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
