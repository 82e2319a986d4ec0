from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import httpx
from sqlalchemy.exc import SQLAlchemyError

from comparison.subject import Subject

# Whether that is right, and what has happened.
Finding = tuple[bool, str]
Probe = Callable[[Subject], Awaitable[Finding]]


async def create(
    subject: Subject, number: int = 1, fields: Mapping[str, Any] | None = None
) -> httpx.Response:
    """Create a row, with some fields of its own; follow the seeds to their slash."""
    return await subject.client.post(
        subject.url,
        json=subject.body(number) | dict(fields or {}),
        follow_redirects=True,
    )


async def created(subject: Subject, number: int = 1) -> str:
    """Create a row and return its URL."""
    return f"{subject.url}/{(await create(subject, number)).json()['id']}"


def statuses(responses: Sequence[httpx.Response]) -> str:
    """Say how often each status came."""
    counted = sorted(Counter(response.status_code for response in responses).items())
    return ", ".join(f"{times} x {status}" for status, times in counted)


def all_refused(responses: Sequence[httpx.Response]) -> Finding:
    """Judge requests each of which should be 422."""
    codes = [response.status_code for response in responses]
    return set(codes) == {422}, ", ".join(map(str, codes))


async def echoed_password(subject: Subject) -> Finding:
    """Look for a refused password in the response."""
    response = await create(subject, fields={"password": "sEcret7"})
    echoed = "sEcret7" in response.text
    words = "with the password in it" if echoed else "without the password"
    return response.status_code == 422 and not echoed, f"{response.status_code} {words}"


async def long_password(subject: Subject) -> Finding:
    """Send more than anybody types."""
    return all_refused([await create(subject, fields={"password": "x" * 10_000})])


async def blank_name(subject: Subject) -> Finding:
    """Send a name that cannot be seen."""
    return all_refused([await create(subject, fields={subject.text_field: "   "})])


async def other_spelling(subject: Subject) -> Finding:
    """Register one address in two spellings."""
    responses = [
        await create(subject, fields={"email": email})
        for email in ("ada@example.com", "ADA@example.com")
    ]
    codes = [response.status_code for response in responses]
    accounts = await subject.count()
    return accounts == 1, f"{codes[0]}, {codes[1]}; accounts: {accounts}"


async def time_zone(subject: Subject) -> Finding:
    """See whether a moment in a response says in which zone it is."""
    moment = datetime.fromisoformat((await create(subject)).json()["created_at"])
    aware = moment.tzinfo is not None
    return aware, "it has a zone" if aware else "it has no zone"


async def related_rows(subject: Subject) -> Finding:
    """Read rows through a relationship."""
    try:
        rows = await subject.hooks["related_rows"]()
    except SQLAlchemyError as exc:
        return False, f"`{type(exc).__name__}`"
    return rows > 0, "they are there"


async def hashing_thread(subject: Subject) -> Finding:
    """See whether the event loop waits for a hash."""
    await create(subject)
    threads = await subject.hooks["hashed_in"]()
    apart = bool(threads) and threading.get_ident() not in threads
    return apart, "in a thread" if apart else "in the event loop, which stands still"


async def list_and_get(subject: Subject) -> Finding:
    """Read what was created."""
    urls = [subject.url, await created(subject)]
    codes = [(await subject.client.get(url)).status_code for url in urls]
    return codes == [200, 200], ", ".join(map(str, codes))


async def unknown_path(subject: Subject) -> Finding:
    """See in what form the framework's own errors come."""
    response = await subject.client.get("/nowhere")
    kind = response.headers["content-type"]
    return kind == "application/problem+json", f"{response.status_code} as `{kind}`"


async def no_slash(subject: Subject) -> Finding:
    """Create without following a redirect."""
    response = await subject.client.post(subject.url, json=subject.body(1))
    words = str(response.status_code)
    if place := response.headers.get("location") if response.is_redirect else None:
        words += f" to `{place}`"
    return response.status_code == 201, words


async def bad_texts(subject: Subject) -> Finding:
    """Send what the column cannot hold, and nothing."""
    return all_refused(
        [
            await create(subject, number, {subject.text_field: text})
            for number, text in enumerate(("a\x00b", "x" * 300, ""))
        ]
    )


async def null_in_patch(subject: Subject) -> Finding:
    """Set a column to null that must not be."""
    url = await created(subject)
    return all_refused([await subject.client.patch(url, json={"name": None})])


async def misspelt_field(subject: Subject) -> Finding:
    """Change a field that is not there."""
    url = await created(subject)
    return all_refused([await subject.client.patch(url, json={"nmae": "x"})])


async def compared_times(subject: Subject) -> Finding:
    """Ask for what was created before now."""
    try:
        await subject.hooks["compare_times"]()
    except SQLAlchemyError as exc:
        return False, f"`{type(exc).__name__}`"
    return True, "it works"


async def half_done(subject: Subject) -> Finding:
    """Fail after a service has done its work, and see what is left of it."""
    try:
        await subject.hooks["create_then_fail"]()
    except LookupError:
        rows = await subject.count()
        return rows == 0, "nothing is stored" if rows == 0 else "the row is stored"
    return False, "no error"


async def task_with_a_bug(subject: Subject) -> Finding:
    """Count how often a bug is tried."""
    attempts = await subject.hooks["attempts_of_a_bug"]()
    return attempts == 1, f"attempts: {attempts}"


def price(value: str) -> Probe:
    """Make a probe that sends a price as it stands."""

    async def send(subject: Subject) -> Finding:
        body = json.dumps(subject.body(1) | {"price": "PRICE"})
        response = await subject.client.post(
            subject.url,
            content=body.replace('"PRICE"', value),
            headers={"Content-Type": "application/json"},
            follow_redirects=True,
        )
        words = str(response.status_code)
        if response.is_success:
            words += f", price `{json.dumps(response.json()['price'])}`"
        return response.status_code == 422, words

    return send


PROBES: dict[str, Probe] = {
    probe.__name__: probe
    for probe in (
        echoed_password,
        long_password,
        blank_name,
        other_spelling,
        time_zone,
        related_rows,
        hashing_thread,
        list_and_get,
        unknown_path,
        no_slash,
        bad_texts,
        null_in_patch,
        misspelt_field,
        compared_times,
        half_done,
        task_with_a_bug,
    )
} | {
    "infinite_price": price("1e400"),
    "true_price": price("true"),
    "rounded_price": price(repr(0.1 + 0.2)),
}
