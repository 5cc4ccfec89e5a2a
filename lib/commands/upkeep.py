"""What the commands about the store do: back it up, bring it back, check it."""

from __future__ import annotations

import shutil
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from data.errors import BrokenError, CatalogDamagedError, CatalogMissingError, DataPathError, translated
from data.store import health
from data.store.backup import back_up, restore
from data.store.copies import damaged_copies
from data.store.lake import Lake, open_lake
from data.store.places import GRACE_S
from data.store.proof import prove
from data.store.shared_lock import SHARED, without_secrets
from data.store.shared_restore import restore_shared
from data.store.upkeep import bin_of_today, exists, leftovers, merge_files, remove_leftovers, seal_anew
from lib.commands.asked import open_store
from lib.commands.terminal import say
from lib.errors import RegionError
from lib.people.machine import machine_actor
from lib.region.asked import asked_region_code
from lib.rules.regions import region_profile
from lib.settings import Settings, own_seal_key, settings
from lib.texts import cli
from lib.texts import store as t
from lib.texts.errors import sentence
from lib.warnings.issues import broken_issues

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable
    from datetime import datetime

    from data.store.proof import Fault, Proof
    from lib.settings import Settings

# Less than this holds no import of a usual size with its temporary files.
LEAST_FREE_BYTES = 512 * 2**20


def backup(arguments: Namespace) -> int:
    """Write the store into one file (`berkas`)."""
    lake, _ = open_store()
    made = back_up(lake, arguments.berkas)
    rows = sum(table.rows for table in made.tables)
    say(
        t.backed_up(
            str(arguments.berkas),
            arguments.berkas.stat().st_size,
            _local(lake, made.made_at),
            tables=len(made.tables),
            rows=rows,
            files=len(made.files),
        )
    )
    if made.missing_copies:
        say(t.copies_not_backed_up(made.missing_copies))
    return 0


def bring_back(arguments: Namespace) -> int:
    """Restore a backup (`berkas`) into a new folder (`ke`, else the store's own place), and show the proof."""
    chosen = settings()
    key = None if arguments.tanpa_segel else _key_of_backup(arguments.kunci_segel, chosen)
    if arguments.ke is None and chosen.lake_address.startswith(SHARED):
        return _bring_back_shared(arguments.berkas, chosen, key)
    folder = arguments.ke or Path(chosen.lake_address)
    proved = restore(arguments.berkas, folder, key=key)
    lake = open_lake(str(folder), key=own_seal_key(chosen))
    for table in proved.tables:
        say(t.table_proved(table.table, table.rows))
    say(t.SIGNATURE_PROVED if key else t.SIGNATURE_NOT_PROVED)
    say(t.restored(str(folder), _local(lake, proved.made_at)))
    if folder.resolve() != Path(chosen.lake_address).resolve():
        say(t.use_restored(str(folder)))
    return 0


def _key_of_backup(file: Path | None, chosen: Settings) -> bytes:
    """Give the key that a backup must be signed with: that of a file, else our own."""
    return file.read_bytes() if file else own_seal_key(chosen)


def _bring_back_shared(file: Path, chosen: Settings, key: bytes | None) -> int:
    if not chosen.data_path:
        raise DataPathError(address=without_secrets(chosen.lake_address))
    proved = restore_shared(file, chosen.lake_address, chosen.data_path, objects=chosen.objects, key=key)
    lake, _ = open_store()
    for table in proved.tables:
        say(t.table_proved(table.table, table.rows))
    say(t.SIGNATURE_PROVED if key else t.SIGNATURE_NOT_PROVED)
    say(t.restored(without_secrets(chosen.lake_address), _local(lake, proved.made_at)))
    return 0


def check(arguments: Namespace) -> int:
    """Prove the store and its health; with `bersihkan`, clean away what killed processes left.

    Where there is no store none is made: nothing was checked, so that nothing is healthy.
    """
    chosen = settings()
    if not exists(chosen.lake_address):
        sys.stderr.write(f"{cli.ERROR_PREFIX}: {t.no_store(chosen.lake_address)}\n")
        return 2
    try:
        return _checked(clean=arguments.bersihkan, seal=arguments.segel, asked_head=arguments.kepala)
    except (BrokenError, CatalogMissingError, CatalogDamagedError) as error:  # any other: could not be checked at all
        say(f"{cli.ERROR_PREFIX}: {sentence(error)}")
        return 1


def _checked(*, clean: bool, seal: bool, asked_head: str | None) -> int:
    lake, chosen = open_store()
    key = own_seal_key(chosen)
    faults = _faults_of_rows(lake)
    proof = _proof(lake, key)
    faults += [t.proof_failed(_fault_words(lake, fault)) for fault in proof.faults]
    faults += [f"{cli.ERROR_PREFIX}: {sentence(error)}" for error in proof.unreadable]
    sound = not faults
    faults += _unless_unreadable(
        lambda: [t.issue_broken(b.issue_id, b.kind, b.as_of, b.fault) for b in broken_issues(lake)]
    )
    faults += _unless_unreadable(
        lambda: [t.copy_damaged(import_id, file, there=there) for import_id, file, there in damaged_copies(lake)]
    )
    faults = list(dict.fromkeys(faults))  # an unreadable file stops several checks
    with translated(), closing(lake.cursor()) as cursor:
        proved = health.proved(cursor)
    free_bytes = None if "://" in lake.data_path else shutil.disk_usage(lake.folder).free
    if free_bytes is not None and free_bytes < LEAST_FREE_BYTES:
        faults.append(t.disk_low(free_bytes))
    notes = [] if lake.read_only else _tidy(lake, clean=clean, sound=sound and not faults)
    if seal:
        seal_anew(lake, author=machine_actor().name, message=f"segel baru, {len(faults)} temuan diterima")
        notes.append(t.sealed_anew(len(faults)))
        proof = _proof(lake, key)
    if asked_head is not None and asked_head not in proof.heads:
        faults.append(t.head_unknown(asked_head))
    elif asked_head is not None:
        notes.append(t.head_known(asked_head, _local(lake, proof.heads[asked_head])))
    notes += _seal_notes(lake, proof)
    summary = t.checked(proved.checks, proved.imports, proved.rows, proved.copies, free_bytes, grace_s=GRACE_S)
    last = [] if faults else [cli.HEALTHY if proof.newest else t.NOT_SEALED_YET]
    for line in (*faults, *notes, summary, *last):
        say(line)
    return 1 if faults else 0


def _proof(lake: Lake, key: bytes) -> Proof:
    with translated(), closing(lake.cursor()) as cursor:
        return prove(cursor, lake.alias, key)


def _fault_words(lake: Lake, fault: Fault) -> t.FaultWords:
    commit = fault.commit
    return t.FaultWords(
        kind=fault.kind,
        number=commit.number if commit else None,
        at=_local(lake, commit.at) if commit else None,
        author=commit.author if commit else "",
        message=commit.message if commit else "",
        table=fault.table,
        rows=fault.rows,
        found=fault.found,
    )


def _seal_notes(lake: Lake, proof: Proof) -> list[str]:
    """Say what could not be proved, and the newest head."""
    notes = [
        t.clock_turned_back(later.number, _local(lake, later.at), _local(lake, before.at))
        for later, before in proof.turned_back
    ]
    if proof.unsealed_count:
        notes.append(t.not_sealed(proof.unsealed_count, proof.foreign_count))
    if proof.since:
        notes.append(t.sealed_since(_local(lake, proof.since.at)))
    if proof.newest:
        notes.append(t.newest_head(proof.newest.printed, proof.sealed_count))
    return notes


def _faults_of_rows(lake: Lake) -> list[str]:
    with closing(lake.cursor()) as cursor:
        faults = _unless_unreadable(lambda: [t.check_failed(*rule) for rule in health.broken_rules(cursor)])
        return faults + _unless_unreadable(lambda: [t.rows_lost(*row) for row in health.lost_rows(cursor)])


def _unless_unreadable(check: Callable[[], list[str]]) -> list[str]:
    """List the faults that a check finds; a file that it cannot read is one, so that the other checks go on."""
    try:
        with translated():
            return check()
    except BrokenError as error:
        return [f"{cli.ERROR_PREFIX}: {sentence(error)}"]


def _tidy(lake: Lake, *, clean: bool, sound: bool) -> list[str]:
    """Merge small files of a sound store, and clean leftovers away or speak of them."""
    notes = []
    merged = merge_files(lake) if sound else 0
    if merged:
        notes.append(t.merged(merged))
    found = leftovers(lake)
    count, size_bytes = len(list(found)), found.size_bytes
    if clean and not sound:
        notes.append(t.NOT_CLEANED)
    elif clean:
        remove_leftovers(lake)
        notes.append(t.cleaned(count, size_bytes, str(bin_of_today(lake.folder))))
    elif count:
        notes.append(t.leftovers(count, size_bytes))
    return notes


def _local(lake: Lake, moment: datetime) -> datetime:
    """Give a stored time in the zone of the region that the store works on, UTC where there is none yet."""
    try:
        zone = ZoneInfo(region_profile(asked_region_code(lake, settings().region_code)).time_zone)
    except RegionError:
        return moment
    return moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone)
