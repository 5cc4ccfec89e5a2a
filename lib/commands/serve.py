"""Serve the dashboard on this machine; imports little, so that it starts fast."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from data.store import queries
from data.store.lake import open_lake
from lib.people.accounts import Accounts
from lib.people.machine import machine_actor
from lib.region.asked import asked_region_code
from lib.rules.regions import region_profile
from lib.settings import ROOT, clock_s, has_screen, own_seal_key, settings
from lib.texts import cli as t
from lib.ui.door.house import on_this_machine, ways_in

if TYPE_CHECKING:
    from argparse import Namespace

POLL_S = 0.05
PORT_TAKEN = 2
NO_LINK = 2
ENTRANCE = "/masuk"
FIRST_SEEN = "/peta-risiko"


def serve(arguments: Namespace) -> int:
    """Serve the dashboard, with the demo when the store is empty; say so once it answers."""
    address = f"http://127.0.0.1:{arguments.port}"
    if _answers(address):
        sys.stderr.write(t.port_taken(arguments.port) + "\n")
        return PORT_TAKEN
    name, simulated = _ready_region()
    command = [
        *(sys.executable, "-m", "lib.ui.door.server"),
        *("--server.port", str(arguments.port), "--logger.level", "warning"),
    ]
    opened, shown = _door_opens(arguments.port), ways_in(settings().addresses, arguments.port)[0]
    signal.signal(signal.SIGTERM, _stop)
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as server:  # noqa: S603 - our own program
        try:
            while server.poll() is None and not _answers(f"{address}/_stcore/health"):
                time.sleep(POLL_S)
            if server.poll() is None:
                sys.stdout.write(t.serving(shown, name, simulated=simulated) + "\n")
                _invite(opened)
                sys.stdout.flush()
            return server.wait()
        except KeyboardInterrupt:
            server.terminate()
            return 0


def link(arguments: Namespace) -> int:
    """Print a link that opens a running dashboard of this user once."""
    address = _door_opens(arguments.port)
    if address is None:
        sys.stderr.write(t.NO_LINK + "\n")
        return NO_LINK
    sys.stdout.write(_link(address) + "\n")
    return 0


def _door_opens(port: int) -> str | None:
    """Give the address whose door a link of this machine opens; None where it has no lock, or serves others."""
    chosen = settings()
    origins = ways_in(chosen.addresses, port)
    here = all(on_this_machine(urlsplit(origin).hostname) for origin in origins)
    return origins[0] if here and not chosen.without_accounts else None


def _invite(address: str | None) -> None:
    """Print a link to the map, and open it where somebody sits at a screen."""
    if address is None:
        return
    made = _link(address)
    sys.stdout.write(t.open_link(made) + "\n")
    if sys.stdout.isatty() and has_screen():
        webbrowser.open(made)


def _link(address: str) -> str:
    book = Accounts(settings().private_folder, clock_s)
    token = book.make_link(book.machine(machine_actor()))
    book.close()
    return f"{address}{ENTRANCE}?kunci={token}&lanjut={FIRST_SEEN}"


def _stop(*_: object) -> None:
    """Treat a polite end like Ctrl+C, so that the server ends too and frees its port."""
    raise KeyboardInterrupt


def _ready_region() -> tuple[str, bool]:
    """Name the active region and tell whether its data are simulated; make the demo in an empty store."""
    chosen = settings()
    lake = open_lake(chosen.lake_address, chosen.data_path, objects=chosen.objects, key=own_seal_key(chosen))
    if not queries.prepared_regions(lake):
        from lib.commands.demo import issue_demo, prepare_demo  # noqa: PLC0415 - slow to import, seldom needed

        sys.stdout.write(t.PREPARING_DEMO + "\n")
        sys.stdout.flush()
        prepare_demo(lake, machine_actor())
        issue_demo(lake, machine_actor())
    region = region_profile(asked_region_code(lake, chosen.region_code))
    simulated = region.simulated or bool(queries.data_state(lake, region.code)["simulated"])
    lake.connection.close()
    return region.name, simulated


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own address
            return True
    except urllib.error.HTTPError:
        return True
    except ConnectionResetError:  # it speaks TLS
        return True
    except OSError:
        return False
