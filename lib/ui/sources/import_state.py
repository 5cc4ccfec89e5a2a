"""What an upload leaves on this machine until it is taken in: one file a session, gone with the session."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

import streamlit as st

from data import digests
from data.characters import file_name
from data.errors import LakeError
from data.read.refusal import TableError
from geo.errors import GeoError
from lib.errors import RegionError
from lib.people.errors import PeopleError
from lib.rules.toml import ProfileError

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from lib.intake.rows import ImportResult
    from lib.proposals.deeds import Waiting

REFUSALS = (TableError, GeoError, LakeError, RegionError, ProfileError, PeopleError)


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded file: where it lies, and its digest."""

    path: Path
    digest: str

    def mark(self, kind: str) -> str:
        """Name what was settled about this file as one of a kind."""
        return f"{kind}-{self.digest[:16]}"


@dataclass(slots=True)
class Taken:
    """What came of the last import of a session, and of which file of which kind and region it came.

    It is changed in place: Streamlit may break off a run wherever the session's state is written, and an import that
    is stored must not be forgotten then.
    """

    mark: tuple[str, str, str] | None = None
    result: ImportResult | None = None
    waiting: Waiting | None = None


def last_taken() -> Taken:
    """Give the memory of a session's last import."""
    taken: Taken = st.session_state.setdefault("impor-terakhir", Taken())
    return taken


def keep(file: UploadedFile) -> Upload:
    """Write an upload into a folder of this session, once; an earlier upload is removed with its folder."""
    held: tuple[str, Upload, tempfile.TemporaryDirectory[str]] | None = st.session_state.get("unggahan")
    if held is not None and held[0] == file.file_id:
        return held[1]
    if held is not None:
        held[2].cleanup()
    folder = tempfile.TemporaryDirectory(prefix="petadini-")
    path = Path(folder.name) / file_name(PureWindowsPath(file.name).name)
    file.seek(0)
    with path.open("wb") as target:
        upload = Upload(path, digests.of_copy(file, target))
    st.session_state["unggahan"] = (file.file_id, upload, folder)
    return upload
