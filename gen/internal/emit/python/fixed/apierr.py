# errspec:catalog head
# errspec:end
from __future__ import annotations

import json
import math
# errspec:if deprecated
import sys
# errspec:end
import time
import zlib
from collections.abc import Callable, Coroutine, Iterable, Mapping
# errspec:if object
from dataclasses import dataclass
# errspec:end
from datetime import datetime, timedelta, timezone
# errspec:if matcher
from functools import cache
# errspec:end
from functools import wraps
from types import MappingProxyType
from typing import (
    Any,
    ClassVar,
    # errspec:if codes
    Literal,
    # errspec:end
    NamedTuple,
    ParamSpec,
    TypeAlias,
    TypeGuard,
    TypeVar,
    # errspec:if codes
    Union,
    # errspec:end
    cast,
)

# errspec:if deprecated
if sys.version_info >= (3, 13):
    from warnings import deprecated as _deprecated
else:

    def _deprecated(note: str, /, *, category: None) -> Callable[[type[_E]], type[_E]]:
        def mark(error: type[_E]) -> type[_E]:
            error.__deprecated__ = note  # type: ignore[attr-defined]
            return error

        return mark


# errspec:end
# errspec:catalog codes
# errspec:end
_E = TypeVar("_E", bound="ApiError")
_P = ParamSpec("_P")
_R = TypeVar("_R")


class ApiError(Exception):
    """An error response of the API. Each code has a class below this one.

    ``str(error)`` is one line for logs, ``error.message`` is the text for people. Errors can be
    pickled and copied. Arguments that are left out are those that the code usually has.
    """

    code: ClassVar[Code | None] = None
    """The code; ``None`` for an :class:`Unrecognized`."""

    message: str
    """The text for people; the title of the code if the response had none."""

    status: int
    """The HTTP status of the response."""

    # errspec:if variants
    variant: str | None = None
    """Which of the code's messages this is, if the code has several."""

    # errspec:end
    request_id: str | None = None
    """The id of the request that failed."""

    retry_after: float | None = None
    """How many seconds the server asks to wait before the next try."""

    # errspec:if instance
    instance: str | None = None
    """The URI of this occurrence of the error (RFC 9457, section 3.1.5)."""

    # errspec:end
    headers: Mapping[str, str] = MappingProxyType({})
    """The headers of the response, their names in lower case."""

    params: Mapping[str, Any] = MappingProxyType({})
    """The params as JSON has them, by the names that the API gives them."""

    has_params: bool = True
    """Whether the response states each param that its message needs."""

    # errspec:if statusbody
    body_status: int | None = None
    """The status in the body, if that is not the status of the response."""

    # errspec:end
    idempotent: bool | None = None
    """Whether the request may be sent twice; ``None`` if that is not known."""

    def __init__(
        self,
        message: str | None = None,
        *,
        status: int | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        info = CATALOG.get(self.code or "")
        if message is None:
            message = info.title if info else ""
        if status is None:
            status = info.statuses[0] if info else 0
        super().__init__(message)
        self.message = message
        self.status = status
        if request_id is not None:
            self.request_id = request_id
        if retry_after is not None:
            self.retry_after = retry_after

    def __str__(self) -> str:
        return _visible(self._line(self.code, self.message))

    def _line(self, code: str | None, message: str) -> str:
        text = ": ".join(filter(None, (code, message)))
        # errspec:if statusbody
        if self.body_status is not None:
            return f"{text} (HTTP {self.status}, but the body says {self.body_status})".strip()
        # errspec:end
        return f"{text} (HTTP {self.status})".strip()

    @property
    def info(self) -> Info | None:
        """What the catalog says about the code; ``None`` for an :class:`Unrecognized`."""
        return CATALOG.get(self.code or "")

    @property
    def title(self) -> str:
        """What the code means, in a few words."""
        return self.info.title if self.info else ""

    @property
    def resolution(self) -> str:
        """What to do about the error, in Markdown."""
        if self.info is None:
            return ""
        # errspec:if variants
        for message in self.info.messages:
            if self.variant is not None and message.variant == self.variant and message.resolution:
                return message.resolution
        # errspec:end
        return self.info.resolution

    @property
    def docs_url(self) -> str:
        """The address of the code's documentation."""
        return self.info.docs_url if self.info else ""


# errspec:catalog classes
# errspec:end
class Unrecognized(ApiError):
    """An error response that the catalog does not explain.

    A newer server sent it, or a proxy wrote it, or it was cut off.
    """

    code: ClassVar[None] = None

    raw_code: str | None = None
    """The code that the response carries, if it carries one."""

    reason: str = ""
    """Why the response was not recognized."""

    body: bytes = b""
    """The beginning of the body, up to 64 KiB."""

    # errspec:if retired
    @property
    def retired(self) -> Retired | None:
        """What the catalog says about a code that it had once."""
        return _RETIRED.get(self.raw_code or "")

    # errspec:end
    def __str__(self) -> str:
        line = f"{self._line(self.raw_code, _beginning(self.message))}: {self.reason}"
        if self.raw_code is None and self.body:
            line += ": " + _beginning(self.body.decode("utf-8", "replace"))
        return _visible(line)


# errspec:catalog any
# errspec:end


def parse(
    status: int,
    headers: Mapping[str, str] | Iterable[tuple[str, str]] | None,
    body: bytes | str,
    *,
    now: float | None = None,
) -> AnyError:
    """Return the error that a response carries. The code comes from the body.

    ``now`` is the time by which a ``Retry-After`` that is a date is read, in seconds since the
    epoch.
    """
    return _parse(status, headers, body, None, now)


def decode(response: Any) -> AnyError | None:
    """Return the error that a response carries, or ``None`` if its status is below 400.

    It takes the responses of requests, httpx, aiohttp, urllib3 and urllib. Read the body of a
    response of aiohttp first: ``await response.read()``.
    """
    status = _status(response)
    if status is None:
        raise TypeError(f"a {type(response).__name__} is not a response: it has no status")
    if status < 400:
        return None
    body: bytes | str = b""
    failed: Exception | None = None
    try:
        body = _body(response)
    except Exception as caught:  # of any HTTP library
        failed = caught
    error = _parse(status, response.headers, body, failed, None)
    error.idempotent = _idempotent(response)
    return error


def raise_for(response: Any) -> None:
    """Raise the error that a response carries. It does nothing if the status is below 400.

    It takes the same responses as :func:`decode`.
    """
    error = decode(response)
    if error is not None:
        raise error


class Decision(NamedTuple):
    """Whether to send a request again, and after how many seconds."""

    retry: bool
    delay: float
    reason: str
    """In a few words, for logs."""


def decide(
    error: BaseException | None, attempt: int = 1, *, idempotent: bool | None = None
) -> Decision:
    """Say whether and when to send a request again that failed with an error.

    ``attempt`` counts the attempts so far, from 1. The decision is by code, not by status. A
    response without a code of the catalog, as a gateway sends, follows the catalog's default if
    its status is 429, 502, 503 or 504.

    ``idempotent`` says whether the request may be sent twice. :func:`raise_for` finds that out;
    for an error of :func:`parse` it is for the caller to say.
    """
    if not isinstance(error, ApiError):
        return Decision(False, 0, "not an error of this API")
    # errspec:if statusbody
    if error.body_status is not None:
        return Decision(False, 0, "the response's status and its body's differ")
    # errspec:end
    policy = _DEFAULT_RETRY if error.status in (429, 502, 503, 504) else None
    if error.info is not None:
        policy = error.info.retry
    # errspec:if retired
    elif isinstance(error, Unrecognized) and error.retired and error.retired.use:
        policy = CATALOG[error.retired.use].retry
    # errspec:end
    if policy is None:
        return Decision(False, 0, "the code is not retried")
    if idempotent is None:
        idempotent = error.idempotent
    if idempotent is False and not policy.any_method:
        return Decision(False, 0, "the request may not be sent twice")
    if attempt > policy.max_retries:
        return Decision(False, 0, "no retries are left")
    if (error.retry_after or 0) > policy.max_retry_after:
        return Decision(False, 0, "the server asks for a longer wait than the policy allows")
    return Decision(True, max(policy.delay(attempt), error.retry_after or 0), "the policy allows it")


def is_retryable(error: BaseException) -> bool:
    """Report whether :func:`decide` retries after a first attempt that failed with an error."""
    return decide(error).retry


def wait(retry_state: Any) -> float:
    """Return how many seconds to wait before the next attempt: a ``wait`` of tenacity."""
    return decide(retry_state.outcome.exception(), retry_state.attempt_number).delay


def retrying(call: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return a function that calls ``call`` again while the catalog says so.

    ``call`` sends a request. It returns a response that :func:`decode` takes, or it raises an
    :class:`ApiError`; it may be a coroutine function. What the last call returns or raises is
    passed on. A request that may not be sent twice, such as a POST, is only sent again if the
    code's policy allows it.
    """

    @wraps(call)
    def send(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        attempt = 1
        while True:
            try:
                result = call(*args, **kwargs)
                if _is_coroutine(result):
                    again: Callable[[], Any] = lambda: call(*args, **kwargs)  # noqa: E731
                    return cast("_R", _retrying(again, result))
                decision = decide(_failure(result), attempt)
                if not decision.retry:
                    return result
            except ApiError as error:
                decision = decide(error, attempt)
                if not decision.retry:
                    raise
            time.sleep(decision.delay)
            attempt += 1

    return send


async def _retrying(call: Callable[[], Any], first: Any) -> Any:
    import asyncio

    attempt = 1
    while True:
        try:
            result = await (first if attempt == 1 else call())
            if (_status(result) or 0) >= 400:
                body = _body(result, finish=False)
                if _is_coroutine(body):
                    await body
            decision = decide(_failure(result), attempt)
            if not decision.retry:
                return result
        except ApiError as error:
            decision = decide(error, attempt)
            if not decision.retry:
                raise
        await asyncio.sleep(decision.delay)
        attempt += 1


class Retry(NamedTuple):
    """A retry policy. All delays are in seconds."""

    name: str
    base: float
    """The delay before the first retry."""
    factor: float
    """By which each delay is longer than the one before."""
    max_delay: float
    """Caps the computed delay, not the server's ``Retry-After``."""
    jitter: float
    """The part of a delay that is random: from 0 to 1."""
    max_retries: int
    """Retries, not attempts."""
    max_retry_after: float
    """There is no retry if the server asks for a longer wait."""
    any_method: bool
    """Whether a POST may be sent again, too."""

    def delay(self, attempt: int) -> float:
        """Return the delay after an attempt, which is random if there is jitter."""
        from random import random

        try:
            delay = min(self.base * self.factor ** max(attempt - 1, 0), self.max_delay)
        except OverflowError:
            delay = self.max_delay
        return delay * (1 - self.jitter * random())


class Message(NamedTuple):
    """One of a code's messages."""

    text: str
    """With ``${name}`` for a param, and ``$$`` for a dollar sign; empty: it is sent without one."""
    variant: str = ""
    resolution: str = ""
    """What to do about the variant, if that is more than what to do about the code."""
    # errspec:if params
    needs: tuple[str, ...] = ()
    """The params without which there is no such error."""
    # errspec:end


# errspec:if params
class Param(NamedTuple):
    """One of a code's params."""

    name: str
    type: _Type
    attribute: str
    optional: bool = False


# errspec:end
class Info(NamedTuple):
    """What the catalog says about a code. Texts are Markdown, except the title."""

    error: type[ApiError]
    title: str
    statuses: tuple[int, ...]
    messages: tuple[Message, ...]
    # errspec:if params
    params: tuple[Param, ...] = ()
    # errspec:end
    # errspec:if headerparams
    headers: tuple[tuple[str, str], ...] = ()
    """The headers that params are read from, with ``${name}`` for a param."""
    # errspec:end
    resolution: str = ""
    docs_url: str = ""
    retry: Retry | None = None


# errspec:if retired
class Retired(NamedTuple):
    """What the catalog says about a code that it had once. No other error ever gets it."""

    code: str
    status: int | None = None
    since: str = ""
    use: Code | None = None
    note: str = ""

    def reason(self) -> str:
        """Say why a response with the code is not recognized."""
        text = f"the code {self.code} is retired"
        if self.since:
            text += f" since {self.since}"
        if self.use:
            text += f", and {self.use} replaced it"
        return text


# errspec:end
# How much of a body is read, how much of it an Unrecognized keeps, and how long a code or an id is.
_MAX_BODY = 1 << 20
_MAX_KEPT = 64 << 10
_MAX_ID = 1 << 10

_MAX_SECONDS = 9223372036.854775807  # a delay, in Go
_MAX_INT = (1 << 63) - 1
# errspec:if whole
_MAX_EXACT = 1 << 53  # a float holds each whole number up to here
# errspec:end


def _status(response: Any) -> int | None:
    for name in ("status_code", "status"):
        status = getattr(response, name, None)
        if isinstance(status, int):
            return status
    return None


def _is_coroutine(value: Any) -> TypeGuard[Coroutine[Any, Any, Any]]:
    return isinstance(value, Coroutine)


def _failure(result: Any) -> AnyError | None:
    """Return the error of a response; ``None`` for anything else."""
    return None if _status(result) is None else decode(result)


def _body(response: Any, *, finish: bool = True) -> Any:
    """Return the body of a response of any library, or the coroutine that reads it."""
    body = getattr(response, "data", None)  # urllib3
    if isinstance(body, bytes):
        return body
    body = response.read() if hasattr(response, "read") else response.content
    if finish and _is_coroutine(body):
        try:
            body.send(None)  # it ends at once if the body was read before
        except StopIteration as end:
            return end.value
        body.close()
        raise RuntimeError("the body was not read; await response.read() first")
    return body


def _idempotent(response: Any) -> bool | None:
    """Report whether the request of a response may be sent twice (RFC 9110, section 9.2.2)."""
    try:
        request = response.request
    except Exception:  # aiohttp has no request, and httpx not always
        request = getattr(response, "request_info", None)
    method = getattr(request, "method", None)
    if not isinstance(method, str):
        return None
    if method.upper() in ("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"):
        return True
    headers = _lower(getattr(request, "headers", None))
    return bool(headers.get("idempotency-key") or headers.get("x-idempotency-key"))


def _lower(headers: Any) -> dict[str, str]:
    """Return headers with their names in lower case, and a header's values in one."""
    found: dict[str, str] = {}
    for name, value in headers.items() if hasattr(headers, "items") else headers or ():
        name = name.lower()
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def _parse(
    status: int, headers: Any, body: bytes | str, failed: Exception | None, now: float | None
) -> AnyError:
    named = _lower(headers)
    data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    try:
        data = _unpacked(named.get("content-encoding", ""), data)
        if failed is None and len(data) > _MAX_BODY:
            raise ValueError(f"the body is longer than {_MAX_BODY} bytes")
    except (ValueError, zlib.error) as caught:
        failed = failed or caught
    found = _Found()
    is_json = failed is None and _read(data, found)
    message = _text(found.message)
    code = _code(found.code)
    # errspec:if codenumber
    code = code or _number_code(found.code_number)
    # errspec:end
    # errspec:if codeheaders
    if not code:
        code = _header_code(named)
        is_json = is_json or bool(code and failed is None and not data)
    # errspec:end
    info = CATALOG.get(code) if is_json else None
    error: ApiError
    if info is not None:
        error = info.error(message, status=status)
        # errspec:if params variants
        _describe(error, info, found, message, named)
        # errspec:end
    else:
        error = unknown = Unrecognized(message, status=status)
        unknown.raw_code = code if code and len(code) <= _MAX_ID else None
        unknown.reason = _reason(unknown, data, is_json, failed)
        unknown.body = data[:_MAX_KEPT]
        unknown.__cause__ = failed
    error.headers = named
    # errspec:if statusbody
    _compare(error, found)
    # errspec:end
    request_id = named.get("x-request-id")
    # errspec:if requestbody
    said = _text(found.request_id)
    if said is not None:
        request_id = said
    # errspec:end
    if request_id and len(request_id) <= _MAX_ID:
        error.request_id = request_id
    # errspec:if instance
    instance = _text(found.instance)
    if instance and len(instance) <= _MAX_ID:
        error.instance = instance
    # errspec:end
    seconds = None
    if "retry-after" in named:
        seconds = _retry_after(named["retry-after"], now)
    # errspec:if retrybody
    if seconds is None:
        seconds = _delay(found.retry_after)
    # errspec:end
    if seconds is not None:
        error.retry_after = seconds
    return cast("AnyError", error)


def _unpacked(encoding: str, data: bytes) -> bytes:
    """Return a body as it was before it was compressed. Most libraries have done that."""
    if not encoding.lower().endswith("gzip") or not data.startswith(b"\x1f\x8b"):
        return data
    return zlib.decompressobj(wbits=31).decompress(data, _MAX_BODY + 1)


def _reason(error: Unrecognized, data: bytes, is_json: bool, failed: Exception | None) -> str:
    """Say why a response is not one of the catalog's."""
    if failed is not None:
        return f"reading the body: {failed}"
    if not data:
        return "the body is empty"
    if not is_json:
        return "the body is not JSON"
    if error.raw_code is None:
        return "the body holds no error code"
    # errspec:if retired
    if error.retired is not None:
        return error.retired.reason()
    # errspec:end
    return f'the code "{_beginning(error.raw_code)}" is not in the catalog'


def _beginning(text: str) -> str:
    """Return the first 200 characters of a text, with white space collapsed."""
    return " ".join((text[:200] + "…" if len(text) > 200 else text).split())


def _visible(text: str) -> str:
    """Escape what does not print, so that nobody can forge lines of a log."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


# errspec:if statusbody
def _compare(error: ApiError, found: _Found) -> None:
    """Note the status in the body, if it is not the status of the response."""
    stated = [status for status in map(_stated, found.statuses) if status]
    if any(status != error.status for status in stated):
        error.body_status = stated[-1]


def _stated(value: Any) -> int:
    """Return a status of a body: a whole number, or a string of one; else 0."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value if type(value) is int else 0


# errspec:end
# What follows reads the parts of a body that the catalog names.


class _Found:
    """The values of a body that have a role. Of several for one role the last counts."""

    code: Any = None
    # errspec:if codenumber
    code_number: Any = None
    # errspec:end
    message: Any = None
    # errspec:if variantbody
    variant: Any = None
    # errspec:end
    # errspec:if requestbody
    request_id: Any = None
    # errspec:end
    # errspec:if retrybody
    retry_after: Any = None
    # errspec:end
    # errspec:if instance
    instance: Any = None
    # errspec:end

    # errspec:if statusbody bodyparams
    def __init__(self) -> None:
        # errspec:if statusbody
        self.statuses: list[Any] = []
        # errspec:end
        # errspec:if bodyparams
        self.params: Any = None
        self.named: list[tuple[str, Any, bool]] = []
        # errspec:end
        # errspec:if each
        self.errors: list[_Found] = []
        # errspec:end

    # errspec:end


_DECODE = json.JSONDecoder(parse_constant=lambda name: _refuse(name))


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _read(data: bytes, found: _Found) -> bool:
    """Find the values of a body. It is false if the body is not JSON."""
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        text = _mended(data.decode("utf-8", "surrogateescape")).removeprefix("\ufeff")
    try:
        body = _DECODE.decode(text)
    except json.JSONDecodeError:
        return False
    except RecursionError:
        return False
    except ValueError:  # a number of thousands of digits, or NaN
        try:
            body = json.loads(text, parse_int=float, parse_constant=_refuse)
        except ValueError:
            return False
    if "\\u" in text:  # may be half a character
        body = _whole_text(body)
    _find(_ENVELOPE, body, found)
    return True


def _mended(text: str) -> str:
    """Replace halves of characters."""
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


def _whole_text(value: Any) -> Any:
    """Mend all strings in a JSON value."""
    if isinstance(value, str):
        return _mended(value)
    if _is_array(value):
        return [_whole_text(item) for item in value]
    if _is_object(value):
        return {_mended(name): _whole_text(member) for name, member in value.items()}
    return value


def _is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def _is_array(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def _find(shape: Any, value: Any, found: _Found) -> None:
    """Keep the parts of a value that have a role in its shape: the name of a role, a dict of the
    shapes of members, or a class below.
    """
    if _is_object(shape):
        if _is_object(value):
            for name, member in value.items():
                if name in shape:
                    _find(shape[name], member, found)
    # errspec:if statusbody
    elif shape == "status":
        found.statuses.append(value)
    # errspec:end
    elif isinstance(shape, str):
        setattr(found, shape, value)
    # errspec:if spread bodyparam text array or each
    else:
        shape.find(value, found)
    # errspec:end


# errspec:if spread
class _Spread(NamedTuple):
    """An object that holds the params beside other members."""

    members: dict[str, Any]

    def find(self, value: Any, found: _Found) -> None:
        found.params = value
        _find(self.members, value, found)


# errspec:end
# errspec:if bodyparam
class _Member(NamedTuple):
    """A param with a place of its own."""

    name: str

    def find(self, value: Any, found: _Found) -> None:
        found.named.append((self.name, value, False))


# errspec:end
# errspec:if text
class _Text(NamedTuple):
    """A role inside a string."""

    role: str
    before: str = ""
    after: str = ""

    def find(self, value: Any, found: _Found) -> None:
        text = None
        if isinstance(value, str) and len(value) >= len(self.before) + len(self.after):
            if value.startswith(self.before) and value.endswith(self.after):
                text = value[len(self.before) : len(value) - len(self.after)]
        _find(self.role, text, found)


# errspec:end
# errspec:if or
class _Or(NamedTuple):
    """A value that is a constant if the error has none."""

    shape: Any
    constants: tuple[Any, ...]

    def find(self, value: Any, found: _Found) -> None:
        if not any(_equal(value, constant) for constant in self.constants):
            _find(self.shape, value, found)
            return
        # errspec:if bodyparams
        # A param may have just this value, if its error always has the param.
        inner = _Found()
        _find(self.shape, value, inner)
        found.named.extend((name, value, True) for name, value, _ in inner.named)
        # errspec:end


# errspec:end
# errspec:if array
class _Array(NamedTuple):
    """A list with a shape for each item; ``None`` for an item that is not read."""

    items: tuple[Any, ...]

    def find(self, value: Any, found: _Found) -> None:
        if _is_array(value):
            for shape, item in zip(self.items, value):
                if shape is not None:
                    _find(shape, item, found)


# errspec:end
# errspec:if loose
class _Known(NamedTuple):
    """An object in a list that is known by its constants."""

    constants: dict[str, Any]
    shape: Any

    def fits(self, value: Any) -> bool:
        if not _is_object(value):
            return False
        return all(
            name in value and _equal(value[name], constant)
            for name, constant in self.constants.items()
        )


class _Loose(NamedTuple):
    """A list whose items may be left out, but for the first ``fixed``."""

    items: tuple[Any, ...]
    fixed: int

    def find(self, value: Any, found: _Found) -> None:
        if not _is_array(value):
            return
        for place, item in enumerate(value):
            in_place = place < self.fixed or len(value) == len(self.items)
            candidates: list[Any] = []
            for k, shape in enumerate(self.items):
                if isinstance(shape, _Known) and k >= self.fixed:
                    if shape.fits(item):
                        candidates.append(shape.shape)
                elif shape is not None and k == place and in_place:
                    candidates.append(shape)
            if len(candidates) == 1:
                _find(candidates[0], item, found)


# errspec:end
# errspec:if or loose
def _equal(a: Any, b: Any) -> bool:
    """Compare JSON values. Python takes 1 for true."""
    if _is_array(a) and _is_array(b):
        return len(a) == len(b) and all(map(_equal, a, b))
    if _is_object(a) and _is_object(b):
        return a.keys() == b.keys() and all(_equal(a[name], b[name]) for name in a)
    return isinstance(a, bool) == isinstance(b, bool) and a == b


# errspec:end
def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _code(value: Any) -> str:
    """Return a code, which may also be a whole number; "" for anything else."""
    if type(value) is int and value >= 0:
        return str(value)
    return value if isinstance(value, str) else ""


# errspec:if codenumber
def _number_code(value: Any) -> str:
    """Return a code of numbers: 3.0 is 3."""
    if isinstance(value, str):
        return value
    number = _integer(value)
    return "" if number is None else str(number)


# errspec:end
# errspec:if codeheaders
def _header_code(headers: Mapping[str, str]) -> str:
    """Return the code that the headers of a response state."""
    for name, before, after in _CODE_HEADERS:
        value = headers.get(name, "")
        if len(value) > len(before) + len(after):
            if value.startswith(before) and value.endswith(after):
                return value[len(before) : len(value) - len(after)]
    return ""


# errspec:end
# errspec:if retrybody
def _delay(value: Any) -> float | None:
    """Return the delay that a body states, in seconds."""
    if isinstance(value, str):
        value = _number(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0:
        return min(float(value), _MAX_SECONDS)
    return None


# errspec:end
def _number(text: str) -> float | None:
    """Return a decimal number; an infinity if it is too large."""
    if text and not text.strip("+-.0123456789eE"):
        try:
            return float(text)
        except ValueError:
            pass
    return None


def _retry_after(header: str, now: float | None) -> float | None:
    """Read a Retry-After header (RFC 9110, section 10.2.3), also as other servers send it: a
    fraction, a duration, other forms of a date, and a list, of which the longest counts.
    """
    longest: float | None = None
    parts = [part.strip() for part in header.split(",")]
    for i, part in enumerate(parts):
        seconds = _seconds_of(part, now)
        if seconds is None and i + 1 < len(parts):  # Fri, 12 Jun 2026 15:04:05 GMT
            seconds = _seconds_of(f"{part}, {parts[i + 1]}", now)
        if seconds is not None:
            longest = max(longest or 0, seconds)
    return longest


def _seconds_of(text: str, now: float | None) -> float | None:
    """Read one value of a Retry-After header: 0 for the past, a number rounded up."""
    number = _number(text)
    if number is None:
        nanoseconds = _nanoseconds(text)
        number = None if nanoseconds is None else nanoseconds / 1e9
    if number is not None:
        return float(math.ceil(max(number, 0.0))) if number < _MAX_SECONDS else _MAX_SECONDS
    date = _date(text)
    if date is None:
        return None
    return min(max(date - (time.time() if now is None else now), 0.0), _MAX_SECONDS)


def _date(text: str) -> float | None:
    """Return a date of a header in seconds since the epoch."""
    from email.utils import mktime_tz, parsedate_tz

    instant = _instant(text)
    if instant is not None:
        return instant[0].timestamp() + float(f"0.{instant[1]}0")
    try:
        parts = parsedate_tz(text)
        return None if parts is None or ":" not in text else float(mktime_tz(parts))
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


_UNITS = {
    "ns": 1,
    "us": 1_000,
    "µs": 1_000,
    "μs": 1_000,
    "ms": 1_000_000,
    "s": 1_000_000_000,
    "m": 60_000_000_000,
    "h": 3_600_000_000_000,
}


def _nanoseconds(text: str) -> int | None:
    """Read a duration such as 500ms, 6s or 1m30s."""
    sign = -1 if text.startswith("-") else 1
    rest = text[1:] if text[:1] in ("-", "+") else text
    total = 0
    if not rest:
        return None
    while rest:
        after = rest.lstrip("0123456789.")
        number, rest = rest[: len(rest) - len(after)], after
        after = rest.lstrip("nuµμmsh")
        unit, rest = rest[: len(rest) - len(after)], after
        whole, _, fraction = number.partition(".")
        if unit not in _UNITS or not 0 < len(whole + fraction) < 40 or "." in fraction:
            return None
        total += int(whole or "0") * _UNITS[unit]
        total += int(fraction or "0") * _UNITS[unit] // 10 ** len(fraction)
    return sign * total if total <= _MAX_INT else None


def _instant(text: str) -> tuple[datetime, str] | None:
    """Read a time (RFC 3339): its whole second, in UTC, and the digits of its fraction."""
    second, rest = text[:19], text[19:]
    digits = second.translate(_DIGITS)
    if digits != "0000-00-00T00:00:00":
        return None
    fraction = ""
    if rest[:1] == ".":
        after = rest[1:].lstrip("0123456789")
        fraction, rest = rest[1 : len(rest) - len(after)], after
        if not fraction:
            return None
    offset = timedelta()
    if rest != "Z":
        if rest.translate(_DIGITS) not in ("+00:00", "-00:00") or rest[4:] > "59" or rest[1:3] > "23":
            return None
        offset = timedelta(hours=int(rest[1:3]), minutes=int(rest[4:]))
        offset = -offset if rest[0] == "-" else offset
    try:
        local = datetime(
            int(second[:4]),
            int(second[5:7]),
            int(second[8:10]),
            int(second[11:13]),
            int(second[14:16]),
            int(second[17:]),
            tzinfo=timezone.utc,
        )
        return local - offset, fraction[:9].rstrip("0")
    except (ValueError, OverflowError):
        return None


_DIGITS = {ord(digit): "0" for digit in "123456789"}


# errspec:if params variants
def _describe(
    error: ApiError, info: Info, found: _Found, message: str | None, headers: Mapping[str, str]
) -> None:
    """Set the variant, and the params: those that the body has, or else those that its message or
    a header states.
    """
    which = next((n for n, m in enumerate(info.messages) if m.text and _plain(m.text) == message), -1)
    # errspec:if silent
    if message is None:
        which = next((n for n, m in enumerate(info.messages) if not m.text), -1)
    # errspec:end
    # errspec:if params
    fits = True
    stated: _Stated = {}
    # errspec:if bodyparams
    if info.params:
        fits, stated = _body_params(info, found)
    # errspec:end
    # errspec:if matcher
    told: _Stated = {}
    if info.params and message is not None:
        if not (fits and len(info.messages) == 1 and _has(info.messages[0], stated)):
            which, told = _match(info, message)
    # errspec:end
    # errspec:end
    if len(info.messages) == 1:
        which = 0
    # errspec:if variantbody
    variant = _text(found.variant)
    if variant is not None:
        said = next(
            (n for n, m in enumerate(info.messages) if variant and m.variant == variant), -1
        )
        # errspec:if matcher
        if said != which:  # the message was read as another variant's, or as several
            told = {}
            if said >= 0 and message is not None:
                told = _certain(_cut(info, info.messages[said].text, message))
        # errspec:end
        which = said
    # errspec:end
    # errspec:if variants
    if which >= 0:
        error.variant = info.messages[which].variant or None
    # errspec:end
    # errspec:if params
    if not info.params:
        return
    # errspec:if matcher
    stated = told | stated
    # errspec:end
    # errspec:if headerparams
    for name, template in info.headers:
        if name in headers:
            stated = _certain(_cut(info, template, headers[name], in_header=True)) | stated
    # errspec:end
    params: dict[str, Any] = {}
    for param in info.params:
        if param.name in stated:
            params[param.name] = stated[param.name].wire
            setattr(error, param.attribute, stated[param.name].value)
    error.params = params
    candidates = info.messages if which < 0 else (info.messages[which],)
    error.has_params = fits and all(_has(message, stated) for message in candidates)
    # errspec:end


def _plain(template: str) -> str:
    return template.replace("$$", "$")


# errspec:end
# errspec:if params
def _has(message: Message, stated: _Stated) -> bool:
    return all(name in stated for name in message.needs)


class _Value(NamedTuple):
    """The value of a param."""

    wire: Any
    """As the body carries it."""
    value: Any
    """As the attribute has it."""
    match: int = 3
    """How well it fits: see below."""


_Stated: TypeAlias = dict[str, _Value]  # by the names of params

# How well a text or a JSON value fits. A text may be a message if an enum has a value that is not in
# this catalog; or it is the message, but its params are not certain, or a part of a JSON value does
# not fit; or it fits.
_NEWER, _PARTLY, _FITS = 1, 2, 3


# errspec:if bodyparams
def _body_params(info: Info, found: _Found) -> tuple[bool, _Stated]:
    """Return the params that a body carries, and whether all are of their types. Null is like no
    value for a param that is optional.
    """
    values: dict[str, tuple[Any, bool]] = {}
    if _is_object(found.params):
        values = {name: (value, False) for name, value in found.params.items()}
    for name, value, absent in found.named:
        values[name] = (value, absent)
    fits = True
    stated: _Stated = {}
    for param in info.params:
        if param.name not in values:
            continue
        value, absent = values[param.name]
        if param.optional and (absent or value is None):
            continue
        read = param.type.read(value)
        fits = fits and read is not None and read.match == _FITS
        if read is not None:
            stated[param.name] = read
    return fits, stated


# errspec:end
# errspec:if matcher
def _match(info: Info, text: str) -> tuple[int, _Stated]:
    """Return which of a code's messages a text is (-1: none, or several), and its params."""
    which, best = -1, 0
    params: _Stated = {}
    for n, message in enumerate(info.messages):
        if not message.text:
            continue  # it is sent without a message
        found = _cut(info, message.text, text)
        match = min(found[0], _PARTLY)  # params or not, the text is the message
        if match == 0 or match < best:
            continue
        if match == best:  # it is either
            which, params = -1, {}
            continue
        which, best, params = n, match, _certain(found)
    return which, params


def _certain(found: tuple[int, _Stated]) -> _Stated:
    """Return params that are certain: right or absent."""
    return found[1] if found[0] == _FITS else {}


def _cut(
    info: Info, template: str, text: str, *, in_header: bool = False
) -> tuple[int, _Stated]:
    """Read a text by a template. The text is cut at the literals twice, each of them as far left
    and then as far right as it goes: where both agree there is one way only.
    """
    literals, names = _pieces(template)
    if not names:
        return (_FITS if text == literals[0] else 0), {}
    if len(text) < len(literals[0]) + len(literals[-1]):
        return 0, {}
    if not text.startswith(literals[0]) or not text.endswith(literals[-1]):
        return 0, {}
    text = text[len(literals[0]) : len(text) - len(literals[-1])]
    parts: list[str] = []
    rest, unique = text, True
    for literal in literals[1:-1]:
        at = rest.find(literal)
        if at < 0:
            return 0, {}
        unique = unique and literal != ""  # else nothing says where the part ends
        parts.append(rest[:at])
        rest = rest[at + len(literal) :]
    parts.append(rest)
    for k in range(len(names) - 1, 0, -1):
        at = text.rfind(literals[k])
        unique = unique and text[at + len(literals[k]) :] == parts[k]
        text = text[:at]
    if not unique:
        return _PARTLY, {}
    match = _FITS
    params: _Stated = {}
    texts: dict[str, str] = {}
    types = {param.name: param.type for param in info.params}
    for name, part in zip(names, parts):
        if texts.setdefault(name, part) != part:
            return 0, {}  # one param with two values
        read = types[name].parse_header(part) if in_header else types[name].parse(part)
        if read is None:
            return 0, {}
        match = min(match, read.match)
        params[name] = read
    return match, params


@cache
def _pieces(template: str) -> tuple[list[str], list[str]]:
    """Return the literals and the names of a template, such as ``${kind} costs $$5``."""
    literals = [""]
    names: list[str] = []
    while template:
        literal, dollar, template = template.partition("$")
        literals[-1] += literal
        if template.startswith("{"):
            name, _, template = template[1:].partition("}")
            names.append(name)
            literals.append("")
        elif dollar:
            literals[-1] += "$"
            template = template[1:]
    return literals, names


# errspec:end
class _Type:
    """The type of a param: how it is read from JSON, from a message and from a header."""

    # errspec:if bodyparams
    def read(self, value: Any) -> _Value | None:
        raise NotImplementedError

    # errspec:end
    # errspec:if matcher
    def parse(self, text: str) -> _Value | None:
        raise NotImplementedError

    def parse_header(self, text: str) -> _Value | None:
        return self.parse(text)

    # errspec:end


# errspec:if string
class _String(_Type):
    def __init__(self, *values: str) -> None:
        self.values = values  # of an enum

    # errspec:if bodyparams
    def read(self, value: Any) -> _Value | None:
        return _Value(value, self._known(value)) if isinstance(value, str) else None

    # errspec:end
    # errspec:if matcher
    def parse(self, text: str) -> _Value | None:
        known = self._known(text)
        if known is None:
            return _Value(text, None, _NEWER)
        # JSON has U+FFFD where the sender's text was broken.
        return _Value(text, known, _PARTLY if "\ufffd" in text else _FITS)

    # errspec:end
    def _known(self, text: str) -> str | None:
        return text if not self.values or text in self.values else None


# errspec:end
# errspec:if int bytes
class _Int(_Type):
    # errspec:if bodyparams
    def read(self, value: Any) -> _Value | None:
        number = _integer(value)
        return None if number is None else _Value(number, number)

    # errspec:end
    # errspec:if matcher
    def parse(self, text: str) -> _Value | None:
        number = _decimal(text)
        return None if number is None or str(number) != text else _Value(number, number)

    # errspec:end


# errspec:end
# errspec:if float
class _Float(_Type):
    # errspec:if bodyparams
    def read(self, value: Any) -> _Value | None:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
        try:
            number = float(value)
        except OverflowError:
            return None
        return _Value(value, number) if math.isfinite(number) else None

    # errspec:end
    # errspec:if matcher
    def parse(self, text: str) -> _Value | None:
        number = _number(text)
        if number is None or not math.isfinite(number) or _float_text(number) != text:
            return None
        return _Value(number, number)

    # errspec:end


# errspec:end
# errspec:if bool
class _Bool(_Type):
    # errspec:if bodyparams
    def read(self, value: Any) -> _Value | None:
        return _Value(value, value) if isinstance(value, bool) else None

    # errspec:end
    # errspec:if matcher
    def parse(self, text: str) -> _Value | None:
        return _Value(text == "true", text == "true") if text in ("true", "false") else None

    # errspec:end


# errspec:end
# errspec:if bytes
class _Bytes(_Int):
    """A number of bytes."""

    # errspec:if matcher
    def parse(self, text: str) -> _Value | None:
        digits, _, unit = text.partition(" ")
        number = _decimal(digits)
        size = _SIZES.get(unit)
        if number is None or size is None or _bytes_text(number * size) != text:
            return None
        return _Value(number * size, number * size)

    def parse_header(self, text: str) -> _Value | None:
        number = _decimal(text)
        return None if number is None else _Value(number, number)

    # errspec:end


# errspec:end
# errspec:if duration
class _Duration(_Type):
    """A number of seconds."""

    # errspec:if bodyparams
    def read(self, value: Any) -> _Value | None:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
        return _Value(value, float(value)) if abs(value) <= _MAX_SECONDS else None

    # errspec:end
    # errspec:if matcher
    def parse(self, text: str) -> _Value | None:
        number = _nanoseconds(text)
        if number is None or _duration_text(number) != text:
            return None
        seconds = number // 10**9 if number % 10**9 == 0 else number / 10**9
        return _Value(seconds, float(seconds))

    def parse_header(self, text: str) -> _Value | None:
        number = _decimal(text)
        if number is None or abs(number) > _MAX_SECONDS:
            return None
        return _Value(number, float(number))

    # errspec:end


# errspec:end
# errspec:if time
class _Time(_Type):
    """A time in UTC, to the microsecond."""

    # errspec:if bodyparams
    def read(self, value: Any) -> _Value | None:
        instant = _instant(value) if isinstance(value, str) else None
        return None if instant is None else _time_value(*instant)

    # errspec:end
    # errspec:if matcher
    def parse(self, text: str) -> _Value | None:
        instant = _instant(text)
        value = None if instant is None else _time_value(*instant)
        return value if value is not None and value.wire == text else None

    def parse_header(self, text: str) -> _Value | None:
        seconds = _date(text)
        if seconds is None:
            return None
        return _time_value(datetime.fromtimestamp(seconds, timezone.utc), "")

    # errspec:end


def _time_value(second: datetime, fraction: str) -> _Value:
    wire = second.isoformat()[:19] + (f".{fraction}" if fraction else "") + "Z"
    return _Value(wire, second.replace(microsecond=int(f"{fraction}000000"[:6])))


# errspec:end
# errspec:if list
class _List(_Type):
    def __init__(self, item: _Type) -> None:
        self.item = item

    # errspec:if bodyparams
    def read(self, value: Any) -> _Value | None:
        if value is None:
            return _Value([], [])
        if not _is_array(value):
            return None
        items = [self.item.read(item) for item in value]
        found = [item for item in items if item is not None]
        match = min((_PARTLY if item is None else item.match for item in items), default=_FITS)
        return _Value(
            [item.wire for item in found],
            [item.value for item in found if item.value is not None or item.wire is None],
            match,
        )

    # errspec:end


# errspec:end
# errspec:if map
class _Map(_Type):
    def __init__(self, member: _Type) -> None:
        self.member = member

    # errspec:if bodyparams
    def read(self, value: Any) -> _Value | None:
        if value is None:
            return _Value({}, {})
        if not _is_object(value):
            return None
        wire: dict[str, Any] = {}
        values: dict[str, Any] = {}
        match = _FITS
        for name, member in value.items():
            read = self.member.read(member)
            match = min(match, _PARTLY if read is None else read.match)
            if read is not None:
                wire[name] = read.wire
                if read.value is not None or read.wire is None:
                    values[name] = read.value
        return _Value(wire, values, match)

    # errspec:end


# errspec:end
# errspec:if object
class _Object(_Type):
    def __init__(self, make: Callable[..., Any], *fields: Param) -> None:
        self.make = make
        self.fields = fields

    # errspec:if bodyparams
    def read(self, value: Any) -> _Value | None:
        if not _is_object(value):
            return None
        wire: dict[str, Any] = {}
        values: dict[str, Any] = {}
        match = _FITS
        for field in self.fields:
            if field.optional and value.get(field.name) is None:
                continue
            read = field.type.read(value[field.name]) if field.name in value else None
            match = min(match, _PARTLY if read is None else read.match)
            if read is not None:
                wire[field.name] = read.wire
                values[field.attribute] = read.value
        return _Value(wire, self.make(**values), match)

    # errspec:end


# errspec:end
# errspec:if json
class _Json(_Type):
    # errspec:if bodyparams
    def read(self, value: Any) -> _Value | None:
        return _Value(value, value) if _is_flat(value, 500) else None

    # errspec:end


def _is_flat(value: Any, levels: int) -> bool:
    """Report whether a value does not nest too deep."""
    parts: Iterable[Any] = ()
    if _is_object(value):
        parts = value.values()
    elif _is_array(value):
        parts = value
    else:
        return True
    return levels > 0 and all(_is_flat(part, levels - 1) for part in parts)


# errspec:end
# errspec:end
# errspec:if whole
def _integer(value: Any) -> int | None:
    """Return a whole number of 64 bits. 3.0 is whole, too."""
    if type(value) is float and value.is_integer() and abs(value) <= _MAX_EXACT:
        return int(value)
    return value if type(value) is int and -_MAX_INT - 1 <= value <= _MAX_INT else None


# errspec:end
# errspec:if decimal
def _decimal(text: str) -> int | None:
    """Read a whole number of 64 bits."""
    digits = text[1:] if text[:1] in ("-", "+") else text
    if not digits.isascii() or not digits.isdigit() or len(digits) > 1000:
        return None
    number = int(text)
    return number if -_MAX_INT - 1 <= number <= _MAX_INT else None


# errspec:end
# errspec:if floattext
def _float_text(number: float) -> str:
    """Return a number as JSON usually has it."""
    text = repr(number).removesuffix(".0")
    if "e" in text and 1e-6 <= abs(number) < 1e21:
        from decimal import Decimal

        return format(Decimal(text), "f")
    return text.replace("e-0", "e-")


# errspec:end
# errspec:if bytestext
_SIZES = {
    "EB": 10**18,
    "PB": 10**15,
    "TB": 10**12,
    "GB": 10**9,
    "MB": 10**6,
    "kB": 10**3,
    "EiB": 1 << 60,
    "PiB": 1 << 50,
    "TiB": 1 << 40,
    "GiB": 1 << 30,
    "MiB": 1 << 20,
    "KiB": 1 << 10,
    "B": 1,
}


def _bytes_text(number: int) -> str:
    """Return a size with the largest SI unit that divides it, else the largest IEC unit."""
    for unit, size in _SIZES.items():
        if number % size == 0 and (number != 0 or size == 1):
            return f"{number // size} {unit}"
    return ""


# errspec:end
# errspec:if durationtext
def _duration_text(nanoseconds: int) -> str:
    """Return a duration such as 500ms, 6s or 1m30s."""
    sign, rest = ("-" if nanoseconds < 0 else ""), abs(nanoseconds)
    if 0 < rest < 10**9:
        unit = "ns" if rest < 10**3 else "µs" if rest < 10**6 else "ms"
        return sign + _quotient(rest, _UNITS[unit]) + unit
    minutes, rest = divmod(rest, 60 * 10**9)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}h" if hours else ""
    if minutes or (hours and rest):
        text += f"{minutes}m"
    if rest or not text:
        text += _quotient(rest, 10**9) + "s"
    return sign + text


def _quotient(number: int, unit: int) -> str:
    """Return an exact decimal fraction, without zeros at its end."""
    whole, rest = divmod(number, unit)
    fraction = str(unit + rest)[1:].rstrip("0")
    return f"{whole}.{fraction}" if fraction else str(whole)


# errspec:end
# errspec:catalog tables
# errspec:end
