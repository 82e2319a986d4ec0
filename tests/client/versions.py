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
    folder = Path(os.environ.get("PACKLINT_CLIENTS") or CACHE) / version
    platform_package = f"{_PACKAGE}-{_platform()}"
    found = folder / "node_modules" / platform_package / "claude"
    if not found.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # the tests run in several processes
            if not found.is_file():
                _install(folder, version, platform_package)
    if not found.is_file():
        raise NoClientError(f"npm installed {_PACKAGE}@{version} without its binary for {_platform()}")
    return found


def _platform() -> str:
    system, machine = platform.system().lower(), platform.machine().lower()
    if system not in _SYSTEMS or machine not in _MACHINES:
        raise NoClientError(f"no client is built for {system} on {machine}")
    return f"{_SYSTEMS[system]}-{_MACHINES[machine]}"


def _install(folder: Path, version: str, platform_package: str) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise NoClientError(f"npm is not installed, so client {version} cannot be fetched")
    # Naming the platform's package makes npm fetch the binary although no install script runs.
    wanted = [f"{_PACKAGE}@{version}", f"{platform_package}@{version}"]
    command = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder), *wanted]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_INSTALL_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise NoClientError(f"npm took more than {_INSTALL_SECONDS} s to fetch client {version}") from error
    if done.returncode:
        raise NoClientError(f"npm could not fetch client {version}: {done.stderr.strip()[-500:]}")
