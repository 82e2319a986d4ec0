"""Renders results.json as the generated part of docs/peers.md."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

BEGIN = "<!-- begin generated: make peers -->"
END = "<!-- end generated -->"
_CAUGHT = "caught"


def page(text: str, results: dict[str, Any]) -> str:
    """The page `text` with the part between its markers rendered anew."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("docs/peers.md lacks the markers of its generated part")
    return f"{before}{begin}\n\n{markdown(results)}\n{end}{after}"


def markdown(results: dict[str, Any]) -> str:
    """Totals, false alarms, crashes, and what one side catches and the other does not."""
    ran = {name: tool for name, tool in results["tools"].items() if "verdicts" in tool}
    parts = [
        _asked(results),
        _totals(ran),
        *_failed(results["tools"]),
        "### Errors on valid packs\n",
        _alarms(ran),
        *_crashes(ran),
        f"### Caught by packlint alone\n\n{_listed(_alone(results, ran))}",
        f"### Caught by a peer and not by packlint\n\n{_listed(_beyond(results, ran))}",
        f"### Caught by nobody\n\n{_listed(_nobody(results, ran))}",
    ]
    return "\n".join(f"{part.rstrip()}\n" for part in parts)


def _asked(results: dict[str, Any]) -> str:
    every = results["every"]
    of = (
        "every planted defect and every valid pack"
        if every == 1
        else f"one in {every} of the planted defects and valid packs, taken at even steps from the whole list, "
        "and one defect of each rule that the steps leave out"
    )
    return (
        f"Asked: {of}. A defect counts once in each layout it exists in: {len(results['defects'])} planted defects and "
        f"{len(results['valid'])} valid packs. Python {results['python']}, {results['date']}."
    )


def _totals(ran: dict[str, Any]) -> str:
    head = "| tool | version | defects asked | caught | of these in general words | info only | missed | crashed |"
    lines = [head, "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"]
    for name, tool in ran.items():
        verdicts = list(tool["verdicts"].values())
        counts = [verdicts.count(each) for each in (_CAUGHT, "advised", "missed", "crashed")]
        caught, advised, missed, crashed = counts
        lines.append(
            f"| {name} | {tool['version']} | {len(verdicts)} | {caught} | {len(tool['unspecific'])} "
            f"| {advised} | {missed} | {crashed} |"
        )
    others = [tool for name, tool in ran.items() if name != "packlint"]
    peers = {case for tool in others for case in _caught(tool)}
    exact = {case for tool in others for case in _caught(tool) - set(tool["unspecific"])}
    total = f"All peers together catch {len(peers)}, {len(peers - exact)} of these in general words only."
    return "\n".join([*lines, "", total])


def _failed(tools: dict[str, Any]) -> list[str]:
    failed = [f"- {name}: {tool['reason']}" for name, tool in tools.items() if "verdicts" not in tool]
    return ["Could not be installed:\n", "\n".join(failed)] if failed else []


def _alarms(ran: dict[str, Any]) -> str:
    lines = ["| tool | valid packs asked | packs with errors | crashed on | the commonest of these errors |"]
    lines.append("| --- | ---: | ---: | ---: | --- |")
    for name, tool in ran.items():
        lines.append(
            f"| {name} | {tool['valid_asked']} | {len(tool['false_alarms'])} | {len(tool['valid_crashes'])} "
            f"| {_commonest(tool['false_alarms'].values())} |"
        )
    return "\n".join(lines)


def _commonest(alarms: Iterable[list[str]]) -> str:
    """The message that most packs share, the first by the alphabet when several do."""
    count: dict[str, int] = {}
    for messages in alarms:
        for message in messages:
            count[message] = count.get(message, 0) + 1
    if not count:
        return ""
    message = min(count, key=lambda each: (-count[each], each))
    return f"{_code(message)} ({count[message]})"


def _crashes(ran: dict[str, Any]) -> list[str]:
    lines = []
    for name, tool in ran.items():
        for case, reason in {**tool["crashes"], **tool["valid_crashes"]}.items():
            lines.append(f"- {name}, {case}: {_code(reason)}")
    return ["### Crashes\n", "\n".join(lines)] if lines else []


def _code(message: str) -> str:
    flat = " ".join(message.replace("`", "'").replace("|", "/").split())
    return f"`{flat[:120]}`"


def _caught(tool: dict[str, Any]) -> set[str]:
    return {case for case, verdict in tool["verdicts"].items() if verdict == _CAUGHT}


def _alone(results: dict[str, Any], ran: dict[str, Any]) -> list[str]:
    peers = set().union(*(_caught(tool) for name, tool in ran.items() if name != "packlint"))
    return [_named(results, case) for case in results["defects"] if case in _caught(ran["packlint"]) - peers]


def _beyond(results: dict[str, Any], ran: dict[str, Any]) -> list[str]:
    ours = ran["packlint"]["verdicts"]
    found = []
    for case in results["defects"]:
        by = [name for name, tool in ran.items() if name != "packlint" and case in _caught(tool)]
        if by and ours[case] != _CAUGHT:
            found.append(f"{_named(results, case)}: packlint {_says(ours[case])}; caught by {', '.join(by)}")
    return found


def _nobody(results: dict[str, Any], ran: dict[str, Any]) -> list[str]:
    ours = ran["packlint"]["verdicts"]
    anybody = set().union(*(_caught(tool) for tool in ran.values()))
    return [
        f"{_named(results, case)}: packlint {_says(ours[case])}" for case in results["defects"] if case not in anybody
    ]


def _says(verdict: str) -> str:
    return {"advised": "reports it as info", "missed": "misses it", "crashed": "crashes"}[verdict]


def _named(results: dict[str, Any], case: str) -> str:
    return f"`{results['defects'][case]}` {case}"


def _listed(lines: list[str]) -> str:
    return "".join(f"- {line}\n" for line in lines) or "None.\n"
