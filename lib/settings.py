"""Read the environment: the only place that does, and the only one that asks the clock."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from data.keys import seal_key
from data.limits import Limits
from data.store.objects import ObjectAccess
from lib.texts.cli import bad_limit, bad_setting, bad_switch

if TYPE_CHECKING:
    from lib.rules.regions import Region

ROOT = Path(__file__).parent.parent
DEFAULT_LAKE = ROOT / "data" / "lake"
MIB = 2**20
THIS_MACHINE = "127.0.0.1"
EASTERNMOST_ZONE = "Asia/Jayapura"
# The environment's names of the limits, with the unit they are written in.
LIMITS = {
    "file_bytes": ("PETADINI_MAKS_BERKAS_MB", MIB),
    "unpacked_bytes": ("PETADINI_MAKS_ISI_MB", MIB),
    "rows": ("PETADINI_MAKS_BARIS", 1),
    "vertices": ("PETADINI_MAKS_TITIK_BATAS", 1),
    "memory_bytes": ("PETADINI_MEMORI_MB", MIB),
}


class SettingsError(ValueError):
    """A setting that cannot be read; the message is a whole sentence."""


def _own_folder() -> Path:
    """Find the folder for what is nobody else's, as the system does it."""
    chosen = os.environ.get("PETADINI_RAHASIA")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "petadini"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "petadini"


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """The login provider of an office (OpenID Connect).

    `metadata` is the address of its description, ``…/.well-known/openid-configuration`` (PETADINI_OIDC), `client`
    and `secret` what it calls us (PETADINI_OIDC_KLIEN, and the credential ``petadini-oidc`` of systemd or
    PETADINI_OIDC_SANDI), `groups_at` where the claims name groups (PETADINI_OIDC_GRUP), `scope` what we ask for
    (PETADINI_OIDC_LINGKUP).
    """

    metadata: str
    client: str
    secret: str = ""
    groups_at: str = "groups"
    scope: str = "openid profile groups"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the store is and who works with it.

    `lake_address` is a folder or a ``ducklake:postgres:…`` address (PETADINI_LAKE), `data_path` the place of
    the files of a shared store (PETADINI_DATA_PATH), `today` a fixed day (PETADINI_HARI_INI, ISO) or None for
    the clock, `region_code` the region where a question names none (PETADINI_WILAYAH), `author` the name on sheets
    (PETADINI_PETUGAS: a signature, which no journal believes), `agency` the office that sheets name beside it
    (PETADINI_INSTANSI), `limits` what an import may take (see LIMITS).
    `private_folder` holds accounts, sessions, the trail and the key of seals (PETADINI_RAHASIA), never beside the
    store; `credentials_folder` is where systemd hands a service its secrets (CREDENTIALS_DIRECTORY).
    `four_eyes` (PETADINI_EMPAT_MATA, 1 or 0) says whether deeds wait for a second person; None leaves it to whether
    there is one.
    `without_accounts` lets everybody at this machine in by a name (PETADINI_TANPA_AKUN=1). `listen` is the address
    the dashboard listens on (PETADINI_DENGAR), `addresses` what people type to reach it (PETADINI_ALAMAT, blanks
    between), `tls` its own certificate and key (PETADINI_TLS_SERTIFIKAT, PETADINI_TLS_KUNCI), `provider` the login
    provider.
    `objects` is how to reach the object store of a shared store (PETADINI_S3_KUNCI and its neighbours, its secret
    also as credential ``petadini-s3``), None without a key.
    """

    lake_address: str
    data_path: str | None
    today: date | None
    region_code: str | None = None
    author: str = ""
    agency: str = ""
    limits: Limits = field(default_factory=Limits)
    private_folder: Path = field(default_factory=_own_folder)
    credentials_folder: Path | None = None
    four_eyes: bool | None = None
    without_accounts: bool = False
    listen: str = THIS_MACHINE
    addresses: tuple[str, ...] = ()
    tls: tuple[str, str] | None = None
    provider: ProviderSettings | None = field(default=None, repr=False)
    objects: ObjectAccess | None = None


def settings() -> Settings:
    """Read the settings from the environment.

    Raises
    ------
    SettingsError
        If PETADINI_HARI_INI is no ISO day, a limit no whole number above 0, or a switch neither 0 nor 1.
    """
    pinned = os.environ.get("PETADINI_HARI_INI")
    credentials = os.environ.get("CREDENTIALS_DIRECTORY")
    certificate, key = os.environ.get("PETADINI_TLS_SERTIFIKAT"), os.environ.get("PETADINI_TLS_KUNCI")
    try:
        today = date.fromisoformat(pinned) if pinned else None
    except ValueError as error:
        raise SettingsError(bad_setting("PETADINI_HARI_INI", pinned or "")) from error
    return Settings(
        lake_address=os.environ.get("PETADINI_LAKE") or str(DEFAULT_LAKE),
        data_path=os.environ.get("PETADINI_DATA_PATH") or None,
        today=today,
        region_code=os.environ.get("PETADINI_WILAYAH", "").strip() or None,
        author=os.environ.get("PETADINI_PETUGAS", "").strip(),
        agency=os.environ.get("PETADINI_INSTANSI", "").strip(),
        limits=_limits(),
        private_folder=_own_folder(),
        credentials_folder=Path(credentials) if credentials else None,
        four_eyes=_switch("PETADINI_EMPAT_MATA"),
        without_accounts=os.environ.get("PETADINI_TANPA_AKUN") == "1",
        listen=os.environ.get("PETADINI_DENGAR") or THIS_MACHINE,
        addresses=tuple(os.environ.get("PETADINI_ALAMAT", "").split()),
        tls=(certificate, key) if certificate and key else None,
        provider=_provider(Path(credentials) if credentials else None),
        objects=_object_access(Path(credentials) if credentials else None),
    )


def forget_streamlit_variables() -> None:
    """Take Streamlit's own variables out of the environment: what opens the dashboard is decided here alone."""
    for variable in [name for name in os.environ if name.startswith("STREAMLIT_")]:
        del os.environ[variable]


def has_screen() -> bool:
    """Tell whether a window can be opened on this machine."""
    return sys.platform in {"win32", "darwin"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def own_seal_key(chosen: Settings) -> bytes:
    """Read the key that seals journals, backups and the trail; see `data.keys.seal_key` for what it refuses."""
    return seal_key(chosen.private_folder, given=chosen.credentials_folder)


def clock_s() -> float:
    """Tell the seconds since 1970."""
    return time.time()


def today_in(region: Region, chosen: Settings) -> date:
    """Tell the day it is for a region: the one it stands still on, else the clock in its time zone."""
    return pinned_day(region, chosen) or datetime.now(ZoneInfo(region.time_zone)).date()


def pinned_day(region: Region, chosen: Settings) -> date | None:
    """Tell the day on which today stands still, the setting's before the demo's; None where the clock runs."""
    return chosen.today or region.today


def today_anywhere(chosen: Settings) -> date:
    """Tell the newest day it is in any region: the setting, else the clock where the day begins first."""
    return chosen.today or datetime.now(ZoneInfo(EASTERNMOST_ZONE)).date()


def _switch(variable: str) -> bool | None:
    text = os.environ.get(variable, "").strip()
    if text not in {"", "0", "1"}:
        raise SettingsError(bad_switch(variable, text))
    return bool(int(text)) if text else None


def _provider(credentials: Path | None) -> ProviderSettings | None:
    metadata = os.environ.get("PETADINI_OIDC")
    if not metadata:
        return None
    usual = ProviderSettings(metadata, "")
    return ProviderSettings(
        metadata,
        client=os.environ.get("PETADINI_OIDC_KLIEN", "petadini"),
        secret=_secret(credentials, "petadini-oidc", "PETADINI_OIDC_SANDI"),
        groups_at=os.environ.get("PETADINI_OIDC_GRUP") or usual.groups_at,
        scope=os.environ.get("PETADINI_OIDC_LINGKUP") or usual.scope,
    )


def _secret(credentials: Path | None, name: str, variable: str) -> str:
    """Read what a service manager hands over before what stands in the environment."""
    handed = credentials / name if credentials else None
    return (handed.read_text("utf-8").strip() if handed and handed.exists() else "") or os.environ.get(variable, "")


def _object_access(credentials: Path | None) -> ObjectAccess | None:
    key_id = os.environ.get("PETADINI_S3_KUNCI")
    if not key_id:
        return None
    told = {"endpoint": os.environ.get("PETADINI_S3_ALAMAT"), "region": os.environ.get("PETADINI_S3_WILAYAH")}
    given = {name: text for name, text in told.items() if text}
    return ObjectAccess(key_id, _secret(credentials, "petadini-s3", "PETADINI_S3_RAHASIA"), **given)


def _limits() -> Limits:
    limits = Limits()
    for name, (variable, unit) in LIMITS.items():
        text = os.environ.get(variable)
        if text and not (text.isascii() and text.isdigit() and int(text) > 0):
            raise SettingsError(bad_limit(variable, text))
        if text:
            limits = replace(limits, **{name: int(text) * unit})
    return limits
