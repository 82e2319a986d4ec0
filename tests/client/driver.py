"""Runs the real client once, away from everything on this machine, against a scripted API."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from tests.client.scripted_api import Request, Script, ScriptedApi

_SECONDS = 300.0


class ClientError(Exception):
    """The client ended without doing its work, or did not end in time."""


@dataclass
class Session:
    """What one run of the client did.

    `init` is the client's own list of tools, agents and commands. `results` holds the closing event
    of each prompt, `said` the texts that the client itself showed the user during each prompt, and
    `requests` the range of requests that each prompt caused is in `spans`.
    """

    init: dict[str, Any] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    results: list[dict[str, Any]] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    debug_log: str = ""


def drive(
    client: Path,
    prompts: Sequence[str],
    script: Script,
    cwd: Path,
    *,
    plugin: Path | None = None,
    home: Path | None = None,
    arguments: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
    debug: bool = False,
    on_init: Callable[[dict[str, Any]], None] = lambda _: None,
    seconds: float = _SECONDS,
) -> Session:
    """Types `prompts` one after another into one client started in `cwd`.

    `home` is the user's home folder, a new one where it is None; `environment` is added to what the client gets, and
    through it every command it runs. `on_init` is called with the client's own list of tools, agents and commands as
    soon as it comes.

    Raises:
        ClientError: the client ended early or the time limit passed; the process is then ended.
    """
    session = Session()
    new_home = tempfile.TemporaryDirectory(prefix="client-home-") if home is None else nullcontext(str(home))
    with new_home as folder, ScriptedApi(script) as api:
        log = Path(folder, "debug.log")
        command = [str(client), "-p", "--verbose", "--output-format", "stream-json", "--input-format", "stream-json"]
        command += ["--plugin-dir", str(plugin)] if plugin else []
        command += ["--debug-file", str(log)] if debug else []
        variables = clean_environment(folder, api.url) | dict(environment or {})
        with _process([*command, *arguments], cwd, variables, seconds) as process:
            _converse(process, prompts, session, api, on_init)
        session.requests = list(api.requests)
        session.debug_log = log.read_text(errors="replace") if log.exists() else ""
    if len(session.results) < len(prompts):
        raise ClientError(
            f"the client answered {len(session.results)} of {len(prompts)} prompts within {seconds:.0f} s"
        )
    return session


def _converse(
    process: subprocess.Popen[bytes],
    prompts: Sequence[str],
    session: Session,
    api: ScriptedApi,
    on_init: Callable[[dict[str, Any]], None],
) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    waiting = iter(prompts)
    before = 0
    _type(process.stdin, next(waiting))
    for event in _events(process.stdout):
        if event.get("subtype") == "init" and not session.init:
            session.init = event
            on_init(event)
        if event.get("type") == "result":
            session.results.append(event)
            session.spans.append((before, len(api.requests)))
            before = len(api.requests)
            upcoming = next(waiting, None)
            if upcoming is None:
                break
            _type(process.stdin, upcoming)
    process.stdin.close()
    for _ in _events(process.stdout):
        pass


def _type(stream: IO[bytes], prompt: str) -> None:
    message = {"type": "user", "message": {"role": "user", "content": prompt}}
    stream.write(json.dumps(message).encode() + b"\n")
    stream.flush()


def _events(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    for line in stream:
        if line.startswith(b"{"):
            yield json.loads(line)


@contextmanager
def _process(
    command: list[str], cwd: Path, environment: dict[str, str], seconds: float
) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a group of its own, which alone is ended when the time limit passes."""
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    limit = threading.Timer(seconds, _end, [process])
    limit.start()
    try:
        yield process
    except BrokenPipeError:
        pass
    finally:
        limit.cancel()
        _end(process)
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None and not stream.closed:
                stream.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)


def clean_environment(home: str, url: str) -> dict[str, str]:
    """Nothing is inherited: no key, no settings and no proxy of this machine."""
    return {
        "HOME": home,
        "PATH": os.defpath,
        "TERM": "dumb",
        "LANG": "C.UTF-8",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "ANTHROPIC_BASE_URL": url,
        "ANTHROPIC_API_KEY": "not-a-key",
        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
        "DISABLE_AUTOUPDATER": "1",
        "CLAUDE_CODE_MAX_CONCURRENT_SUBAGENTS": "1000",
        "DISABLE_TELEMETRY": "1",
        "DISABLE_ERROR_REPORTING": "1",
    }
