"""The proxy as it is delivered, with TLS before a running server; and the unit of the service."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from lib.people.accounts import Accounts
from lib.people.actor import Grant, Role
from lib.people.trail import Trail
from lib.settings import clock_s
from tests.browser.conftest import START_S
from tests.lib.ui.door.test_matrix import free_port, start

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPLOY = Path(__file__).parents[2] / "deploy"
GOOD = "kuda benar baterai"
NAME = "petadini.contoh.go.id"
AROUND = """pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1; daemon off;
events {{ worker_connections 512; }}
http {{ access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; include {folder}/petadini.conf; }}
"""


def tool(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        reason = f"no {name} found: apt install {name}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


class Proxied:
    """The server behind nginx; every name leads to this machine."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.context = ssl.create_default_context(cafile=str(folder / "tls.crt"))

    @property
    def origin(self) -> str:
        return f"https://{NAME}:{self.port}"

    def connection(self) -> ssl.SSLSocket:
        return self.context.wrap_socket(socket.create_connection(("127.0.0.1", self.port)), server_hostname=NAME)

    def ask(self, path: str, method: str = "GET", body: str = "", **headers: str) -> http.client.HTTPResponse:
        given = {"Host": f"{NAME}:{self.port}", "Content-Type": "application/x-www-form-urlencoded"} | headers
        with contextlib.closing(http.client.HTTPConnection(NAME)) as line:
            line.sock = self.connection()
            line.request(method, path, body or None, given)
            answer = line.getresponse()
            answer.read()
            return answer

    def talk(self, origin: str, **headers: str) -> ClientConnection:
        return connect(
            f"ws://{NAME}:{self.port}/_stcore/stream",
            sock=self.connection(),
            origin=origin,
            subprotocols=["streamlit"],
            additional_headers=headers,
        )


@pytest.fixture(scope="module")
def proxied(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    nginx, openssl = tool("nginx"), tool("openssl")
    folder = tmp_path_factory.mktemp("perantara")
    folder.chmod(0o700)
    inner, outer = free_port(), free_port()
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
         "-addext", f"subjectAltName=DNS:{NAME}", "-keyout", folder / "tls.key", "-out", folder / "tls.crt"],
        check=True, capture_output=True,
    )  # fmt: skip
    delivered = (DEPLOY / "nginx.conf").read_text("utf-8")
    here = delivered.replace("/etc/petadini/", f"{folder}/").replace("127.0.0.1:8501", f"127.0.0.1:{inner}")
    here = here.replace("listen 443 ssl", f"listen 127.0.0.1:{outer} ssl").replace(
        "listen 80 default_server", f"listen 127.0.0.1:{free_port()} default_server"
    )
    (folder / "petadini.conf").write_text(here)
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder))
    book = Accounts(folder, clock_s)
    book.put("ani", password=GOOD, grants=[Grant(Role.ANALYST)])
    book.close()
    made = Proxied(folder, outer)
    server = start(folder, empty_store, inner, PETADINI_ALAMAT=made.origin)
    proxy = subprocess.Popen([nginx, "-c", folder / "nginx.conf", "-p", folder], stderr=subprocess.PIPE)
    try:
        _wait(made, server, proxy)
        yield made
    finally:
        for process in (proxy, server):
            process.terminate()
            process.communicate()


def _wait(made: Proxied, *processes: subprocess.Popen[Any]) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        for process in processes:
            assert process.poll() is None, process.stderr and process.stderr.read()
        with contextlib.suppress(OSError):
            if made.ask("/app/static/petadini.svg").status == 200:
                return
        time.sleep(0.5)
    pytest.fail("the server did not answer")


def test_one_logs_in_through_tls_and_the_page_talks(proxied: Proxied) -> None:
    form = {"Origin": proxied.origin, "X-Forwarded-For": "8.8.8.8", "X-Petadini-Sesi": "palsu"}
    answer = proxied.ask("/masuk", "POST", f"nama=ani&sandi={GOOD.replace(' ', '+')}&lanjut=/tren", **form)
    assert (answer.status, answer.headers["location"]) == (303, "/tren")
    cookie = answer.headers["set-cookie"]
    assert re.match(r"__Host-petadini=[\w-]{43}; HttpOnly; Max-Age=36000; Path=/; SameSite=lax; Secure$", cookie)
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    mine = {"Cookie": cookie.partition(";")[0]}
    assert proxied.ask("/tren", **mine).status == 200
    with proxied.talk(proxied.origin, **mine):
        pass
    for origin in ("https://evil.example", f"https://{NAME}"):
        with pytest.raises(InvalidStatus) as told, proxied.talk(origin, **mine):
            pass
        assert told.value.response.status_code == 403
    trail = Trail(proxied.folder, (proxied.folder / "segel.kunci").read_bytes(), clock_s)
    assert [json.loads(line.what)["dari"] for line in trail.lines()] == ["127.0.0.1"]  # and not 8.8.8.8
    trail.close()


def test_a_foreign_name_is_refused_by_the_proxy(proxied: Proxied) -> None:
    for host in ("evil.example", "127.0.0.1", f"x.{NAME}"):
        assert proxied.ask("/masuk", Host=host).status == 421


def test_who_hammers_at_the_entrance_is_slowed(proxied: Proxied) -> None:
    answers = [proxied.ask("/masuk").status for _ in range(40)]
    assert answers[-1] == 429
    assert proxied.ask("/app/static/petadini.svg").status == 200


def test_the_unit_of_the_service_is_read_without_a_complaint(tmp_path: Path) -> None:
    analyze = tool("systemd-analyze")
    unit = (DEPLOY / "petadini.service").read_text("utf-8")
    unit = unit.replace("/opt/petadini/.venv/bin/python", shutil.which("true") or "")
    (tmp_path / "petadini.service").write_text(unit)
    done = subprocess.run(
        [analyze, "verify", "--man=no", tmp_path / "petadini.service"], capture_output=True, text=True, check=False
    )
    assert [line for line in done.stderr.splitlines() if "petadini.service" in line] == []
