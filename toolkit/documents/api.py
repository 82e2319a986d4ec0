"""api_spec.md: every endpoint and every schema of the OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toolkit.documents.sections import Page, Section
from toolkit.markdown import code, table
from toolkit.openapi.document import METHODS, Document, followed

FILE = "api_spec.md"
LIMITS = {
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "pattern": "matches {}",
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "multipleOf": "a multiple of {}",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "default": "default {}",
}


def page(document: Document) -> Page:
    """The page for an OpenAPI document."""
    schemas = document.get("components", {}).get("schemas", {})
    return Page(
        FILE,
        "API",
        "What clients can send and receive. Text outside of the generated sections is kept.",
        (
            Section("endpoints", "Endpoints", _endpoints(document)),
            Section(
                "schemas", "Schemas", "\n\n".join(_schema(name, schemas[name]) for name in sorted(schemas)) or "None."
            ),
        ),
    )


def _endpoints(document: Document) -> str:
    rows = [
        (
            f"{method.upper()} {code(path)}",
            _summary(item[method]),
            _authentication(document, item[method]),
            ", ".join(_input(document, item, item[method])),
            ", ".join(
                f"{status} {_answer(document, one)}".strip() for status, one in item[method]["responses"].items()
            ),
        )
        for path, item in sorted(document.get("paths", {}).items())
        for method in METHODS
        if method in item
    ]
    return table(("endpoint", "does", "authentication", "input", "answers"), rows) if rows else "None."


def _summary(operation: Document) -> str:
    lines = str(operation.get("description") or operation.get("summary") or "").strip().splitlines()
    deprecated = " (deprecated)" if operation.get("deprecated") else ""
    return (lines[0] if lines else "") + deprecated


def _authentication(document: Document, operation: Document) -> str:
    ways = operation.get("security", document.get("security")) or []
    return " or ".join(" and ".join(sorted(one)) or "none" for one in ways)


def _input(document: Document, item: Document, operation: Document) -> Iterator[str]:
    for raw in (*item.get("parameters", ()), *operation.get("parameters", ())):
        parameter = followed(document, raw)
        optional = "" if parameter.get("required") else "?"
        yield f"{parameter.get('in')} {code(str(parameter.get('name')))}{optional} {_kind(parameter.get('schema', {}))}"
    body = followed(document, operation.get("requestBody", {}))
    for media, content in body.get("content", {}).items():
        shown = "" if media == "application/json" else f" ({media})"
        yield f"body {_kind(content.get('schema', {}))}{shown}"


def _answer(document: Document, raw: Document) -> str:
    content = followed(document, raw).get("content", {})
    return " or ".join(sorted({_kind(one.get("schema", {})) for one in content.values() if one.get("schema")}))


def _schema(name: str, schema: Document) -> str:
    description = str(schema.get("description", "")).strip().splitlines()
    lead = f"### {name}\n\n" + (f"{description[0]}\n\n" if description else "")
    properties = schema.get("properties")
    if not properties:
        return f"{lead}{_kind(schema)}{_limits(schema, ', ')}"
    required = set(schema.get("required", ()))
    rows = [
        (code(field), _kind(one), "yes" if field in required else "no", _limits(one, ""))
        for field, one in properties.items()
    ]
    return lead + table(("field", "type", "required", "limits"), rows)


def _limits(schema: Document, before: str) -> str:
    said = [
        text.format(code(_value(one[key])))
        for one in (schema, *schema.get("anyOf", ()))
        for key, text in LIMITS.items()
        if key in one
    ]
    return before + ", ".join(dict.fromkeys(said)) if said else ""


def _value(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _kind(schema: Any) -> str:
    """The type of a schema in words."""
    if not isinstance(schema, dict):
        return "anything"
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    for name, joint in (("anyOf", " or "), ("oneOf", " or "), ("allOf", " and ")):
        if name in schema:
            return joint.join(dict.fromkeys(_kind(one) for one in schema[name]))
    if "const" in schema or "enum" in schema:
        return " or ".join(code(str(value)) for value in schema.get("enum", [schema.get("const")]))
    kind = schema.get("type", "anything")
    if kind == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    said = " or ".join(kind) if isinstance(kind, list) else str(kind)
    return f"{said} ({schema['format']})" if "format" in schema else said
