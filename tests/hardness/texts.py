"""Random texts made of what packs hold and what breaks readers of them."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.hardness.parts import MARKDOWN_PARTS, YAML_PARTS

# The same examples on every run and every machine, and no limit of time for one of them.
steady = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
yaml = st.lists(st.one_of(st.sampled_from(YAML_PARTS), anything), max_size=30).map("".join)
markdown = st.lists(st.one_of(st.sampled_from(MARKDOWN_PARTS), anything), max_size=40).map("".join)
lines = st.lists(
    st.tuples(st.sampled_from(YAML_PARTS), st.sampled_from([":", ": ", " :", ""]), yaml).map("".join), max_size=6
).map("\n".join)
head = st.one_of(yaml, lines, st.just("name: dev\ndescription: Reviews changes. Use it.\ntools: read, Task"))
opening = st.sampled_from(["---\n", "---\n", "---\n", "--- \n", "\ufeff---\n", "\n---\n", "---\r\n", "", "----\n"])
closing = st.sampled_from(["\n---\n", "\n---\n", "\n---\n", "\n---", "---\n", "\n--- x\n", "\n---\r\n", ""])
files = st.tuples(opening, head, closing, markdown).map("".join)
raw_files = st.one_of(
    files.map(str.encode), st.tuples(files.map(str.encode), st.binary(max_size=8), files.map(str.encode)).map(b"".join)
)
