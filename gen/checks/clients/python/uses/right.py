"""Uses that type checkers accept."""

from __future__ import annotations

import copy
import datetime
from typing import NoReturn

import bithuman
import fixture


def never(value: NoReturn, /) -> NoReturn:
    """Stand for ``typing.assert_never``, which Python 3.10 does not have."""
    raise AssertionError(value)


def by_class(error: bithuman.AnyError) -> str:
    match error:
        case bithuman.NotFoundError(agent_code=str(code)):
            return code
        case bithuman.NotFoundError():
            return error.variant or ""
        case bithuman.RateLimitedError():
            return f"{error.tier} {(error.retry_after or 1.0) * 2}"
        case (
            bithuman.UnauthorizedError()
            | bithuman.MissingAuthError()
            | bithuman.AccountSuspendedError()
            | bithuman.InsufficientBalanceError()
            | bithuman.ValidationError()
            | bithuman.MissingParamError()
            | bithuman.FileTooLargeError()
            | bithuman.UnsupportedTypeError()
            | bithuman.DownloadFailedError()
            | bithuman.SessionLimitError()
            | bithuman.NoAvailableWorkersError()
            | bithuman.InternalError()
        ):
            return error.resolution
        case bithuman.Unrecognized():
            return error.raw_code or error.reason
        case _:
            never(error)


def by_variant(error: bithuman.NotFoundError) -> int:
    match error.variant:
        case "agent":
            return 1
        case "rooms":
            return 2
        case None:
            return 3
        case _:
            never(error.variant)


def by_code(error: bithuman.ApiError) -> bool:
    if error.code == "NOT_FOUND":
        return True
    return error.code is None or bithuman.CATALOG[error.code].retry is not None


def handled(response: object) -> float:
    try:
        bithuman.raise_for(response)
    except bithuman.NotFoundError as error:
        print(error.variant, error.agent_code)
    except bithuman.RateLimitedError as error:
        return error.retry_after or 1
    except bithuman.ApiError as error:
        print(error.status, error.code, error.request_id, error.resolution)
        return bithuman.decide(error, 1).delay
    return 0


@bithuman.retrying
def fetch(url: str, *, timeout: float = 1) -> bytes:
    return url.encode()


@bithuman.retrying
async def fetch_later(url: str) -> bytes:
    return url.encode()


async def fetched() -> list[bytes]:
    return [fetch("u", timeout=2.0), await fetch_later("u")]


def params(error: fixture.AnyError) -> datetime.datetime | None:
    if isinstance(error, fixture.NestedError):
        again: fixture.NestedError = copy.deepcopy(error)
        for cause in again.causes or []:
            if cause.identifier and cause.identifier.value == "a":
                return None
        return again.target.since if again.target else None
    if isinstance(error, fixture.FileTooLargeError) and error.kind == "image":
        return None
    return None


made: bithuman.NotFoundError = bithuman.NotFoundError(variant="rooms", agent_code="A1", status=404)
code: bithuman.Code = "NOT_FOUND"
