"""The words by which a text shows what it means to do with a file that it names."""

from __future__ import annotations

from packlint import regex

TEMPLATE = regex.lazy(r"[*?<>{}\[\]$|]|\.\.\.|YYYY|NNN|\bXX")
READ = regex.lazy(
    r"(?i)\b(?:reads?|reading|see|consult|follow|refer|reference|references|load|check|study|review|according|"
    r"described|defined|documented|use|apply|found in)\b",
)
WRITE = regex.lazy(
    r"(?i)\b(?:writes?|writing|creates?|creating|saves?|saving|generates?|generating|outputs?|produces?|emit|appends?|"
    r"stores?|updates?|updating|adds?|put|drafts?|document in|record|maintain|keep|snapshot(?:s|ted)?)\b",
)
CONDITIONAL = regex.lazy(
    r"(?i)\b(?:e\.g\.|(?:if (?:it |they |any |one |there )?(?:exists?|present|available|is|are|found)|when "
    r"(?:it |they )?(?:exists?|present|available)|where (?:present|available)|if any|optional(?:ly)?|"
    r"for example|for instance|such as|like|example|would|might|may|installed|site-packages|wheel)\b)",
)
# What a sentence begins with that shows how to do something, or how not to.
SHOWS_HOW = regex.lazy(
    r"(?i)[\W_]*+(?:(?:no|not|yes)\b[\W_]*+)?(?:good|bad|avoid|wrong|correct|incorrect|better|worse|examples)\*{0,2}\s*:"
)
# Who tells what Claude does tells nobody to do it.
NARRATES = regex.lazy(
    r"\b(?:Claude|[Tt]he (?:agent|assistant|model)) (?:accesses|follows|loads|navigates|opens|reads|sees|uses)\b"
)
# Letters of other scripts than the Latin one. Of three languages the words are known by which a sentence shows that a
# file is to be read, is written, or may not be there; of the others none.
OTHER_SCRIPT = regex.lazy(r"[\u0370-\u1fff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
OTHER_READ = regex.lazy(r"読|读|阅|参照|参考|参见|查看|遵循|읽|참조|참고|따르|\bRead\b")
OTHER_WRITE = regex.lazy(
    r"書き|追記|生成|作成|記録|保存|更新|写入|创建|追加|记录|작성|생성|저장|추가|기록|업데이트|\b(?:Write|Edit)\b"
)
OTHER_DOUBT = regex.lazy(r"存在|場合|なければ|あれば|例|如果|若|있으면|없으면|경우|예시")
# Folders that belong to the project an agent works on, whatever the pack; files that every project may have.
PROJECT_FOLDERS = {
    "src", "app", "lib", "test", "tests", "docs", "doc", "spec", "specs", "plans", "tasks", "build", "dist",
    "tmp", "output", "reports", "adr", "memory", "path", "your", "my", "foo", "some", "packages", "apps", "backend",
    "frontend", "server", "client", "services", "node_modules", "vendor", "openspec", "memory-bank", "planning", "prd",
    "todos", "backlog", "sprints", "tickets",
}  # fmt: skip
# Folders of .claude that the client fills itself, and such as agents fill.
FILLED_FOLDERS = {
    "agent-memory", "agent-memory-local", "worktrees", "plans", "reports", "output", "tmp", "cache", "logs", "memory",
    "state", "sessions", "handoffs", "tasks", "todos", "specs", "prd",
}  # fmt: skip
PROJECT_FILES = {
    "readme", "claude", "agents", "gemini", "changelog", "contributing", "license", "security", "code_of_conduct",
}  # fmt: skip
# What stands for any file in a sample of how to write a link.
SAMPLE_NAMES = {"path", "file", "filename", "name", "example", "foo", "bar", "link"}
SENTENCE_END = regex.lazy(r"(?i)[.!?;](?<!\be\.g\.)(?<!\bi\.e\.)(?=\s)|[\u3002\uff01\uff1f]|\n\s*\n")
