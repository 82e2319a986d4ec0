"""A Messages API on the loopback interface that answers from a script.

The client asks a model what to do next. Here a function answers, so that a run is deterministic,
costs nothing and reaches nothing but 127.0.0.1.
"""

from __future__ import annotations

import itertools
import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

_PLACEHOLDER_TOOLS = {"DeferredToolPlaceholder", "ToolSearch"}
_DEFERRED = re.compile(r"deferred tools are now available.*?before calling them:\n((?:[\w-]+\n?)+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Call:
    """One tool call in a scripted turn; `identity` finds its result again."""

    tool: str
    arguments: dict[str, Any]
    identity: str


# What the scripted model says: a text, or calls that run side by side.
Turn = str | list[Call]
Script = Callable[["Request"], Turn]


@dataclass(frozen=True)
class Request:
    """One request of the client for a model's turn."""

    body: dict[str, Any]

    @property
    def model(self) -> str:
        return str(self.body.get("model", ""))

    @cached_property
    def system(self) -> str:
        """The system prompt, which for a subagent holds its file's body."""
        return "\n".join(_texts(self.body.get("system") or []))

    @cached_property
    def texts(self) -> list[str]:
        """The texts of all messages in order, tool calls and results left out."""
        return [text for message in self.body["messages"] for text in _texts(message["content"])]

    @cached_property
    def opening(self) -> str:
        """All that the user's side said before the model's first turn."""
        said = itertools.takewhile(lambda message: message["role"] != "assistant", self.body["messages"])
        return "\n".join(text for message in said for text in _texts(message["content"]))

    @property
    def results(self) -> list[tuple[bool, str]]:
        """Every tool result of the thread so far, oldest first: whether it is an error, and its text."""
        contents = [message["content"] for message in self.body["messages"] if isinstance(message["content"], list)]
        return [
            (bool(block.get("is_error")), "\n".join(_texts(block.get("content") or [])))
            for content in contents
            for block in content
            if block.get("type") == "tool_result"
        ]

    @cached_property
    def _last_from_user(self) -> Any:
        return next((each["content"] for each in reversed(self.body["messages"]) if each["role"] == "user"), [])

    @property
    def user_texts(self) -> list[str]:
        """The texts of the last message that the user's side sent."""
        return list(_texts(self._last_from_user))

    @cached_property
    def offered_tools(self) -> set[str]:
        """The tools this request really has: sent with a schema, or announced as deferred.

        2.1.328 defers many: they are named in a message and fetched by ToolSearch.
        """
        names = {tool["name"] for tool in self.body.get("tools", [])} - _PLACEHOLDER_TOOLS
        for text in self.texts:
            for listed in _DEFERRED.findall(text):
                names.update(listed.split())
        return names

    def description_of(self, tool: str) -> str:
        """The description of a tool as the model gets it, empty where it is not offered."""
        return next((each["description"] for each in self.body.get("tools", []) if each["name"] == tool), "")

    @property
    def tool_results(self) -> dict[str, str]:
        """The results in the user's last message, by the id of their call."""
        blocks = self._last_from_user if isinstance(self._last_from_user, list) else []
        return {
            block["tool_use_id"]: "\n".join(_texts(block.get("content") or []))
            for block in blocks
            if block.get("type") == "tool_result"
        }


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    else:
        yield from (block["text"] for block in content if block.get("type") == "text")


class ScriptedApi:
    """Serves on `url` while the context lasts; `requests` holds every request that got a turn.

    The script is called on the thread of the request, several at a time.

    Requests without messages to answer, such as token counts, are served and not recorded.
    """

    def __init__(self, script: Script) -> None:
        self.requests: list[Request] = []
        self._script = script
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, body: dict[str, Any]) -> dict[str, Any]:
        request = Request(body)
        with self._lock:
            number = len(self.requests)
            self.requests.append(request)
        turn = self._script(request)
        if isinstance(turn, str):
            content, stop = [{"type": "text", "text": turn}], "end_turn"
        else:
            content, stop = [_tool_use(call) for call in turn], "tool_use"
        return {
            "id": f"msg_{number:06d}",
            "type": "message",
            "role": "assistant",
            "model": request.model,
            "content": content,
            "stop_reason": stop,
            "stop_sequence": None,
            "usage": {"input_tokens": 1, "output_tokens": 1},
        }

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        api = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ARG002
                return

            def do_HEAD(self) -> None:
                self._send(b"", "application/json")

            def do_GET(self) -> None:
                self._send(b"{}", "application/json")

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
                if "count_tokens" in self.path:
                    self._send(b'{"input_tokens": 1}', "application/json")
                elif "messages" not in body:
                    self._send(b"{}", "application/json")
                elif body.get("stream"):
                    self._send(_as_events(api._answer(body)), "text/event-stream")
                else:
                    self._send(json.dumps(api._answer(body)).encode(), "application/json")

            def _send(self, payload: bytes, kind: str) -> None:
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)

        return Handler


def _tool_use(call: Call) -> dict[str, Any]:
    return {"type": "tool_use", "id": call.identity, "name": call.tool, "input": call.arguments}


def _as_events(message: dict[str, Any]) -> bytes:
    """The same answer as the server-sent events of a streaming request."""
    started = {**message, "content": [], "stop_reason": None}
    events: list[dict[str, Any]] = [{"type": "message_start", "message": started}]
    for index, block in enumerate(message["content"]):
        if block["type"] == "text":
            opening: dict[str, Any] = {"type": "text", "text": ""}
            delta = {"type": "text_delta", "text": block["text"]}
        else:
            opening = {**block, "input": {}}
            delta = {"type": "input_json_delta", "partial_json": json.dumps(block["input"])}
        events += [
            {"type": "content_block_start", "index": index, "content_block": opening},
            {"type": "content_block_delta", "index": index, "delta": delta},
            {"type": "content_block_stop", "index": index},
        ]
    ended = {"stop_reason": message["stop_reason"], "stop_sequence": None}
    events += [
        {"type": "message_delta", "delta": ended, "usage": {"output_tokens": 1}},
        {"type": "message_stop"},
    ]
    return "".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n" for event in events).encode()
