"""database_schema.md: every table of the SQLAlchemy metadata, and a diagram of how they refer to each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from toolkit.documents.sections import Page, Section
from toolkit.markdown import code, identifier, quoted, table

FILE = "database_schema.md"
Table = dict[str, Any]


def page(tables: list[Table]) -> Page:
    """The page for the tables of a project."""
    return Page(
        FILE,
        "Database",
        "The tables as the models declare them. Text outside of the generated sections is kept.",
        (
            Section("diagram", "Diagram", "\n".join(["```mermaid", "erDiagram", *_diagram(tables), "```"])),
            Section("tables", "Tables", "\n\n".join(_table(one) for one in tables)),
        ),
    )


def _diagram(tables: list[Table]) -> Iterator[str]:
    for one in tables:
        yield f"  {quoted(one['name'])} {{"
        for column in one["columns"]:
            keys = [
                key
                for key, said in (
                    ("PK", column["primary_key"]),
                    ("FK", column["references"]),
                    ("UK", column["unique"] and not column["primary_key"]),
                )
                if said
            ]
            kind = identifier(re.sub(r"\(.*", "", column["type"]))
            yield f"    {kind} {identifier(column['name'])} {', '.join(keys)}".rstrip()
        yield "  }"
    for one in tables:
        for column in one["columns"]:
            for reference in column["references"]:
                parent = quoted(reference.partition(" ")[0].rpartition(".")[0])
                left = "|o" if column["nullable"] else "||"
                right = "o|" if _alone(one, column) else "o{"
                yield f"  {parent} {left}--{right} {quoted(one['name'])} : {quoted(column['name'])}"


def _alone(one: Table, column: dict[str, Any]) -> bool:
    """Whether at most one row can have a value of the column."""
    keys = [other["name"] for other in one["columns"] if other["primary_key"]]
    return bool(column["unique"]) or keys == [column["name"]]


def _table(one: Table) -> str:
    rows = [(code(column["name"]), column["type"], *_facts(column)) for column in one["columns"]]
    parts = [f"### {one['name']}", one["comment"] or "", table(("column", "type", "null", "key", "default"), rows)]
    parts.append("\n".join(f"- {text}" for text in (*one["constraints"], *one["indexes"])))
    return "\n\n".join(part for part in parts if part)


def _facts(column: dict[str, Any]) -> tuple[str, str, str]:
    keys = ["primary key"] if column["primary_key"] else []
    keys += ["unique"] if column["unique"] else []
    keys += [f"references {reference}" for reference in column["references"]]
    return "yes" if column["nullable"] else "no", ", ".join(keys), code(column["default"] or "")
