"""Fetching from an address that somebody else wrote down, without becoming their tool inside our network.

Server-side request forgery: an import may name `http://169.254.169.254/` (the cloud's secrets), a name that
resolves to 10.0.0.5, or a public host that redirects there. So: http and https on their own ports, the name
resolved once, every address it has public, the connection made to exactly the address that was checked (a
second lookup could answer differently), each redirect treated as a new address, and everything bounded.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

MAX_BYTES = 20 * 1024 * 1024
SECONDS = 20.0
REDIRECTS = 4
PORTS = {"http": 80, "https": 443}
CHUNK = 64 * 1024
USER_AGENT = "Vetrina picture import"

# Public by their number, but a way into IPv4 networks that are not: NAT64, 6to4 and Teredo.
TUNNELS = tuple(
    ipaddress.ip_network(block) for block in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
)

Resolve = Callable[[str, int], Sequence[str]]
Dial = Callable[[str, int, float], socket.socket]


class FetchRefused(ValueError):
    """This address will never be fetched, or what it gives will never be taken; the text says why."""


class FetchFailed(RuntimeError):
    """It did not work now and may work later."""


@dataclass(frozen=True)
class Net:
    """The two things we need of a network, so that tests can stand in for it."""

    resolve: Resolve
    dial: Dial


def resolve_name(host: str, port: int) -> Sequence[str]:
    """All addresses of a name, IPv4 and IPv6, in the system's order."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise FetchFailed(f"The name {host} is not known: {problem}") from problem
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def dial_address(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to exactly that address."""
    return socket.create_connection((address, port), timeout=seconds)


INTERNET = Net(resolve_name, dial_address)


def fetch_public(
    url: str, *, net: Net = INTERNET, max_bytes: int = MAX_BYTES, seconds: float = SECONDS
) -> bytes:
    """The bytes behind a public address, at most `max_bytes` and within `seconds` for each hop.

    Raises `FetchRefused` for what is not allowed or will not change, `FetchFailed` for what may pass.
    """
    for _ in range(REDIRECTS + 1):
        parts = _allowed(url)
        answer = _ask(parts, _public_address(parts, net), net, max_bytes, seconds)
        if isinstance(answer, bytes):
            return answer
        url = urljoin(url, answer)
    raise FetchRefused("The address redirects too often.")


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, whatever form it hides behind."""
    try:
        number = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    if isinstance(number, ipaddress.IPv6Address):
        if number.ipv4_mapped is not None:
            number = number.ipv4_mapped
        elif any(number in block for block in TUNNELS):
            return False
    return number.is_global and not (number.is_multicast or number.is_reserved or number.is_unspecified)


def _allowed(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as problem:
        raise FetchRefused(f"This is no address: {problem}") from problem
    if parts.scheme not in PORTS or not parts.hostname:
        raise FetchRefused("Only http and https addresses are fetched.")
    if parts.username is not None or parts.password is not None:
        raise FetchRefused("An address with a user name in it is not fetched.")
    if port not in {None, PORTS[parts.scheme]}:
        raise FetchRefused(f"Port {port} is not fetched from.")
    return parts


def _public_address(parts: SplitResult, net: Net) -> str:
    host = parts.hostname or ""
    addresses = net.resolve(host, PORTS[parts.scheme])
    if not addresses:
        raise FetchFailed(f"The name {host} has no address.")
    # One private address among public ones is a trap, not a mistake to work around.
    for address in addresses:
        if not is_public(address):
            raise FetchRefused(f"{host} is not on the public internet.")
    return addresses[0]


class _Straight(http.client.HTTPConnection):
    """Talks to the address that was checked, under the name that was asked for. Uses no proxy."""

    def __init__(self, parts: SplitResult, address: str, net: Net, seconds: float) -> None:
        super().__init__(parts.hostname or "", PORTS[parts.scheme], timeout=seconds)
        self._address, self._net, self._seconds = address, net, seconds
        self._secure = parts.scheme == "https"

    def connect(self) -> None:
        plain = self._net.dial(self._address, self.port, self._seconds)
        if self._secure:
            plain = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
        self.sock = plain


def _ask(parts: SplitResult, address: str, net: Net, max_bytes: int, seconds: float) -> bytes | str:
    """The body, or where to go instead."""
    connection = _Straight(parts, address, net, seconds)
    # A timeout of the socket starts anew with every byte; this ends a server that drips.
    too_slow = threading.Event()
    watch = threading.Timer(seconds, _cut, [connection, too_slow])
    watch.daemon = True
    watch.start()
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", target, headers={"User-Agent": USER_AGENT, "Accept": "image/*"})
        response = connection.getresponse()
        if response.status in {301, 302, 303, 307, 308} and response.getheader("Location"):
            return str(response.getheader("Location"))
        _acceptable(response, max_bytes)
        body = _read(response, max_bytes)
        if too_slow.is_set():
            raise FetchFailed(f"{parts.hostname} took longer than {seconds:.0f} seconds.")
        return body
    except ssl.SSLCertVerificationError as problem:
        raise FetchRefused(f"The certificate is not valid: {problem.verify_message}") from problem
    except http.client.InvalidURL as problem:
        raise FetchRefused(f"This is no address: {problem}") from problem
    except (OSError, http.client.HTTPException) as problem:
        raise FetchFailed(f"{parts.hostname} did not answer properly: {problem}") from problem
    finally:
        watch.cancel()
        connection.close()


def _acceptable(response: http.client.HTTPResponse, max_bytes: int) -> None:
    if response.status == 429 or response.status >= 500:
        raise FetchFailed(f"The server answered {response.status}.")
    if response.status != 200:
        raise FetchRefused(f"The server answered {response.status}.")
    if response.getheader("Content-Encoding", "identity") not in {"identity", ""}:
        raise FetchRefused("The server packed its answer although it was asked not to.")
    length = response.getheader("Content-Length", "")
    if length.isdecimal() and int(length) > max_bytes:
        raise FetchRefused(f"{length} bytes are more than the {max_bytes} allowed.")


def _read(response: http.client.HTTPResponse, max_bytes: int) -> bytes:
    body = bytearray()
    while chunk := response.read(CHUNK):
        body += chunk
        if len(body) > max_bytes:
            raise FetchRefused(f"The answer is longer than the {max_bytes} bytes allowed.")
    if response.length:
        raise FetchFailed("The connection ended before the answer did.")
    return bytes(body)


def _cut(connection: http.client.HTTPConnection, too_slow: threading.Event) -> None:
    too_slow.set()
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)
