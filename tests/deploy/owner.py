"""Own a whole embedded stack until killed: the process that the tests kill.

python owner.py DIRECTORY
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from deploy.local.stack import local_stack

with local_stack(Path(sys.argv[1]), tell=lambda _: None):
    sys.stdout.write("READY\n")
    sys.stdout.flush()
    signal.pause()
