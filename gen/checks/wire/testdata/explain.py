"""Explains an error response with errors.json: python3 explain.py ERRORS_JSON URL API_SECRET

Standard library alone. Prints what it finds as JSON; a code that errors.json does not know has its status and nothing else.
"""

import json
import re
import sys
import urllib.error
import urllib.request


def follow(body, path):
    """Returns what stands in a body at the end of a path, or None."""
    for step in path:
        try:
            body = body[step]
        except (KeyError, IndexError, TypeError):
            return None
    return body


def find(body, paths):
    """Returns what stands at the first of the paths that leads anywhere."""
    found = (follow(body, path) for path in paths)
    return next((value for value in found if value is not None), None)


def read(message, text):
    """Returns the texts of the params if text can be made of the message, else None."""
    pattern = "".join(
        f"(?P<p{i}>.*?)" if "param" in segment else re.escape(segment["literal"])
        for i, segment in enumerate(message["segments"])
    )
    match = re.fullmatch(pattern, text, re.DOTALL)
    if match is None:
        return None
    params = {}
    for i, segment in enumerate(message["segments"]):
        if "param" in segment:
            if params.setdefault(segment["param"], match[f"p{i}"]) != match[f"p{i}"]:
                return None
    return params


def explain(errors, status, retry_after, body):
    paths = errors["envelope"]["paths"]
    code = find(body, paths.get("code", []))
    error = errors["errors"].get(code)
    if error is None:
        return {"status": status, "code": code, "known": False}
    text = find(body, paths.get("message", []))
    readings = ((message, read(message, text)) for message in error["messages"])
    message, params = next(((m, p) for m, p in readings if p is not None), (None, None))
    policy = error["retry"]
    retry = None
    if policy is not None:
        longest = min(policy["base_seconds"], policy["max_delay_seconds"])
        retry = {
            "retries": policy["max_retries"],
            "any_method": policy["methods"] == "any",
            "first_wait": max(longest, float(retry_after or 0)),
        }
    return {
        "status": status,
        "code": code,
        "known": True,
        "variant": message.get("variant", "") if message else "",
        "params": params if message and message["readable"] else None,
        "resolution": (message or {}).get("resolution") or error.get("resolution", ""),
        "retry": retry,
    }


def main():
    file, url, secret = sys.argv[1:]
    with open(file, encoding="utf-8") as f:
        errors = json.load(f)
    request = urllib.request.Request(url, data=b"{}", headers={"api-secret": secret})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        opener.open(request)
    except urllib.error.HTTPError as response:
        retry_after = response.headers.get("Retry-After")
        json.dump(explain(errors, response.code, retry_after, json.load(response)), sys.stdout)


if __name__ == "__main__":
    main()
