"""Explains an error response with errors.json: python3 explain.py ERRORS_JSON URL API_SECRET

Standard library alone. Prints what it finds as JSON; a response that errors.json does not know, such as a proxy's page, has its status and
nothing else.
"""

import email.utils
import http.client
import json
import math
import re
import sys
import time
import urllib.error
import urllib.request

# The dates of RFC 9110, section 5.6.7.
DATE = r"[A-Z][a-z]+,? (?:[0-9]{2}[ -][A-Z][a-z]{2}[ -][0-9]{2,4} [0-9:]{8} GMT|[A-Z][a-z]{2} [ 0-9][0-9] [0-9:]{8} [0-9]{4})"


def wait(values, date):
    """Returns for how many seconds Retry-After headers ask: the most of several, rounded up; 0 for what is neither a number nor a date."""
    waits = [0]
    for item in ",".join(values).split(","):
        if number := re.fullmatch(r"\s*([0-9]*)(?:\.([0-9]+))?\s*", item):
            seconds, fraction = number.groups("0")
            waits.append(math.ceil(min(float(seconds or 0), sys.float_info.max)) + bool(fraction.strip("0")))
    now = email.utils.parsedate_tz(date or "")  # the server's clock, which may not be ours
    now = email.utils.mktime_tz(now) if now else time.time()
    for date in re.findall(DATE, ",".join(values)):
        if until := email.utils.parsedate_tz(date):
            waits.append(math.ceil(email.utils.mktime_tz(until) - now))
    return max(waits)


def follow(body, path):
    """Returns what stands in a body at the end of a path, or None."""
    for step in path:
        if not isinstance(body, dict if isinstance(step, str) else list):
            return None
        try:
            body = body[step]
        except LookupError:
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


def explain(errors, status, retry_after, data):
    """Explains a response: retry_after are the seconds that it asks for, data is its body."""
    try:
        body = json.loads(data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        body = None
    paths = errors["envelope"]["paths"]
    code = find(body, paths.get("code", []))
    code = str(code) if type(code) in (str, int) else None
    error = errors["errors"].get(code)
    if error is None:
        return {"status": status, "code": code, "known": False}
    text = find(body, paths.get("message", []))
    readings = ((message, read(message, text)) for message in error["messages"] if isinstance(text, str))
    message, params = next(((m, p) for m, p in readings if p is not None), (None, None))
    policy = error["retry"]
    retry = None
    if policy is not None:
        retry = {
            "retries": policy["max_retries"],
            "any_method": policy["methods"] == "any",
            "first_wait": max(min(policy["base_seconds"], policy["max_delay_seconds"]), retry_after),
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
    with open(file, encoding="utf-8-sig") as f:
        errors = json.load(f)
    request = urllib.request.Request(url, data=b"{}", headers={"api-secret": secret})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        opener.open(request)
    except urllib.error.HTTPError as response:
        try:
            data = response.read()
        except (OSError, http.client.HTTPException):  # it was cut off
            data = b""
        retry_after = wait(response.headers.get_all("Retry-After", []), response.headers["Date"])
        json.dump(explain(errors, response.code, retry_after, data), sys.stdout)


if __name__ == "__main__":
    main()
