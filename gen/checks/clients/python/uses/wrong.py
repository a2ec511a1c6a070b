"""Mistakes that type checkers find. A comment says what both must say of its line."""

from __future__ import annotations

from typing import NoReturn

import bithuman
import fixture


def never(value: NoReturn, /) -> NoReturn:
    raise AssertionError(value)


def a_misspelt_code(error: bithuman.ApiError) -> bool:
    return error.code == "NOT_FUOND"  # want: comparison|overlap


code: bithuman.Code = "NOT_FUOND"  # want: NOT_FUOND


def a_misspelt_class(error: bithuman.ApiError) -> bool:
    return isinstance(error, bithuman.NotFuondError)  # want: "NotFuondError"


def a_missing_case(error: bithuman.NotFoundError) -> int:
    match error.variant:
        case "agent":
            return 1
        case None:
            return 3
        case _:
            never(error.variant)  # want: rooms


def a_missing_class(error: fixture.UnauthorizedError | fixture.NotFoundError) -> int:
    match error:
        case fixture.NotFoundError():
            return 1
        case _:
            never(error)  # want: UnauthorizedError


def a_wrong_param(error: bithuman.NotFoundError) -> str:
    return error.agent_id  # want: "agent_id"


def a_param_that_may_be_missing(error: bithuman.NotFoundError) -> str:
    return error.agent_code  # want: Optional[str]|return type "str"


def a_wrong_type(error: bithuman.RateLimitedError) -> None:
    error.retry_after_ = "6s"  # want: float


def a_wrong_enum(error: fixture.FileTooLargeError) -> bool:
    return error.kind == "imge"  # want: comparison|overlap


bithuman.NotFoundError(agent="A1")  # want: "agent"
bithuman.NotFoundError(variant="room")  # want: room
