"""The least work that a checker cannot avoid, run as `python floor.py read|split|yaml FOLDER`."""

from __future__ import annotations

import os
import sys


def main(kind: str, folder: str) -> int:
    """Read every agent; for `split` find its frontmatter, too; for `yaml` also parse that with libyaml; gives bytes."""
    if kind == "yaml":
        import yaml
    size = 0
    for entry in os.scandir(folder):
        with open(entry.path, "rb") as file:
            content = file.read()
        size += len(content)
        if kind == "read":
            continue
        frontmatter = content[4 : content.find(b"\n---", 4)]
        if kind == "yaml":
            try:
                yaml.load(frontmatter, yaml.CSafeLoader)
            except yaml.YAMLError:
                continue
    return size


if __name__ == "__main__":
    main(*sys.argv[1:])
