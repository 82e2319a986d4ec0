"""Which client versions the tests drive, and where their binaries are found."""

from __future__ import annotations

import fcntl
import os
import platform
import shutil
import subprocess
from pathlib import Path

# The one place where versions are pinned. packlint/data/client.json holds what was measured on them.
VERSIONS = ("2.1.197", "2.1.328")
NEWEST = VERSIONS[-1]
# Seen to do as a measured one does: `measured_alike` of the same data.
ALIKE = ("2.1.332",)

# Has the YAML parser of the newest client, and can be asked by itself.
BUN = "1.4.5"

CACHE = Path(__file__).parents[2] / ".clients"
_PACKAGE = "@anthropic-ai/claude-code"
_INSTALL_SECONDS = 600
_SYSTEMS = {"linux": "linux", "darwin": "darwin"}
_MACHINES = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}


class NoClientError(Exception):
    """The client cannot be had here; the text says why."""


def binary(version: str) -> Path:
    """The executable of one client version, installed from npm into `.clients/` on first use.

    PACKLINT_CLIENTS names another folder of the same shape, shared between checkouts.

    Raises:
        NoClientError: npm is missing or refused, or there is no build for this machine.
    """
    # Naming the platform's package makes npm fetch the binary although no install script runs.
    platform_package = f"{_PACKAGE}-{'-'.join(_platform())}"
    return _fetched(version, platform_package, "claude", [f"{_PACKAGE}@{version}", f"{platform_package}@{version}"])


def bun() -> Path:
    """The executable of Bun, installed as a client is.

    Raises:
        NoClientError: as `binary`.
    """
    system, machine = _platform()
    package = f"@oven/bun-{system}-{'aarch64' if machine == 'arm64' else machine}"
    return _fetched(f"bun-{BUN}", package, "bin/bun", [f"{package}@{BUN}"])


def _fetched(name: str, package: str, program: str, wanted: list[str]) -> Path:
    cache = Path(os.environ.get("PACKLINT_CLIENTS") or CACHE)
    found = cache / name / "node_modules" / package / program
    if not found.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        with (cache / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # the tests run in several processes
            if not found.is_file():
                _install_whole(cache / name, wanted)
    if not found.is_file():
        raise NoClientError(f"npm installed {wanted[-1]} without its program")
    return found


def _install_whole(folder: Path, wanted: list[str]) -> None:
    """Install elsewhere first: what is in `folder` is complete, and nobody writes to it any more."""
    new = folder.with_name(f"{folder.name}.new")
    for each in (new, folder):
        shutil.rmtree(each, ignore_errors=True)
    new.mkdir()
    _install(new, wanted)
    new.rename(folder)


def _platform() -> tuple[str, str]:
    system, machine = platform.system().lower(), platform.machine().lower()
    if system not in _SYSTEMS or machine not in _MACHINES:
        raise NoClientError(f"no client is built for {system} on {machine}")
    return _SYSTEMS[system], _MACHINES[machine]


def _install(folder: Path, wanted: list[str]) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise NoClientError(f"npm is not installed, so {wanted[-1]} cannot be fetched")
    command = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder), *wanted]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_INSTALL_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise NoClientError(f"npm took more than {_INSTALL_SECONDS} s to fetch {wanted[-1]}") from error
    if done.returncode:
        raise NoClientError(f"npm could not fetch {wanted[-1]}: {done.stderr.strip()[-500:]}")
