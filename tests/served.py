"""A dashboard behind its door, asked as a browser asks: paths, and the websocket of a page."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

ROOT = Path(__file__).parents[1]
NOBODY = "orang luar"
STREAM = "/_stcore/stream"
RUN_S = 180.0


@dataclass(frozen=True)
class Served:
    """A running server, and the cookie of each role."""

    port: int
    folder: Path
    cookies: dict[str, str]

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def origin(self) -> str:
        return f"http://{self.host}"

    def headers(self, who: str, **more: str) -> dict[str, str]:
        return ({"Cookie": self.cookies[who]} if who in self.cookies else {}) | more

    def ask(
        self, path: str, who: str = NOBODY, method: str = "GET", **more: str
    ) -> tuple[int, bytes, dict[str, str]]:
        """Ask for a path exactly as it is written."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=RUN_S)
        line.putrequest(method, path, skip_host=True)
        for name, value in ({"Host": self.host} | self.headers(who, **more)).items():
            line.putheader(name, value)
        line.endheaders()
        answer = line.getresponse()
        told = answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}
        line.close()
        return told

    def talk(self, who: str, **more: str) -> ClientConnection:
        """Open the websocket of a page."""
        given = {"Origin": self.origin} | more
        name = given.pop("Host", self.host)
        return connect(
            f"ws://{name}{STREAM}",
            sock=socket.create_connection(("127.0.0.1", self.port)),
            origin=given.pop("Origin"),
            subprotocols=["streamlit"],
            additional_headers=self.headers(who, **given),
            max_size=None,
            open_timeout=RUN_S,
        )


def start(folder: Path, store: Path, port: int, *options: str, **variables: str) -> subprocess.Popen[str]:
    """Start the server as `petadini jalankan` does."""
    settings = {"PETADINI_LAKE": str(store), "PETADINI_RAHASIA": str(folder), "PETADINI_TANPA_AKUN": ""} | variables
    return subprocess.Popen(
        [sys.executable, "-m", "lib.ui.door.server", "--server.port", str(port), *options],
        cwd=ROOT,
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run(line: ClientConnection, page: str) -> list[ForwardMsg]:
    """Open a page over the websocket, as a browser does, and give everything that was sent."""
    asked = BackMsg()
    asked.rerun_script.page_name = page
    asked.rerun_script.query_string = ""
    line.send(asked.SerializeToString())
    sent: list[ForwardMsg] = []
    while not (sent and sent[-1].WhichOneof("type") == "script_finished" and not _early(sent[-1])):
        sent.append(heard(line))
    return sent


def heard(line: ClientConnection) -> ForwardMsg:
    """Take the next message of the server."""
    raw = line.recv(timeout=RUN_S)
    assert isinstance(raw, bytes)
    return ForwardMsg.FromString(raw)


def _early(message: ForwardMsg) -> bool:
    return message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
