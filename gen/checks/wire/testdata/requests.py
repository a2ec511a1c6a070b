"""What the reference page's Python uses of the requests library, with nothing but the standard library.

Requests go to the host in SERVER, whatever host their URL has.
"""

import json as _json
import os
import urllib.error
import urllib.parse
import urllib.request


class Response:
    def __init__(self, status_code, body):
        self.status_code = status_code
        self._body = body

    @property
    def ok(self):
        return self.status_code < 400

    def json(self):
        return _json.loads(self._body)


def post(url, headers, json):
    url = os.environ["SERVER"] + urllib.parse.urlsplit(url).path
    request = urllib.request.Request(url, data=_json.dumps(json).encode(), headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request) as response:
            return Response(response.status, response.read())
    except urllib.error.HTTPError as error:
        return Response(error.code, error.read())
