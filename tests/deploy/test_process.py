"""One process of the pipeline and its signals."""

from __future__ import annotations

import subprocess
import sys


def test_a_signal_that_another_thread_was_given_drains_the_process() -> None:
    code = (
        "import signal, threading\n"
        "from deploy.process import Process\n"
        "def loop(stop):\n"
        "    stop.wait(0.5)\n"  # the main thread waits by now, too
        "    signal.pthread_kill(threading.get_ident(), signal.SIGTERM)\n"
        "    stop.wait()\n"
        "Process().run([loop])\n"
        "print('drained')\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, timeout=60
    )

    assert done.stdout == b"drained\n"
