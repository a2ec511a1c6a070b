# What the documentation uses of requests, whose types are a package of their own.

class Response:
    status_code: int
    text: str
    content: bytes

def get(url: str, *, timeout: float = ...) -> Response: ...
def post(url: str, *, json: object = ..., timeout: float = ...) -> Response: ...
