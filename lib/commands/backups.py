"""The commands that copy the store into one file, and back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import DataPathError
from data.store.backup import back_up, restore
from data.store.encryption import Lock, Unlock
from data.store.lake import open_lake, utc_now
from data.store.shared_lock import SHARED, without_secrets
from data.store.shared_restore import restore_shared
from lib.commands.asked import open_store, stored_moment
from lib.commands.terminal import say
from lib.settings import own_seal_key, settings
from lib.texts import store as t

if TYPE_CHECKING:
    from argparse import Namespace

    from data.store.backup import Manifest
    from lib.settings import Settings

DATED = re.compile(r"petadini-\d{8}-\d{6}\.zip(\.age)?")  # the backups that `cadangkan` names itself


def backup(arguments: Namespace) -> int:
    """Write the store into one file (`berkas`), or a dated one into a folder; keep the newest there (`simpan`)."""
    lake, _ = open_store()
    lock = Lock(tuple(arguments.penerima or ()), _passphrase(arguments.sandi_dari))
    path: Path = arguments.berkas
    if path.is_dir():
        path /= f"petadini-{utc_now():%Y%m%d-%H%M%S}.zip{'.age' if lock else ''}"
    made = back_up(lake, path, lock=lock)
    rows = sum(table.rows for table in made.tables)
    say(
        t.backed_up(
            str(path),
            path.stat().st_size,
            stored_moment(lake, made.made_at),
            tables=len(made.tables),
            rows=rows,
            files=len(made.files),
            encrypted=bool(lock),
        )
    )
    if made.head:
        say(t.head_of_backup(made.head))
    if made.missing_copies:
        say(t.copies_not_backed_up(made.missing_copies))
    if arguments.simpan is not None:
        say(t.old_backups_removed(_keep_newest(path.parent, arguments.simpan), arguments.simpan))
    return 0


def _keep_newest(folder: Path, count: int) -> int:
    """Delete the dated backups of a folder but the newest `count`, and tell how many; other files stay."""
    dated = sorted(path for path in folder.iterdir() if DATED.fullmatch(path.name))
    old = dated[: max(0, len(dated) - count)]
    for path in old:
        path.unlink()
    return len(old)


def _passphrase(file: Path | None) -> str:
    return file.read_text(encoding="utf-8").rstrip("\r\n") if file else ""


def bring_back(arguments: Namespace) -> int:
    """Restore a backup (`berkas`) into a new folder (`ke`, else the store's own place), and show the proof."""
    chosen = settings()
    key = None if arguments.tanpa_segel else _key_of_backup(arguments.kunci_segel, chosen)
    identities = arguments.kunci.read_text(encoding="utf-8") if arguments.kunci else ""
    unlock = Unlock(identities, _passphrase(arguments.sandi_dari))
    if arguments.ke is None and chosen.lake_address.startswith(SHARED):
        return _bring_back_shared(arguments.berkas, chosen, key, unlock)
    folder = arguments.ke or Path(chosen.lake_address)
    proved = restore(arguments.berkas, folder, key=key, unlock=unlock)
    _tell(proved, signed=key is not None)
    say(t.restored(str(folder), stored_moment(open_lake(str(folder), key=own_seal_key(chosen)), proved.made_at)))
    if folder.resolve() != Path(chosen.lake_address).resolve():
        say(t.use_restored(str(folder)))
    return 0


def _key_of_backup(file: Path | None, chosen: Settings) -> bytes:
    """Give the key that a backup must be signed with: that of a file, else our own."""
    return file.read_bytes() if file else own_seal_key(chosen)


def _bring_back_shared(file: Path, chosen: Settings, key: bytes | None, unlock: Unlock) -> int:
    if not chosen.data_path:
        raise DataPathError(address=without_secrets(chosen.lake_address))
    proved = restore_shared(
        file, chosen.lake_address, chosen.data_path, objects=chosen.objects, key=key, unlock=unlock
    )
    lake, _ = open_store()
    _tell(proved, signed=key is not None)
    say(t.restored(without_secrets(chosen.lake_address), stored_moment(lake, proved.made_at)))
    return 0


def _tell(proved: Manifest, *, signed: bool) -> None:
    for table in proved.tables:
        say(t.table_proved(table.table, table.rows))
    say(t.SIGNATURE_PROVED if signed else t.SIGNATURE_NOT_PROVED)
