"""Tests of generated modules, which are found on PYTHONPATH."""

import asyncio
import copy
import datetime
import email.message
import functools
import http.server
import inspect
import io
import json
import pickle
import tempfile
import threading
import typing
import unittest
import urllib.error
import urllib.request
from unittest import mock

import aiohttp
import bithuman
import fixture
import httpx
import names
import nocodes
import requests
import tenacity
import urllib3


def body(code, message, status):
    return json.dumps(
        {
            "error": {"code": code, "message": message, "httpStatus": status},
            "status": "error",
            "status_code": status,
        }
    ).encode()


NOT_FOUND = body("NOT_FOUND", "Agent not found for code: A1", 404)
LIMITED = body("RATE_LIMITED", "Too many free requests for this api-secret. Retry in ~6s.", 429)


class Errors(unittest.TestCase):
    def test_made_by_hand(self):
        error = bithuman.NotFoundError(
            variant="agent", agent_code="A1", request_id="r", retry_after=2
        )
        self.assertEqual(
            (error.code, error.status, error.message, error.variant, error.agent_code),
            ("NOT_FOUND", 404, "Not found", "agent", "A1"),
        )
        self.assertEqual(str(error), "NOT_FOUND: Not found (HTTP 404)")
        self.assertEqual(error.resolution, "Check the agent's code.")
        self.assertIn("https://", error.docs_url)
        with self.assertRaises(TypeError):
            bithuman.NotFoundError(agent="A1")

    def test_copies_keep_everything(self):
        made = [
            bithuman.NotFoundError(
                "m", variant="agent", agent_code="A1", status=410, request_id="r"
            ),
            bithuman.parse(404, {"X-Request-Id": "r", "X": "y"}, NOT_FOUND),
            bithuman.parse(502, None, b"<html>\xff"),
            bithuman.ApiError("m", status=599, retry_after=0.5),
        ]
        made[0].add_note = None
        made[0].own = {"kept": ["too"]}
        for error in made:
            for how in (
                copy.copy,
                copy.deepcopy,
                *map(by_pickle, range(pickle.HIGHEST_PROTOCOL + 1)),
            ):
                again = how(error)
                self.assertIs(type(again), type(error))
                self.assertEqual(vars(again), vars(error))
                self.assertEqual(again.args, error.args)
                self.assertEqual(str(again), str(error))

    def test_the_log_line_is_one_line(self):
        error = bithuman.parse(404, None, body("NOT_FOUND", "a\nb\x1b[31m\u202e", 404))
        self.assertEqual(str(error), "NOT_FOUND: a\\nb\\x1b[31m\\u202e (HTTP 404)")
        unknown = bithuman.parse(502, None, b"<h1>\n" + b"x" * 1000)
        self.assertLess(len(str(unknown)), 400)
        self.assertTrue(str(unknown).isprintable())

    def test_what_is_printed_says_what_it_is(self):
        known = bithuman.parse(404, None, NOT_FOUND)
        self.assertEqual(repr(known), f"<NotFoundError {known}>")
        for body_, line in (
            (b"<h1>Bad</h1>", "HTTP 502: the body is not JSON: <h1>Bad</h1>"),
            (b"", "HTTP 502: the body is empty"),
            (b'{"error":{"message":"No"}}', "No (HTTP 502): the body holds no error code: "),
        ):
            unknown = bithuman.parse(502, None, body_)
            self.assertTrue(str(unknown).startswith(line), str(unknown))
            self.assertEqual(repr(unknown), f"<Unrecognized {unknown}>")
            self.assertEqual(
                unknown.message, "No" if line.startswith("No") else f"HTTP 502: {unknown.reason}"
            )
        newer = bithuman.parse(409, None, b'{"error":{"code":"NEWER"}}')
        self.assertTrue(str(newer).startswith("NEWER (HTTP 409): the code "), str(newer))
        self.assertEqual(newer.message, f"HTTP 409: {newer.reason}")

    def test_not_utf8(self):
        error = bithuman.parse(404, None, NOT_FOUND.replace(b"A1", b"\xe2\x82"))
        self.assertEqual(error.message, "Agent not found for code: \ufffd\ufffd")
        self.assertEqual((error.variant, error.agent_code), ("agent", None))
        halved = bithuman.parse(404, None, NOT_FOUND.replace(b"A1", b"\\ud83d"))
        self.assertEqual(halved.message, "Agent not found for code: \ufffd")
        str(halved).encode()

    def test_text_bodies(self):
        self.assertEqual(bithuman.parse(404, None, NOT_FOUND.decode()).agent_code, "A1")
        self.assertEqual(bithuman.parse(404, [("X-Request-Id", "r")], "").request_id, "r")

    def test_what_is_not_json(self):
        for text in (
            b"NaN",
            b'{"error": {"code": "NOT_FOUND", "x": NaN}}',
            b"'",
            b"\xff\xfe{",
        ):
            error = bithuman.parse(404, None, text)
            self.assertIsInstance(error, bithuman.Unrecognized)
            self.assertEqual(error.reason, "the body is not JSON")
        long = b'{"n": ' + b"9" * 10_000 + b', "error": {"code": "NOT_FOUND"}}'
        self.assertIsInstance(bithuman.parse(404, None, long), bithuman.NotFoundError)

    def test_deep_bodies(self):
        text = '{"error":{"code":"ARGUMENTS","message":"Arguments","params":%s},"more":[%s,%s]}'
        params = '{"of":{},"json":%s,"flat":{"a":"x","b":1}}'
        for levels in (1, 100, 200, 201, 300, 600, 900, 10_000, 200_000):
            deep = "[" * levels + "]" * levels
            for odd in ("0", '"\\u00e9"', '"\\ud800"', "9" * 5000):
                outside = fixture.parse(400, None, text % (params % 1, odd, deep))
                inside = fixture.parse(400, None, text % (params % deep, odd, 1))
                for error in (outside, inside):
                    if isinstance(error, fixture.Unrecognized):
                        self.assertGreater(levels, 600)
                        self.assertIn("reading the body: maximum recursion depth", error.reason)
                        self.assertIsInstance(error.__cause__, RecursionError)
                        self.assertGreater(len(error.body), 1000)
                    else:
                        self.assertLess(levels, 200_000)
                if isinstance(inside, fixture.ArgumentsError):
                    self.assertEqual(inside.has_params, levels <= 200)
                    self.assertEqual(inside.json is None, levels > 200)
                    for again in (pickle.loads(pickle.dumps(inside)), copy.deepcopy(inside)):
                        self.assertEqual((str(again), again.params), (str(inside), inside.params))

    def test_bodies_and_headers_of_any_library(self):
        text = body("NOT_FOUND", "Agent not found for code: Köln", 404).decode()
        data = text.encode()
        for given in (text, data, bytearray(data), memoryview(data)):
            self.assertEqual(bithuman.parse(404, None, given).agent_code, "Köln")
        for empty in (None, "", b"", bytearray()):
            self.assertEqual(bithuman.parse(404, None, empty).reason, "the body is empty")
        message = email.message.Message()
        message["X-Request-Id"] = "r"
        message["Retry-After"] = "7"
        for headers in (
            [(b"x-request-id", b"r"), (b"retry-after", b"7")],  # ASGI
            [("X-Request-Id", "r"), ("Retry-After", "7")],  # WSGI
            {"X-Request-Id": ["r"], "Retry-After": ["3", "7"], "X-None": None},
            {"X-Request-Id": "r", "Retry-After": 7},
            {b"X-Request-Id": b"r", b"Retry-After": b"7"},
            message,
            httpx.Headers({"X-Request-Id": "r", "Retry-After": "7"}),
        ):
            error = bithuman.parse(429, headers, LIMITED)
            self.assertEqual((error.request_id, error.retry_after), ("r", 7), headers)
            self.assertNotIn("x-none", error.headers)

    def test_a_long_body(self):
        error = bithuman.parse(404, None, NOT_FOUND + b" " * (1 << 20))
        self.assertIsInstance(error, bithuman.Unrecognized)
        self.assertIn("longer than 1048576 bytes", error.reason)
        self.assertEqual(len(error.body), 64 << 10)

    def test_gzip(self):
        import gzip

        zipped = gzip.compress(NOT_FOUND)
        for encoding in ("gzip", "x-gzip", "GZIP"):
            self.assertEqual(
                bithuman.parse(404, {"Content-Encoding": encoding}, zipped).agent_code, "A1"
            )
        bomb = gzip.compress(b" " * (64 << 20))
        self.assertIn("longer than", bithuman.parse(404, {"Content-Encoding": "gzip"}, bomb).reason)
        broken = bithuman.parse(404, {"Content-Encoding": "gzip"}, b"\x1f\x8b garbage")
        self.assertIn("reading the body", broken.reason)

    def test_retry_after(self):
        for header, want in {
            "30": 30,
            "1.5": 2,
            "120, 30": 120,
            "1m30s": 90,
            "-1": None,
            "soon": None,
            "": None,
            "Fri, 12 Jun 2026 15:04:15 GMT": 10,
            "Friday, 12-Jun-26 15:04:15 GMT": 10,
            "Fri Jun 12 15:04:15 2026": 10,
            "2026-06-12T15:04:15.5Z": 10.5,
            "2026-06-12T17:04:15+02:00": 10,
            "Thu, 11 Jun 2026 15:04:15 GMT": None,
            "Fri, 99 Jun 2026 15:04:15 GMT": None,
            "1" + "0" * 400: 9223372036.854775807,
            "1_0": None,
            "nan": None,
            "inf": None,
            "\u0663": None,
        }.items():
            now = datetime.datetime(2026, 6, 12, 15, 4, 5, tzinfo=datetime.timezone.utc).timestamp()
            got = bithuman.parse(429, {"Retry-After": header}, LIMITED, now=now).retry_after
            self.assertEqual(got, want, header)

    def test_every_kind_of_param(self):
        at = "2026-06-12T15:04:05.123456789Z"
        error = fixture.parse(
            422,
            None,
            json.dumps(
                {
                    "error": {
                        "code": "NESTED",
                        "message": "Nested",
                        "params": {
                            "causes": [
                                {
                                    "message": "m",
                                    "wait": 90,
                                    "identifier": {"type": "t", "value": "b"},
                                    "inner": {"code": "c", "limits": [1, 2.0]},
                                },
                                {"message": "m", "identifier": {"type": "t", "value": "newer"}},
                                3,
                            ],
                            "errors": {"": [], "email": ["x", 1]},
                            "grid": [[1, 2.5], []],
                            "target": {"name": "n", "since": at},
                            "data": {"a": [1, None]},
                            "by": {"key": {"wait": 6}},
                        },
                    }
                }
            ),
        )
        first, second = error.causes
        self.assertEqual(
            (first.wait, first.identifier.value, first.inner.limits), (90.0, "b", [1, 2])
        )
        self.assertEqual((second.wait, second.identifier.value, second.inner), (None, None, None))
        self.assertEqual(error.params["causes"][1]["identifier"], {"type": "t", "value": "newer"})
        self.assertEqual(error.errors, {"": [], "email": ["x"]})
        self.assertEqual(error.grid, [[1.0, 2.5], []])
        self.assertEqual(
            error.target.since,
            datetime.datetime(2026, 6, 12, 15, 4, 5, 123456, datetime.timezone.utc),
        )
        self.assertEqual(error.params["target"]["since"], at)
        self.assertEqual(
            (error.data, error.debug, error.by["key"].wait), ({"a": [1, None]}, None, 6.0)
        )
        self.assertFalse(error.has_params)
        with self.assertRaises(AttributeError):
            first.wait = 1
        self.assertEqual(pickle.loads(pickle.dumps(error)).causes, error.causes)


    def test_headers_are_utf_8(self):
        body = json.dumps({"error": {"code": "REGION_DOWN", "message": "Files"}})
        for sent in ("Zürich 世界", "Zürich 世界".encode().decode("latin-1")):
            error = fixture.parse(503, {"X-Region": sent}, body)
            self.assertEqual(error.params, {"what": "Files", "region": "Zürich 世界"})
        error = fixture.parse(503, {"X-Region": "Zürich"}, body)
        self.assertEqual(error.params, {"what": "Files", "region": "Zürich"})

    def test_numbers_in_headers(self):
        body = json.dumps({"error": {"code": "ROOM_FULL", "message": "No room is left"}})
        for header, want in {
            "512 for 9223372036": {"size": 512, "wait": 9223372036},
            "-1 for -9223372036": {"size": -1, "wait": -9223372036},
            "+00000000000000000000512 for 0": {"size": 512, "wait": 0},
            "9007199254740993 for 1": {"size": 9007199254740993, "wait": 1},
            "9223372036854775808 for 1": {},
            "1 for 9223372037": {},
            "1 for -9223372037": {},
            "1 for 9007199254740991": {},
            "1 for 1.5": {},
            "1 for ": {},
        }.items():
            self.assertEqual(fixture.parse(507, {"X-Room": header}, body).params, want, header)

    def test_every_kind_of_param_in_a_message(self):
        text = "a; -3; 2.5; true; 512 B; 1m30s; 2026-06-12T15:04:05Z; a"
        params = {
            "text": "a",
            "count": -3,
            "ratio": 2.5,
            "on": True,
            "size": 512,
            "wait": 90,
            "at": "2026-06-12T15:04:05Z",
        }
        for old, new, change in (
            ("a;", "a;", {}),
            ("-3", "9007199254740993", {"count": 9007199254740993}),
            ("2.5", "1e+21", {"ratio": 1e21}),
            ("true", "false", {"on": False}),
            ("512 B", "9 EB", {"size": 9 * 10**18}),
            ("512 B", "9007199254740993 B", {"size": 9007199254740993}),
            ("512 B", "-8 EiB", {"size": -(2**63)}),
            ("1m30s", "1.5ms", {"wait": 0.0015}),
            ("1m30s", "1h0m1s", {"wait": 3601}),
            ("05Z", "05.12Z", {"at": "2026-06-12T15:04:05.12Z"}),
            ("-3", "03", None),
            ("-3", "-0", None),
            ("-3", "9223372036854775808", None),
            ("2.5", "2.50", None),
            ("2.5", "inf", None),
            ("2.5", "1_0.5", None),
            ("true", "True", None),
            ("512 B", "1000 B", None),
            ("512 B", "10 EB", None),
            ("512 B", "8 EiB", None),
            ("1m30s", "90s", None),
            ("1m30s", "1m30s0ms", None),
            ("05Z", "05+00:00", None),
            ("05Z", "05.120Z", None),
            ("15:04", "25:04", None),
            ("; a", "; b", None),
        ):
            body = json.dumps({"error": {"code": "EVERY_TYPE", "message": text.replace(old, new)}})
            want = {} if change is None else {**params, **change}
            self.assertEqual(fixture.parse(400, None, body).params, want, new)


def by_pickle(protocol):
    return lambda error: pickle.loads(pickle.dumps(error, protocol))


class Names(unittest.TestCase):
    def test_codes(self):
        classes = {code: info.error.__name__ for code, info in names.CATALOG.items()}
        self.assertEqual(classes["None"], "NoneError")
        self.assertEqual(classes["__init__"], "InitError")
        self.assertEqual(classes["KeyError"], "ApiKeyError")
        self.assertEqual(classes["TIMEOUT"], "ApiTimeoutError")
        self.assertEqual(len(set(classes.values())), len(classes))
        import builtins

        for code, name in classes.items():
            self.assertFalse(hasattr(builtins, name), name)
            error = names.parse(400, None, json.dumps({"code": code, "message": "m"}))
            self.assertEqual((type(error).__name__, error.code), (name, code))
            self.assertIn(name, names.__all__)
            self.assertEqual(pickle.loads(pickle.dumps(error)).code, code)

    def test_params(self):
        params = {
            "message": "a",
            "code": 3,
            "args": ["x"],
            "status": 'off "now"',
            "with_traceback": True,
            "class": 1.5,
            "str": "s",
            "self": {"self": "me", "from": 1, "str": "t"},
            "agentCode": "A",
            "params": [None],
            "type": "2026-06-12T15:04:05Z",
        }
        error = names.parse(
            400, None, json.dumps({"code": "PARAMS", "message": "About a", "params": params})
        )
        self.assertEqual(error.params, params)
        self.assertTrue(error.has_params)
        self.assertEqual((error.message, error.code, error.status), ("About a", "PARAMS", 400))
        self.assertEqual(
            (error.message_, error.code_, error.args_, error.status_), ("a", 3, ["x"], 'off "now"')
        )
        self.assertEqual(
            (error.class_, error.str_, error.agent_code, error.params_), (1.5, "s", "A", [None])
        )
        self.assertEqual((error.self_.self, error.self_.from_, error.self_.str_), ("me", 1, "t"))
        with self.assertRaises(names.ParamsError) as caught:
            raise error.with_traceback(None)
        self.assertIs(caught.exception, error)
        names.ParamsError(self_=error.self_, args_=["y"], message_="b", type=error.type)

    def test_no_codes(self):
        self.assertEqual(dict(nocodes.CATALOG), {})
        self.assertIsInstance(nocodes.parse(500, None, b"{}"), nocodes.Unrecognized)

    def test_everything_exported_is_there(self):
        for module in (bithuman, fixture, names, nocodes):
            for name in module.__all__:
                getattr(module, name)

    def test_annotations_name_what_they_mean(self):
        # A member with the name of a builtin would hide it from the annotations beside it.
        for module in (bithuman, fixture, names, nocodes):
            for name in module.__all__:
                value = getattr(module, name)
                if isinstance(value, type):
                    typing.get_type_hints(value)
                    typing.get_type_hints(value.__init__)
                elif callable(value) and value.__module__ == module.__name__:
                    self.assertIn("return", typing.get_type_hints(value))
        self.assertEqual(typing.get_type_hints(fixture.Info)["error"], type[fixture.ApiError])


class Deprecated(unittest.TestCase):
    def test_mark(self):
        self.assertIn("RATE_LIMITED", fixture.OldLimitError.__deprecated__)
        with self.assertNoLogs(), mock.patch("warnings.warn") as warn:
            fixture.OldLimitError()
        warn.assert_not_called()


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers with what the test has put into ``answers``."""

    answers = []
    seen = []

    def do_GET(self):
        self.seen.append(self.command)
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, headers, data, *cut = self.answers.pop(0)
        if self.headers.get("Transfer-Encoding"):
            while self.rfile.readline() != b"0\r\n":
                pass
            self.rfile.readline()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data) + sum(cut)))
        self.end_headers()
        self.wfile.write(data)
        if cut:
            self.close_connection = True

    do_POST = do_PUT = do_HEAD = do_GET

    def log_message(self, *args):
        pass


class Libraries(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        cls.url = f"http://127.0.0.1:{cls.server.server_address[1]}/"
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()

    def setUp(self):
        Handler.answers.clear()
        Handler.seen.clear()

    def answer(self, *answers):
        Handler.answers.extend(answers)

    def assertNotFound(self, error, idempotent=True):
        self.assertIsInstance(error, bithuman.NotFoundError)
        self.assertEqual((error.agent_code, error.request_id), ("A1", "r1"))
        self.assertIs(error.idempotent, idempotent)

    def test_requests(self):
        missing = (404, {"X-Request-Id": "r1"}, NOT_FOUND)
        self.answer(missing, missing, missing, (200, {}, b"fine"), missing)
        with self.assertRaises(bithuman.NotFoundError) as caught:
            bithuman.raise_for(requests.get(self.url))
        self.assertNotFound(caught.exception)
        self.assertNotFound(bithuman.decode(requests.post(self.url)), idempotent=False)
        keyed = requests.post(self.url, headers={"Idempotency-Key": "k"})
        self.assertNotFound(bithuman.decode(keyed))
        self.assertIsNone(bithuman.decode(requests.get(self.url)))
        with requests.get(self.url, stream=True) as response:
            self.assertNotFound(bithuman.decode(response))
            self.assertEqual(response.content, NOT_FOUND)

    def test_requests_streamed(self):
        self.answer((404, {}, NOT_FOUND), (404, {}, NOT_FOUND, 10))
        with requests.get(self.url, stream=True) as response:
            list(response.iter_content(7))
            error = bithuman.decode(response)
        self.assertIsInstance(error, bithuman.Unrecognized)
        self.assertEqual(error.status, 404)
        self.assertIn("reading the body: ", error.reason)
        self.assertIsNotNone(error.__cause__)
        with requests.get(self.url, stream=True) as response:
            error = bithuman.decode(response)  # it was cut off
        self.assertIsInstance(error, bithuman.ApiError)

    def test_httpx(self):
        missing = (404, {"X-Request-Id": "r1"}, NOT_FOUND)
        self.answer(missing, missing, missing, missing, (404, {}, NOT_FOUND, 10))
        with httpx.Client() as client:
            self.assertNotFound(bithuman.decode(client.put(self.url)))
            with client.stream("GET", self.url) as response:
                self.assertNotFound(bithuman.decode(response))
            with client.stream("GET", self.url) as response:
                list(response.iter_bytes())
                error = bithuman.decode(response)
                self.assertIsInstance(error, bithuman.Unrecognized)
                self.assertEqual(error.status, 404)
            with client.stream("POST", self.url) as response:
                response.read()
                self.assertNotFound(bithuman.decode(response), idempotent=False)
            with client.stream("GET", self.url) as response:
                error = bithuman.decode(response)  # it was cut off
                self.assertIsInstance(error, bithuman.Unrecognized)
        self.assertNotFound(
            bithuman.decode(httpx.Response(404, headers={"X-Request-Id": "r1"}, content=NOT_FOUND)),
            None,
        )

    def test_urllib(self):
        self.answer((404, {"X-Request-Id": "r1"}, NOT_FOUND))
        with self.assertRaises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(self.url)
        with caught.exception as response:
            self.assertNotFound(bithuman.decode(response), None)

    def test_urllib3(self):
        self.answer(
            (404, {"X-Request-Id": "r1"}, NOT_FOUND), (404, {"X-Request-Id": "r1"}, NOT_FOUND)
        )
        with urllib3.PoolManager() as pool:
            self.assertNotFound(bithuman.decode(pool.request("GET", self.url)), None)
            streamed = pool.request("GET", self.url, preload_content=False)
            self.assertNotFound(bithuman.decode(streamed), None)
            streamed.release_conn()

    def test_head(self):
        self.answer((401, {"X-Fixture-Code": "UNAUTHORIZED"}, b""))
        error = fixture.decode(requests.head(self.url))
        self.assertIsInstance(error, fixture.UnauthorizedError)

    def test_mocks(self):
        for make in (mock.Mock, mock.MagicMock):
            response = make(status_code=404, content=NOT_FOUND, headers={"X-Request-Id": "r"})
            error = bithuman.decode(response)
            self.assertEqual((error.agent_code, error.request_id), ("A1", "r"))
            spec = make(spec=requests.Response, status_code=404, content=NOT_FOUND, headers={})
            self.assertEqual(bithuman.decode(spec).agent_code, "A1")
        empty = bithuman.decode(mock.Mock(status_code=404, headers={}))
        self.assertTrue(empty.reason.startswith("reading the body: "), empty.reason)

    def test_not_a_response(self):
        for thing in (None, "404", object(), {"status": 404}):
            with self.assertRaises(TypeError):
                bithuman.raise_for(thing)

    def test_asyncio(self):
        missing = (404, {"X-Request-Id": "r1"}, NOT_FOUND)
        self.answer(missing, missing, missing)

        async def run():
            async with httpx.AsyncClient() as client:
                self.assertNotFound(bithuman.decode(await client.get(self.url)))
                async with client.stream("GET", self.url) as response:
                    error = bithuman.decode(response)
                    self.assertIsInstance(error, bithuman.Unrecognized)
                async with client.stream("GET", self.url) as response:
                    await response.aread()
                    self.assertNotFound(bithuman.decode(response))

        asyncio.run(run())

    def test_aiohttp(self):
        missing = (404, {"X-Request-Id": "r1"}, NOT_FOUND)
        limited = (429, {"Retry-After": "6"}, LIMITED)
        self.answer(missing, missing, missing, (404, {}, NOT_FOUND, 10))

        async def run():
            async with aiohttp.ClientSession() as session:
                async with session.get(self.url) as response:
                    await response.read()
                    self.assertNotFound(bithuman.decode(response))
                    self.assertEqual(await response.read(), NOT_FOUND)
                async with session.post(self.url) as response:
                    await response.text()
                    with self.assertRaises(bithuman.NotFoundError) as caught:
                        bithuman.raise_for(response)
                    self.assertNotFound(caught.exception, idempotent=False)
                async with session.post(self.url, headers={"idempotency-key": "k"}) as response:
                    await response.read()
                    self.assertNotFound(bithuman.decode(response))
                async with session.get(self.url) as response:
                    with self.assertRaises(aiohttp.ClientPayloadError):
                        await response.read()
                    cut_off = bithuman.decode(response)
                    self.assertIsInstance(cut_off, bithuman.Unrecognized)
                    self.assertIn("reading the body: ", cut_off.reason)

                @bithuman.retrying
                async def post():
                    return await session.post(self.url)

                self.answer(limited, limited, (200, {}, b"fine"), missing)
                with mock.patch("asyncio.sleep", new=mock.AsyncMock()) as sleep:
                    response = await post()
                    self.assertEqual((response.status, await response.read()), (200, b"fine"))
                    self.assertEqual([c.args[0] for c in sleep.call_args_list], [6, 6])
                    response = await post()
                    self.assertNotFound(bithuman.decode(response), idempotent=False)

        asyncio.run(run())

    def test_aiohttp_unread(self):
        """The body has not arrived when the response is there."""

        async def handle(reader, writer):
            await reader.readuntil(b"\r\n\r\n")
            head = f"HTTP/1.1 404 Not Found\r\nContent-Length: {len(NOT_FOUND)}\r\n\r\n"
            writer.write(head.encode())
            await writer.drain()
            await self.asked.wait()
            writer.write(NOT_FOUND)
            await writer.drain()
            writer.close()

        async def run():
            self.asked = asyncio.Event()
            server = await asyncio.start_server(handle, "127.0.0.1", 0)
            port = server.sockets[0].getsockname()[1]
            async with server, aiohttp.ClientSession() as session:
                async with session.get(f"http://127.0.0.1:{port}/") as response:
                    unread = bithuman.decode(response)
                    self.assertIsInstance(unread, bithuman.Unrecognized)
                    self.assertIn("await response.read()", unread.reason)
                    self.asked.set()
                    await response.read()
                    self.assertEqual(bithuman.decode(response).agent_code, "A1")

        asyncio.run(run())

    def test_retrying(self):
        limited = (429, {"Retry-After": "6"}, LIMITED)
        for call in (
            lambda url: requests.post(url),
            lambda url: httpx.post(url),
            lambda url: self.raising(requests.post(url)),
        ):
            self.answer(limited, limited, (200, {}, b"fine"))
            with mock.patch("time.sleep") as sleep:
                response = bithuman.retrying(call)(self.url)
            self.assertEqual((response.status_code, response.content), (200, b"fine"))
            self.assertEqual([c.args[0] for c in sleep.call_args_list], [6, 6])

    def raising(self, response):
        bithuman.raise_for(response)
        return response

    def test_retrying_gives_up(self):
        broken = (500, {}, body("INTERNAL_ERROR", "Internal server error", 500))
        self.answer(broken, broken, broken, broken)
        with mock.patch("time.sleep") as sleep:
            self.assertEqual(bithuman.retrying(requests.get)(self.url).status_code, 500)
            self.assertEqual(len(sleep.call_args_list), 1)
            self.assertEqual(bithuman.retrying(requests.post)(self.url).status_code, 500)
            self.assertEqual(len(sleep.call_args_list), 1)  # a POST may not be sent twice
            with self.assertRaises(bithuman.InternalError):
                bithuman.retrying(lambda url: self.raising(requests.post(url)))(self.url)
        self.assertEqual(bithuman.retrying(int)("3"), 3)
        with self.assertRaises(ValueError):
            bithuman.retrying(int)("x")

    def retried(self, call, *args, **kwargs):
        """Report how often a call sends its request, which fails each time."""
        Handler.seen.clear()
        with mock.patch("time.sleep"), mock.patch("asyncio.sleep", new=mock.AsyncMock()):
            result = call(*args, **kwargs)
            if inspect.isawaitable(result):
                asyncio.run(result)
        Handler.answers.clear()
        return len(Handler.seen)

    BROKEN = (500, {}, body("INTERNAL_ERROR", "Internal server error", 500))  # not any method

    def test_retrying_after_redirects(self):
        """A GET that follows a POST says nothing about the POST."""
        moved = (303, {"Location": "/"}, b"")

        async def post_later():
            async with aiohttp.ClientSession() as session:
                return await session.post(self.url)

        async def post_httpx():
            async with httpx.AsyncClient(follow_redirects=True) as client:
                return await client.post(self.url)

        for post in (
            requests.post,
            functools.partial(httpx.post, follow_redirects=True),
            lambda _: post_later(),
            lambda _: post_httpx(),
            lambda url: self.raising(requests.post(url)),
        ):
            self.answer(moved, self.BROKEN, moved, self.BROKEN)
            try:
                sent = self.retried(bithuman.retrying(post), self.url)
            except bithuman.InternalError:
                sent = len(Handler.seen)
            self.assertEqual(sent, 2, post)
        self.answer(moved, self.BROKEN, moved, self.BROKEN)
        self.assertEqual(self.retried(bithuman.retrying(requests.get), self.url), 4)

    def test_retrying_what_says_no_method(self):
        def urlopen(method):
            request = urllib.request.Request(self.url, method=method)
            try:
                return urllib.request.urlopen(request)
            except urllib.error.HTTPError as response:
                with response:
                    return bithuman.decode(response)

        def opened(method):
            raise urlopen(method)

        def parsed(method):
            response = requests.request(method, self.url)
            raise bithuman.parse(response.status_code, response.headers, response.content)

        with urllib3.PoolManager() as pool:
            for call in (opened, parsed, lambda method: pool.request(method, self.url)):
                for method in ("GET", "POST"):
                    for idempotent, want in ((None, 1), (False, 1), (True, 2)):
                        self.answer(self.BROKEN, self.BROKEN)
                        again = bithuman.retrying(call, idempotent=idempotent)
                        try:
                            sent = self.retried(again, method)
                        except bithuman.InternalError:
                            sent = len(Handler.seen)
                        self.assertEqual(sent, want, (call, method, idempotent))

    def test_retrying_what_is_read_once(self):
        """A second attempt would send an empty body, and be told that all is well."""
        limited = [(429, {}, LIMITED)] * 5
        text = b"the body of a request"

        def named():
            file = tempfile.NamedTemporaryFile()
            file.write(text)
            file.seek(0)
            return file

        for make in (
            lambda: io.BytesIO(text),
            lambda: iter([text]),
            lambda: (part for part in [text]),
            lambda: map(bytes, [text]),
            named,
        ):
            for where in (
                lambda one: {"data": one},
                lambda one: {"files": {"f": one}},
                lambda one: {"files": {"f": ("name", one, "text/plain")}},
                lambda one: {"files": [("f", ("name", one))]},
            ):
                self.answer(*limited)
                given = make()
                if "files" in where(given) and not hasattr(given, "read"):
                    continue  # requests sends files alone
                sent = self.retried(bithuman.retrying(requests.put), self.url, **where(given))
                self.assertEqual(sent, 1, given)
                getattr(given, "close", lambda: None)()

        async def later(content):
            async with httpx.AsyncClient() as client:
                return await client.put(self.url, content=content)

        async def parts():
            yield text

        self.answer(*limited)
        self.assertEqual(self.retried(bithuman.retrying(later), parts()), 1)
        for whole in (text, text.decode(), None):
            self.answer(*limited)
            self.assertEqual(self.retried(bithuman.retrying(later), whole), 5)
        for kwargs in ({"data": {"a": ["b"]}}, {"json": {"a": [{}]}}, {"files": {"f": b"x"}}):
            self.answer(*limited)
            self.assertEqual(self.retried(bithuman.retrying(requests.put), self.url, **kwargs), 5)
        for double in (mock.Mock(), mock.MagicMock(), mock.AsyncMock()):
            self.answer(*limited)
            sent = self.retried(bithuman.retrying(lambda _: requests.put(self.url)), double)
            self.assertEqual(sent, 5)

    def test_retrying_bodies_that_fail(self):
        """A body that cannot be read is no reason to raise something else."""
        cut = (503, {}, b"<html>", 10)

        async def with_aiohttp():
            async with aiohttp.ClientSession() as session:
                response = await bithuman.retrying(session.get)(self.url)
                self.assertEqual(response.status, 503)

        async def with_httpx():
            async with httpx.AsyncClient() as client:
                request = client.build_request("GET", self.url)
                response = await bithuman.retrying(client.send)(request, stream=True)
                self.assertEqual(response.status_code, 503)

        for call in (
            with_aiohttp,
            with_httpx,
            lambda: bithuman.retrying(requests.get)(self.url, stream=True),
        ):
            self.answer(*[cut] * 5)
            self.assertEqual(self.retried(call), 5, call)

    def test_retrying_other_results(self):
        class Job:
            status = 500

        for result in (None, 500, Job(), {"status": 500}, http.HTTPStatus.NOT_FOUND):
            self.assertIs(bithuman.retrying(lambda: result)(), result)

    def test_retrying_coroutines(self):
        limited = (429, {"Retry-After": "6"}, LIMITED)
        self.answer(limited, limited, (200, {}, b"fine"), limited, (404, {}, NOT_FOUND))

        async def run():
            async with httpx.AsyncClient() as client:

                @bithuman.retrying
                async def fetch(url):
                    return await client.get(url)

                @bithuman.retrying
                async def strict(url):
                    return self.raising(await client.get(url))

                with mock.patch("asyncio.sleep", new=mock.AsyncMock()) as sleep:
                    response = await fetch(self.url)
                    self.assertEqual((response.status_code, response.content), (200, b"fine"))
                    self.assertEqual([c.args[0] for c in sleep.call_args_list], [6, 6])
                    with self.assertRaises(bithuman.NotFoundError):
                        await strict(self.url)
                self.assertEqual(fetch.__name__, "fetch")

        asyncio.run(run())

    def test_retrying_keeps_the_kind_of_a_function(self):
        class Client:
            async def fetch(self):
                return "fetched"

            def get(self):
                return "got"

        self.assertTrue(inspect.iscoroutinefunction(bithuman.retrying(Client.fetch)))
        self.assertTrue(inspect.iscoroutinefunction(bithuman.retrying(Client().fetch)))
        self.assertFalse(inspect.iscoroutinefunction(bithuman.retrying(Client.get)))
        bound = bithuman.retrying(functools.partial(Client().fetch))
        self.assertEqual(asyncio.run(bound()), "fetched")
        self.assertEqual(bithuman.retrying(Client().get)(), "got")
        late = bithuman.retrying(lambda: Client().fetch())  # a function that makes a coroutine
        self.assertEqual(asyncio.run(late()), "fetched")

    def test_tenacity(self):
        limited = (429, {"Retry-After": "6"}, LIMITED)
        policy = {
            "retry": tenacity.retry_if_exception(bithuman.is_retryable),
            "wait": bithuman.wait,
            "stop": tenacity.stop_after_attempt(3),
            "reraise": True,
        }
        waits = []
        retrying = tenacity.Retrying(sleep=waits.append, **policy)
        self.answer(limited, limited, (200, {}, b"fine"))
        response = retrying(lambda: self.raising(requests.post(self.url)))
        self.assertEqual((response.content, waits), (b"fine", [6, 6]))
        self.answer(limited, limited, limited, (404, {}, NOT_FOUND))
        with self.assertRaises(bithuman.RateLimitedError):
            retrying(lambda: self.raising(requests.get(self.url)))
        with self.assertRaises(bithuman.NotFoundError):
            retrying(lambda: self.raising(requests.get(self.url)))
        self.assertEqual(waits, [6, 6, 6, 6])
        with self.assertRaises(ValueError):
            retrying(int, "x")

        async def run():
            later = mock.AsyncMock()
            retrying = tenacity.AsyncRetrying(sleep=later, **policy)
            self.answer(limited, (404, {}, NOT_FOUND))
            async with httpx.AsyncClient() as client:

                async def fetch():
                    return self.raising(await client.get(self.url))

                with self.assertRaises(bithuman.NotFoundError):
                    await retrying(fetch)
            self.assertEqual([c.args[0] for c in later.call_args_list], [6])

        asyncio.run(run())


class Delays(unittest.TestCase):
    def test_jitter_and_growth(self):
        error = bithuman.parse(429, None, LIMITED)
        with mock.patch("random.random", return_value=0.0):
            self.assertEqual([bithuman.decide(error, n).delay for n in (1, 2, 3, 4)], [1, 2, 4, 8])
        with mock.patch("random.random", return_value=0.5):
            self.assertEqual(bithuman.decide(error, 3).delay, 2)
        self.assertEqual(bithuman.decide(error, 5).reason, "no retries are left")
        error.retry_after = 1e6
        self.assertFalse(bithuman.decide(error).retry)

    def test_a_delay_beyond_floats(self):
        policy = bithuman.Retry("p", 1, 10, 30, 0, 10**6, 300, True)
        self.assertEqual(policy.delay(10**5), 30)

    def test_status_and_body_disagree(self):
        error = bithuman.parse(200, None, LIMITED)
        self.assertEqual((error.status, error.body_status), (200, 429))
        self.assertFalse(bithuman.decide(error).retry)
        self.assertIn("(HTTP 200, but the body says 429)", str(error))


if __name__ == "__main__":
    unittest.main()
