"""Tests of the files that gen/docs/python.md shows, which are found on PYTHONPATH."""

import json
import pathlib
import sys
import types
import unittest
from unittest import mock


class Document(unittest.TestCase):
    def test_client(self):
        import client

        with mock.patch("requests.post") as post:
            for status, code, message, want in (
                (404, "NOT_FOUND", "Agent not found for code: A1", "no agent A1, variant agent"),
                (429, "RATE_LIMITED", "Slow down", "wait 6.0 seconds"),
                (402, "INSUFFICIENT_BALANCE", "Insufficient credits", "402 INSUFFICIENT_BALANCE: Top up"),
                (502, "NEWER", "m", "502 None: "),
            ):
                post.return_value = response(status, code, message)
                self.assertTrue(client.speak("u", "hello").startswith(want), want)
            post.return_value = response(200, "", "")
            self.assertEqual(client.speak("u", "hello"), "fine")

    def test_again(self):
        import test_again

        test_again.test_fetch()

    def test_tenacity(self):
        """Without tenacity: its three functions are called as it calls them."""
        made = {}
        module = types.ModuleType("tenacity")
        module.Retrying = lambda **arguments: made.update(arguments)
        module.retry_if_exception = lambda predicate: predicate
        module.stop_after_attempt = lambda attempts: attempts
        with mock.patch.dict(sys.modules, tenacity=module):
            import with_tenacity

        error = with_tenacity.apierr.RateLimitedError(retry_after=6)
        outcome = mock.Mock(exception=lambda: error)
        self.assertTrue(made["retry"](error))
        self.assertGreaterEqual(made["wait"](mock.Mock(attempt_number=1, outcome=outcome)), 6)

    def test_every(self):
        import every

        self.assertEqual(every.group(every.apierr.RateLimitedError()), "theirs")

    def test_every_file_is_tested(self):
        shown = {path.stem for path in pathlib.Path(sys.modules["apierr"].__file__).parent.glob("*.py")}
        self.assertEqual(shown, {"apierr", "client", "again", "with_tenacity", "every", "test_again"})


def response(status, code, message):
    """Return a response as requests does."""
    made = mock.Mock(spec=["status_code", "headers", "content", "request", "text"])
    made.status_code, made.text = status, "fine"
    made.headers = {"Retry-After": "6"} if status == 429 else {}
    made.request.method = "POST"
    made.request.headers = {}
    made.content = json.dumps({"error": {"code": code, "message": message}}).encode()
    return made


if __name__ == "__main__":
    unittest.main()
