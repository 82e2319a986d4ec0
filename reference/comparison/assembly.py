from __future__ import annotations

import re
import textwrap
from pathlib import Path

GLUE = Path(__file__).with_name("glue")
FENCE = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# A line of the glue that a block takes the place of.
PLACE = re.compile(
    r"^# block (\d{3})-(\d{2})(?: with the task logic: (.+))?$", re.MULTILINE
)
TASK_LOGIC = re.compile(r"^( +)# .+$", re.MULTILINE)


def assemble(seed: str, documents: Path, folder: Path) -> None:
    """Write the code of a document into a folder, with what it needs to run.

    A block goes where the glue names it by its position among all fenced blocks, and
    is not changed, except that a comment which stands for the logic of a task becomes
    that logic.
    """
    [document] = documents.glob(f"{seed}*")
    blocks = FENCE.findall(document.read_text(encoding="utf-8"))

    def block(place: re.Match[str]) -> str:
        code = str(blocks[int(place[2]) - 1])
        if logic := place[3]:
            lines = "\n".join(part.strip() for part in logic.split(";"))
            code = TASK_LOGIC.sub(
                lambda comment: textwrap.indent(lines, comment[1]), code, count=1
            )
        return code.rstrip("\n")

    for template in (GLUE / seed).rglob("*.in"):
        target = folder / template.relative_to(GLUE / seed).with_suffix("")
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.parent != folder:
            # Without it a package of the same name that is installed comes first.
            (target.parent / "__init__.py").touch()
        target.write_text(PLACE.sub(block, template.read_text()))
