"""Tests of the files that gen/docs/python.md shows, which are found on PYTHONPATH."""

import asyncio
import json
import pathlib
import sys
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
        import with_tenacity

        limited = with_tenacity.apierr.RateLimitedError(retry_after=6)
        call = mock.Mock(side_effect=[limited, limited, "fine"])
        with mock.patch("time.sleep") as sleep:
            self.assertEqual(with_tenacity.attempts(call), "fine")
            self.assertEqual([c.args[0] for c in sleep.call_args_list], [6, 6])
            call = mock.Mock(side_effect=with_tenacity.apierr.NotFoundError())
            with self.assertRaises(with_tenacity.apierr.NotFoundError):
                with_tenacity.attempts(call)
            call.assert_called_once()

    def test_aiohttp(self):
        import aiohttp
        import with_aiohttp

        async def run(session):
            with mock.patch("asyncio.sleep", new=mock.AsyncMock()) as sleep:
                text = await with_aiohttp.speak(session, url, "hello")
                self.assertEqual([c.args[0] for c in sleep.call_args_list], [6])
                return text

        async def serve():
            nonlocal url
            server = await asyncio.start_server(answer, "127.0.0.1", 0)
            url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
            async with server, aiohttp.ClientSession() as session:
                self.assertEqual(await run(session), "fine")
                with self.assertRaises(with_aiohttp.apierr.NotFoundError):
                    await with_aiohttp.speak(session, url, "hello")

        answers = [
            "429 Limited\r\nRetry-After: 6\r\n\r\n" + json.dumps({"error": {"code": "RATE_LIMITED"}}),
            "200 OK\r\n\r\nfine",
            "404 Not Found\r\n\r\n" + json.dumps({"error": {"code": "NOT_FOUND"}}),
        ]
        url = ""

        async def answer(reader, writer):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(f"HTTP/1.0 {answers.pop(0)}".encode())
            await writer.drain()
            writer.close()

        asyncio.run(serve())

    def test_every(self):
        import every

        self.assertEqual(every.group(every.apierr.RateLimitedError()), "theirs")

    def test_every_file_is_tested(self):
        shown = {path.stem for path in pathlib.Path(sys.modules["apierr"].__file__).parent.glob("*.py")}
        self.assertEqual(shown, {
            "apierr", "client", "again", "with_aiohttp", "with_tenacity", "every", "test_again"
        })


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
