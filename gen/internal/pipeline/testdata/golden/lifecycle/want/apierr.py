… lines of apierr.py
"""Errors of the acme API, for clients.
… lines of apierr.py
    except NotFoundError as error:
… lines of apierr.py
    "ExperimentalError",
    "Info",
    "InternalError",
    "Message",
    "NoFileError",
    "NotFoundError",
    "PreliminaryError",
… lines of apierr.py
Code: TypeAlias = Literal["NOT_FOUND", "NO_FILE", "EXPERIMENTAL", "BETA", "INTERNAL_ERROR"]
… lines of apierr.py
    """Nothing there.

    HTTP 404 Not Found.

    The reason is one of these.

    “Nothing was found”

    Look elsewhere.

    Since 1.10.

    https://example.com/errors/NOT_FOUND
    """

    code: ClassVar[Literal["NOT_FOUND"]] = "NOT_FOUND"


@_deprecated("Deprecated since 2026-06-12: use NOT_FOUND. It was *too* narrow.", category=None)
class NoFileError(ApiError):
    """No file.

    Deprecated since 2026-06-12: use NOT_FOUND. It was *too* narrow.

    HTTP 404 Not Found.

    “No such file”

    Look elsewhere.

    https://example.com/errors/NO_FILE
    """

    code: ClassVar[Literal["NO_FILE"]] = "NO_FILE"


class ExperimentalError(ApiError):
    """Experimental.

    This code is experimental.

    HTTP 410 Gone.

    “It is gone”

    Let go.

    https://example.com/errors/EXPERIMENTAL
    """

    code: ClassVar[Literal["EXPERIMENTAL"]] = "EXPERIMENTAL"


class PreliminaryError(ApiError):
    """Beta.

    This code is beta.

    HTTP 410 Gone, or 404 Not Found.

    “It may be gone”

    Look again.

    https://example.com/errors/BETA
    """

    code: ClassVar[Literal["BETA"]] = "BETA"


class InternalError(ApiError):
    """Internal error.

    HTTP 500 Internal Server Error.

    “Internal server error”

    Tell us.

    https://example.com/errors/INTERNAL_ERROR
    """

    code: ClassVar[Literal["INTERNAL_ERROR"]] = "INTERNAL_ERROR"
… lines of apierr.py
    NoFileError,
    ExperimentalError,
    PreliminaryError,
… lines of apierr.py
    "type": "type",
    "status": "status",
    "detail": "message",
    "instance": "instance",
    "code": "code",
}

# The header with the id of a request.
_REQUEST_ID_HEADER = "x-request-id"

_DEFAULT_RETRY: Retry | None = None

CATALOG: Mapping[str, Info] = MappingProxyType(
    {
        "NOT_FOUND": Info(
            NotFoundError,
            "Nothing there",
            (404,),
            (Message("Nothing was found"),),
            type_uri="https://example.com/problems/not_found",
            resolution="Look elsewhere.",
            docs_url="https://example.com/errors/NOT_FOUND",
        ),
        "NO_FILE": Info(
            NoFileError,
            "No file",
            (404,),
            (Message("No such file"),),
            type_uri="https://example.com/problems/no_file",
            resolution="Look elsewhere.",
            docs_url="https://example.com/errors/NO_FILE",
        ),
        "EXPERIMENTAL": Info(
            ExperimentalError,
            "Experimental",
            (410,),
            (Message("It is gone"),),
            type_uri="https://example.com/problems/experimental",
            resolution="Let go.",
            docs_url="https://example.com/errors/EXPERIMENTAL",
        ),
        "BETA": Info(
            PreliminaryError,
            "Beta",
            (410, 404),
            (Message("It may be gone"),),
            type_uri="https://example.com/problems/beta",
            resolution="Look again.",
            docs_url="https://example.com/errors/BETA",
        ),
        "INTERNAL_ERROR": Info(
            InternalError,
            "Internal error",
            (500,),
            (Message("Internal server error"),),
            type_uri="https://example.com/problems/internal_error",
            resolution="Tell us.",
            docs_url="https://example.com/errors/INTERNAL_ERROR",
… lines of apierr.py
    "FILE_MISSING": Retired(
        "FILE_MISSING",
        status=404,
        since="2026-06-12",
        use="NOT_FOUND",
        note="Merged into one.",
    ),
    "NEVER_SENT": Retired("NEVER_SENT", note="It was never sent."),
}
