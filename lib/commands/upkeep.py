"""What the commands about the store do: back it up, bring it back, check it."""

from __future__ import annotations

import shutil
import sys
from contextlib import closing
from typing import TYPE_CHECKING

from data.errors import BrokenError, CatalogDamagedError, CatalogMissingError, translated
from data.store import health
from data.store.copies import damaged_copies
from data.store.places import GRACE_S
from data.store.proof import prove
from data.store.upkeep import bin_of_today, exists, leftovers, merge_files, remove_leftovers, seal_anew
from lib.commands.asked import open_store, stored_moment
from lib.commands.terminal import say
from lib.people.machine import machine_actor
from lib.settings import own_seal_key, settings
from lib.texts import cli
from lib.texts import store as t
from lib.texts.errors import sentence
from lib.warnings.issues import broken_issues

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from data.store.lake import Lake
    from data.store.proof import Fault, Proof

# Less than this holds no import of a usual size with its temporary files.
LEAST_FREE_BYTES = 512 * 2**20


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
        notes.append(t.head_known(asked_head, stored_moment(lake, proof.heads[asked_head])))
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
        at=stored_moment(lake, commit.at) if commit else None,
        author=commit.author if commit else "",
        message=commit.message if commit else "",
        table=fault.table,
        rows=fault.rows,
        found=fault.found,
    )


def _seal_notes(lake: Lake, proof: Proof) -> list[str]:
    """Say what could not be proved, and the newest head."""
    notes = [
        t.clock_turned_back(later.number, stored_moment(lake, later.at), stored_moment(lake, before.at))
        for later, before in proof.turned_back
    ]
    if proof.unsealed_count:
        notes.append(t.not_sealed(proof.unsealed_count, proof.foreign_count))
    if proof.since:
        notes.append(t.sealed_since(stored_moment(lake, proof.since.at)))
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
