"""The actor of the command line: the user that the operating system runs us as, not what the environment says."""

from __future__ import annotations

import os
import platform
import sys

from lib.people.actor import Actor, Grant, Role


def system_user() -> str:
    """Name the user of this process; `getpass.getuser` will not do, for it believes LOGNAME and USER.

    A user without an entry in the password file, as in a container, is named by its number: ``uid1000``.
    """
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - Windows only

        size = ctypes.c_ulong(257)
        text = ctypes.create_unicode_buffer(size.value)
        if not ctypes.windll.advapi32.GetUserNameW(text, ctypes.byref(size)):
            raise ctypes.WinError()
        return text.value
    import pwd  # noqa: PLC0415 - not on Windows

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid{os.getuid()}"


def machine_actor() -> Actor:
    """Give the actor of a command: an analyst of every region, for whoever runs it owns the store's files already."""
    name = f"os:{system_user()}@{platform.node()}"
    return Actor(name=name, shown=system_user(), grants=(Grant(Role.ANALYST),))
