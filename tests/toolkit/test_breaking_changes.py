"""Two OpenAPI documents: which differences break a client, in which direction, and what they are called."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit.openapi.comparison import compare

Schema = dict[str, Any]


def document(
    sent: Schema | None = None,
    received: Schema | None = None,
    parameters: list[Schema] | None = None,
    components: Schema | None = None,
    **operation: Any,
) -> Schema:
    """A document with one operation."""
    one: Schema = {"responses": {"200": {}}, "parameters": parameters or []}
    if sent is not None:
        one["requestBody"] = {"required": True, "content": {"application/json": {"schema": sent}}}
    if received is not None:
        one["responses"]["200"] = {"content": {"application/json": {"schema": received}}}
    return {"paths": {"/things": {"post": one | operation}}, "components": {"schemas": components or {}}}


def breaking(base: Schema, head: Schema) -> list[str]:
    return [change.text.removeprefix("POST /things: ") for change in compare(base, head) if change.breaking]


def thing(required: str = "", **properties: Any) -> Schema:
    return {"type": "object", "properties": properties, "required": required.split()}


TEXT, NUMBER, WHOLE = {"type": "string"}, {"type": "number"}, {"type": "integer"}
OR_NULL = {"anyOf": [TEXT, {"type": "null"}]}
OPEN, SHUT = {"enum": ["open"], "type": "string"}, {"enum": ["open", "shut"], "type": "string"}

# What was, what is, what breaks when clients send it, what breaks when they receive it.
SCHEMAS = [
    ("nothing", thing(a=TEXT), thing(a=TEXT), [], []),
    ("another title and example", TEXT, {**TEXT, "title": "x", "examples": ["y"], "default": "z"}, [], []),
    ("a field more", thing(a=TEXT), thing(a=TEXT, b=TEXT), [], []),
    ("a required field more", thing(a=TEXT), thing("b", a=TEXT, b=TEXT), ["body.b: now required"], []),
    ("a field less", thing(a=TEXT, b=TEXT), thing(a=TEXT), ["body.b: removed"], ["body.b: removed"]),
    ("a field that may be missing", thing("a", a=TEXT), thing(a=TEXT), [], ["body.a: may now be missing"]),
    ("a field that must be there", thing(a=TEXT), thing("a", a=TEXT), ["body.a: now required"], []),
    ("another type", TEXT, WHOLE, ["body: string became integer"], ["body: string became integer"]),
    ("a wider number", WHOLE, NUMBER, [], ["body: integer became number"]),
    ("a narrower number", NUMBER, WHOLE, ["body: number became integer"], []),
    ("null besides", TEXT, OR_NULL, [], ["body: string became null or string"]),
    ("no null any more", OR_NULL, TEXT, ["body: null or string became string"], []),
    ("null besides, as 3.0 says it", TEXT, {**TEXT, "nullable": True}, [], ["body: string became null or string"]),
    ("null besides, as a list", TEXT, {"type": ["string", "null"]}, [], ["body: string became null or string"]),
    ("a value more", OPEN, SHUT, [], ["body: may now be shut"]),
    ("a value less", SHUT, OPEN, ["body: shut is no longer accepted"], []),
    ("values at last", TEXT, SHUT, ["body: only open or shut is accepted"], []),
    ("a shorter limit", {**TEXT, "maxLength": 9}, {**TEXT, "maxLength": 8}, ["body: maxLength 9 became 8"], []),
    ("a longer limit", {**TEXT, "maxLength": 8}, {**TEXT, "maxLength": 9}, [], []),
    ("a limit at last", WHOLE, {**WHOLE, "minimum": 1}, ["body: minimum 1"], []),
    ("a limit that limits nothing", TEXT, {**TEXT, "minLength": 0}, [], []),
    ("a pattern", TEXT, {**TEXT, "pattern": "^x"}, ["body: pattern ^x"], []),
    (
        "another format",
        {**TEXT, "format": "date"},
        {**TEXT, "format": "date-time"},
        ["body: format date became date-time"],
        ["body: format date became date-time"],
    ),
    (
        "inside a list",
        {"type": "array", "items": thing(a=TEXT)},
        {"type": "array", "items": thing(a=WHOLE)},
        ["body[].a: string became integer"],
        ["body[].a: string became integer"],
    ),
    (
        "unknown fields refused",
        thing(a=TEXT),
        {**thing(a=TEXT), "additionalProperties": False},
        ["body: unknown fields are no longer accepted"],
        [],
    ),
    ("an alternative more", {"anyOf": [TEXT, WHOLE]}, {"anyOf": [TEXT, WHOLE, thing()]}, [], ["body: "]),
    ("an alternative less", {"anyOf": [TEXT, WHOLE]}, {"anyOf": [TEXT]}, ["body: integer became string"], []),
    ("a union of the same", TEXT, {"anyOf": [TEXT]}, [], []),
    ("any value", TEXT, {}, [], ["body: string became anything"]),
    ("put together", thing(a=TEXT), {"allOf": [thing(a=TEXT)]}, [], []),
]


@pytest.mark.parametrize(
    ("base", "head", "sent", "received"), [row[1:] for row in SCHEMAS], ids=[row[0] for row in SCHEMAS]
)
def test_a_schema_breaks_who_sends_or_who_receives(
    base: Schema, head: Schema, sent: list[str], received: list[str]
) -> None:
    found = breaking(document(sent=base), document(sent=head))
    assert [text.replace("request body", "body") for text in found] == sent
    found = breaking(document(received=base), document(received=head))
    texts = [text.replace("response 200", "body") for text in found]
    assert texts == received if received != ["body: "] else len(texts) == 1


def test_what_is_behind_a_reference_counts_and_a_new_name_does_not() -> None:
    base = document(received={"$ref": "#/components/schemas/A"}, components={"A": thing(a=TEXT)})
    renamed = document(received={"$ref": "#/components/schemas/B"}, components={"B": thing(a=TEXT)})
    changed = document(received={"$ref": "#/components/schemas/B"}, components={"B": thing(a=WHOLE)})
    assert breaking(base, renamed) == []
    assert breaking(base, changed) == ["response 200.a: string became integer"]


def test_a_schema_that_contains_itself_ends() -> None:
    tree = thing(name=TEXT, children={"type": "array", "items": {"$ref": "#/components/schemas/Tree"}})
    smaller = thing(children={"type": "array", "items": {"$ref": "#/components/schemas/Tree"}})
    reference = {"$ref": "#/components/schemas/Tree"}
    found = breaking(
        document(received=reference, components={"Tree": tree}),
        document(received=reference, components={"Tree": smaller}),
    )
    assert found == ["response 200.name: removed"]


def parameter(name: str = "q", place: str = "query", required: bool = False, **schema: Any) -> Schema:
    return {"name": name, "in": place, "required": required, "schema": schema or TEXT}


PARAMETERS = [
    ("one more", [], [parameter()], []),
    ("a required one more", [], [parameter(required=True)], ["query parameter q new, and required"]),
    ("one less", [parameter()], [], ["query parameter q removed"]),
    ("now required", [parameter()], [parameter(required=True)], ["query parameter q now required"]),
    ("narrower", [parameter()], [parameter(type="integer")], ["query parameter q: string became integer"]),
    ("in other letters", [parameter("X-A", "header")], [parameter("x-a", "header")], []),
    (
        "elsewhere",
        [parameter()],
        [parameter(place="header")],
        ["query parameter q removed"],
    ),
]


@pytest.mark.parametrize(
    ("base", "head", "expected"), [row[1:] for row in PARAMETERS], ids=[row[0] for row in PARAMETERS]
)
def test_parameters(base: list[Schema], head: list[Schema], expected: list[str]) -> None:
    assert breaking(document(parameters=base), document(parameters=head)) == expected


def test_the_name_of_a_path_parameter_is_no_part_of_a_request() -> None:
    def of(name: str, kind: str) -> Schema:
        parameters = [parameter(name, "path", required=True, type=kind)]
        return {"paths": {f"/things/{{{name}}}": {"get": {"responses": {}, "parameters": parameters}}}}

    assert compare(of("id", "string"), of("thing_id", "string")) == []
    [change] = compare(of("id", "string"), of("thing_id", "integer"))
    assert change.text == "GET /things/{thing_id}: path parameter thing_id: string became integer"


OPERATIONS: list[tuple[str, Schema, Schema, list[str]]] = [
    ("a status less", {"responses": {"200": {}, "404": {}}}, {"responses": {"200": {}}}, ["status 404 removed"]),
    ("a status more", {}, {"responses": {"200": {}, "404": {}}}, []),
    ("another success", {}, {"responses": {"201": {}}}, ["status 200 removed"]),
    ("a key is needed", {}, {"security": [{"bearer": []}]}, ["authentication now required (bearer)"]),
    ("no key is needed", {"security": [{"bearer": []}]}, {}, []),
    (
        "another key",
        {"security": [{"basic": []}]},
        {"security": [{"bearer": []}]},
        ["authentication by basic is no longer enough"],
    ),
    ("one of two keys", {"security": [{"bearer": []}]}, {"security": [{"bearer": []}, {"basic": []}]}, []),
    ("a body is needed", {}, {"requestBody": {"required": True, "content": {}}}, ["request body now required"]),
    ("a body may be", {}, {"requestBody": {"content": {}}}, []),
    ("no body any more", {"requestBody": {"content": {}}}, {}, ["request body removed"]),
    (
        "another kind of body",
        {"requestBody": {"content": {"application/json": {}}}},
        {"requestBody": {"content": {"text/plain": {}}}},
        ["request body: application/json removed"],
    ),
    ("another summary", {"summary": "a"}, {"summary": "b", "operationId": "c", "tags": ["d"]}, []),
]


@pytest.mark.parametrize(
    ("base", "head", "expected"), [row[1:] for row in OPERATIONS], ids=[row[0] for row in OPERATIONS]
)
def test_operations(base: Schema, head: Schema, expected: list[str]) -> None:
    assert breaking(document(**base), document(**head)) == expected


def test_paths_and_methods() -> None:
    base, head = document(), document()
    head["paths"]["/things"]["get"] = {"responses": {}}
    assert [change.text for change in compare(base, head)] == ["GET /things: new"]
    assert [change.text for change in compare(head, base)] == ["GET /things: removed"]
    changes = compare(head, {"paths": {"/other": {"get": {"responses": {}}}}})
    assert [(change.breaking, change.text) for change in changes] == [
        (True, "GET /things: removed"),
        (True, "POST /things: removed"),
        (False, "GET /other: new"),
    ]
