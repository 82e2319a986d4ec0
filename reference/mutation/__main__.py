from __future__ import annotations

import argparse
import signal
import sys
import time
from pathlib import Path

from mutation import page, rules, runs
from tests import servers


def main() -> int:
    """Undo every rule in turn; return 1 if the tests do not notice one of them."""
    parser = argparse.ArgumentParser(prog="python -m mutation")
    parser.add_argument("names", nargs="*", help="only these rules, and no page")
    parser.add_argument("--page", type=Path, help="where to write the page")
    arguments = parser.parse_args()
    table = rules.load()
    if unknown := set(arguments.names) - {rule.name for rule in table}:
        parser.error(f"no such rule: {', '.join(sorted(unknown))}")
    chosen = [r for r in table if not arguments.names or r.name in arguments.names]
    # An unhandled SIGTERM would end this process and leave its servers behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with servers.postgresql() as database_url:
        survivors = undo_all(chosen, database_url)
    say(f"{len(chosen) - survivors} of {len(chosen)} rules are held by their tests")
    if arguments.page and not arguments.names and not survivors:
        arguments.page.write_text(page.markdown(table))
    return int(survivors > 0)


def undo_all(chosen: list[rules.Rule], database_url: str) -> int:
    """Run the tests of each rule without it, and count the rules nobody missed."""
    tests = sorted({test for rule in chosen for test in rule.tests})
    say(f"{len(tests)} tests on the service as it is")
    phases, output = runs.run(tests, database_url=database_url)
    if broken := set(tests) - runs.passed(phases):
        say(output)
        sys.exit(f"not passed before anything was undone: {', '.join(sorted(broken))}")
    survivors = 0
    for number, rule in enumerate(chosen, 1):
        started = time.monotonic()
        phases, output = runs.run(
            rule.tests, database_url=database_url, mutate=rule.undo
        )
        unmoved = set(rule.tests) - runs.killed(rule, phases)
        seconds = time.monotonic() - started
        verdict = "SURVIVED" if unmoved else "killed"
        say(f"{number:3}/{len(chosen)} {rule.name:32} {verdict:8} {seconds:5.1f} s")
        for phase in phases:
            if phase.phase == "call" and phase.outcome == "failed":
                say(f"        {phase.error} in {phase.test}")
        if unmoved:
            survivors += 1
            say(f"{output}\nnot failed as they must: {', '.join(sorted(unmoved))}")
    return survivors


def say(text: str) -> None:
    """Show progress at once, also in a log."""
    print(text, flush=True)  # noqa: T201 - the output of a command


if __name__ == "__main__":
    sys.exit(main())
