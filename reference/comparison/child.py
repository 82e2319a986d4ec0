from __future__ import annotations

import asyncio
import json
import sys
from importlib import import_module
from pathlib import Path

from comparison.cases import Case, load
from comparison.database_probes import DATABASE_PROBES
from comparison.probes import PROBES, Finding
from comparison.subject import seed_subject


async def try_all(what: str) -> list[Finding | None]:
    """Run the probes of a seed on it, or all of them on the reference service.

    What belongs to another process, such as mypy, is left out.
    """
    return [await try_one(what, case) for case in load()]


async def try_one(what: str, case: Case) -> Finding | None:
    """Run one probe on an application with empty tables."""
    probe = (PROBES | DATABASE_PROBES).get(case.probe)
    if probe is None or what not in (case.seed, "reference"):
        return None
    if what == "reference":
        # A seed is a package `app` too; this process has room for one of them.
        opened = import_module("comparison.reference_subject").reference_subject
    else:
        opened = seed_subject
    async with opened(case.on) as subject:
        return await probe(subject)


if __name__ == "__main__":
    findings = asyncio.run(try_all(sys.argv[1]))
    Path(sys.argv[2]).write_text(json.dumps(findings))
