"""Where the dashboard is served, how people reach it there, and whether it may be."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from lib.people.errors import AddressError, OpenHouseError
from lib.texts.people import NO_ACCOUNTS, NO_LOCK, NO_TLS


def on_this_machine(address: str | None) -> bool:
    """Tell whether only this machine reaches an address to listen on; an unset one is every address.

    A name may mean anything, so of names only ``localhost`` is ours.
    """
    if address == "localhost" or (address or "").startswith("unix://"):
        return True
    try:
        return bool(address) and ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False


def ways_in(addresses: tuple[str, ...], port: int) -> tuple[str, ...]:
    """List the origins by which people reach us: what the office named, else this machine's two names.

    Raises
    ------
    AddressError
        If one is no ``https://name[:port]``; ``http://`` is for this machine's own names alone.
    """
    for address in addresses:
        parts = urlsplit(address)
        local = parts.scheme == "http" and on_this_machine(parts.hostname)
        plain = address == f"{parts.scheme}://{parts.netloc}" == address.lower() and "@" not in address
        if not (parts.hostname and plain and (parts.scheme == "https" or local)):
            raise AddressError(address=address)
    return addresses or (f"http://127.0.0.1:{port}", f"http://localhost:{port}")


def refuse_open_house(address: str | None, *, without_accounts: bool, locked: bool, origins: tuple[str, ...]) -> None:
    """Stop before anything listens where others reach it, unless there are a lock and TLS.

    `locked` tells whether anybody could come in by a password or a provider, `origins` how people reach us.

    Raises
    ------
    OpenHouseError
        Saying what is missing.
    """
    if on_this_machine(address):
        if without_accounts and not all(on_this_machine(urlsplit(origin).hostname) for origin in origins):
            raise OpenHouseError(address=", ".join(origins), lacks=NO_ACCOUNTS)
        return
    tls = all(origin.startswith("https://") for origin in origins)
    reasons = ((without_accounts, NO_ACCOUNTS), (not locked, NO_LOCK), (not tls, NO_TLS))
    missing = [reason for holds, reason in reasons if holds]
    if missing:
        raise OpenHouseError(address=address or "0.0.0.0", lacks=" dan ".join(missing))  # noqa: S104 - named only
