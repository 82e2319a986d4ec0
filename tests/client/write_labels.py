"""Writes random skills or commands with what both clients did with them, one JSON object a line, to standard output.

python -m tests.client.write_labels skills|commands [--count N] [--seed S]

That is how tests/conformance/skills.jsonl was made.
"""

from __future__ import annotations

import argparse
import base64
import json
import sys
from collections.abc import Sequence
from typing import Any

from packlint.discovery.layout import Layout
from tests.client import generate_commands, versions
from tests.client.label import label
from tests.client.staging import Sample

_MAKERS = {"skills": generate_commands.skills, "commands": generate_commands.commands}


def main(argv: Sequence[str] | None = None) -> int:
    """The command line; gives the exit code."""
    parser = argparse.ArgumentParser(description="Label random files with the real client.")
    parser.add_argument("kind", choices=_MAKERS)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(argv)
    samples = list(_MAKERS[options.kind](options.count, options.seed))
    try:
        binaries = {version: versions.binary(version) for version in versions.VERSIONS}
    except versions.NoClientError as error:
        print(error, file=sys.stderr)
        return 2
    labels = {
        (version, layout): label(binary, samples, layout) for version, binary in binaries.items() for layout in Layout
    }
    for sample in samples:
        found = {
            version: {layout.value: labels[version, layout][sample.identity] for layout in Layout}
            for version in binaries
        }
        row = {"id": sample.identity, "path": sample.path, **_content(sample), "arguments": sample.arguments}
        print(json.dumps(row | {"client": found}))
    return 0


def _content(sample: Sample) -> dict[str, Any]:
    try:
        return {"content": sample.content.decode()}
    except UnicodeDecodeError:
        return {"content_b64": base64.b64encode(sample.content).decode()}


if __name__ == "__main__":
    sys.exit(main())
