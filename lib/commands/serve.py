"""Serve the dashboard on this machine; imports little, so that it starts fast."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from data.store import queries
from data.store.lake import open_lake
from lib.people.machine import machine_actor
from lib.region.asked import asked_region_code
from lib.rules.regions import region_profile
from lib.settings import ROOT, settings
from lib.texts import cli as t

if TYPE_CHECKING:
    from argparse import Namespace

POLL_S = 0.05
PORT_TAKEN = 2


def serve(arguments: Namespace) -> int:
    """Serve the dashboard, with the demo when the store is empty; say so once it answers."""
    address = f"http://127.0.0.1:{arguments.port}"
    if _answers(address):
        sys.stderr.write(t.port_taken(arguments.port) + "\n")
        return PORT_TAKEN
    name, simulated = _ready_region()
    command = [
        *(sys.executable, "-m", "lib.ui.frame.server"),
        *("--server.port", str(arguments.port), "--logger.level", "warning"),
    ]
    signal.signal(signal.SIGTERM, _stop)
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as server:  # noqa: S603 - our own program
        try:
            while server.poll() is None and not _answers(f"{address}/_stcore/health"):
                time.sleep(POLL_S)
            if server.poll() is None:
                sys.stdout.write(t.serving(address, name, simulated=simulated) + "\n")
                sys.stdout.flush()
            return server.wait()
        except KeyboardInterrupt:
            server.terminate()
            return 0


def _stop(*_: object) -> None:
    """Treat a polite end like Ctrl+C, so that the server ends too and frees its port."""
    raise KeyboardInterrupt


def _ready_region() -> tuple[str, bool]:
    """Name the active region and tell whether its data are simulated; make the demo in an empty store."""
    chosen = settings()
    lake = open_lake(chosen.lake_address, chosen.data_path)
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
    except OSError:
        return False
