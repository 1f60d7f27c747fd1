"""What servers say: an answer as a value, and the few shapes that most answers have."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus

Headers = tuple[tuple[str, str], ...]
HTML = ("Content-Type", "text/html; charset=utf-8")


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer. `Content-Length`, `Date` and `Server` are added on the wire; `close` ends the connection after it."""

    status: int = 200
    body: bytes = b""
    headers: Headers = (HTML,)
    reason: str = ""
    close: bool = False

    def plus(self, *headers: tuple[str, str]) -> Answer:
        """The same answer with more headers."""
        return replace(self, headers=self.headers + headers)

    def wire(self, method: str, date: str, server: str) -> bytes:
        """The bytes to send; a HEAD gets no body but the same headers."""
        head = [f"HTTP/1.1 {self.status} {self.reason or reason(self.status)}", f"Date: {date}", f"Server: {server}"]
        head += [f"{name}: {value}" for name, value in self.headers]
        names = {name.lower() for name, _ in self.headers}
        if not names & {"content-length", "transfer-encoding"} and self.status not in {204, 304} and self.status >= 200:
            head.append(f"Content-Length: {len(self.body)}")
        head.append("Connection: close" if self.close else "Connection: keep-alive")
        block = "\r\n".join(head).encode("utf-8") + b"\r\n\r\n"
        return block if method == "HEAD" or self.status in {204, 304} else block + self.body


def reason(status: int) -> str:
    """The usual words after a status code; "" where there are none."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def html(text: str, status: int = 200, *headers: tuple[str, str]) -> Answer:
    """A page, as written."""
    return Answer(status, text.encode(), (HTML, *headers))


def plain(text: str, status: int = 200, *headers: tuple[str, str], kind: str = "text/plain; charset=utf-8") -> Answer:
    """Anything that isn't a page."""
    return Answer(status, text.encode(), (("Content-Type", kind), *headers))


def redirect(status: int, location: str, *headers: tuple[str, str]) -> Answer:
    """A redirect with the small page that servers send along; `location` goes out as UTF-8, unescaped."""
    words = {301: "Moved Permanently", 302: "Found", 303: "See Other", 307: "Temporary Redirect", 308: "Permanent Redirect"}[
        status
    ]
    body = f"<html><head><title>{status} {words}</title></head><body><center><h1>{status} {words}</h1></center></body></html>"
    return Answer(status, body.encode(), (("Content-Type", "text/html"), ("Location", location), *headers))


def nginx(status: int, server: str = "nginx/1.24.0") -> Answer:
    """The bare error page of a web server out of the box."""
    line = f"{status} {reason(status)}"
    return html(
        f"<html>\r\n<head><title>{line}</title></head>\r\n<body>\r\n<center><h1>{line}</h1></center>\r\n"
        f"<hr><center>{server}</center>\r\n</body>\r\n</html>\r\n",
        status,
    )


def apache(status: int, path: str = "", host: str = "") -> Answer:
    """The same, of the other web server."""
    words = reason(status)
    told = {
        403: "You don't have permission to access this resource.",
        404: "The requested URL was not found on this server.",
        410: "The requested resource is no longer available on this server and there is no forwarding address.",
    }.get(status, "The server could not complete the request.")
    return html(
        f'<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>{status} {words}</title>\n</head><body>\n'
        f"<h1>{words}</h1>\n<p>{told}{path}</p>\n<hr>\n<address>Apache/2.4.57 (Debian) Server at {host} Port 80</address>\n"
        "</body></html>\n",
        status,
    )
