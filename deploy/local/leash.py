"""Become another program, on a leash: the kernel ends it when its owner ends.

    python leash.py OWNER SIGNAL USER COMMAND...

It runs between fork and exec, as a program of its own, because code that runs there
inside a process with threads can deadlock.  It imports nothing of ours: a root owner
steps down to USER before COMMAND starts ("" stays who it is).
"""

from __future__ import annotations

import ctypes
import os
import pwd
import sys

PR_SET_PDEATHSIG = 1


def step_down(name: str) -> None:
    """Give up root for good; the new user keeps no group of the old one."""
    user = pwd.getpwnam(name)
    os.setgroups([])
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)


def put_on(owner: int, number: int) -> None:
    """Ask for `number` when the owner ends.  Only Linux can; elsewhere there is no leash."""
    if sys.platform == "linux" and ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number) != 0:
        raise SystemExit("the kernel refused PR_SET_PDEATHSIG")
    # The owner may have ended before the kernel was asked: then nobody will tell us.
    if os.getppid() != owner:
        raise SystemExit("the owner is gone")


def main(owner: str, number: str, user: str, *command: str) -> None:
    # A change of user clears the leash, so it is put on afterwards.
    if user:
        step_down(user)
    put_on(int(owner), int(number))
    os.execv(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])
