"""What counts as a reference to a file of the pack, and what does not."""

from __future__ import annotations

import pytest

from packlint.discovery.layout import Layout
from packlint.problem import Severity
from tests.conftest import FindProblems

HEAD = "---\nname: dev\ndescription: Writes code. Use for new code.\n---\n"
DOCUMENTS = {"patterns/routers.md": "# Routers\n\n## Naming rules\n", "docs/guide.md": "# Guide\n"}


def codes(found: FindProblems, body: str, layout: Layout = Layout.PLUGIN, **extra: str) -> list[str]:
    """The reference findings of an agent with this body, as `CODE line:column`."""
    problems = found({"agents/dev.md": HEAD + body, **DOCUMENTS, **extra}, layout)
    return [
        f"{problem.code} {problem.place.line}:{problem.place.column}"
        for problem in problems
        if problem.code.startswith("RF") and problem.code not in ("RF009", "RF011") and problem.path.endswith("dev.md")
    ]


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize(
    "body",
    [
        pytest.param("Edit `patterns/*.md` and `src/**/*.md`.", id="globs"),
        pytest.param("Read `patterns/<topic>.md`.", id="angle placeholders"),
        pytest.param("Read `patterns/{topic}.md`.", id="templates"),
        pytest.param("Read `docs/adr/NNNN-title.md`.", id="numbered templates"),
        pytest.param("Check it: `npx -y @house/rules.md lint .`, or npm i -D @house/rules.md first.", id="packages"),
        pytest.param("Write the plan to `plans/next.md`.", id="output files"),
        pytest.param("Create `notes/today.md` with your findings.", id="files to create"),
        pytest.param("Save the report as `reports/review.md`.", id="reports"),
        pytest.param("Read `notes/local.md` if it exists.", id="conditional files"),
        pytest.param("Read `notes/local.md` when present.", id="files that may be absent"),
        pytest.param("Read `CLAUDE.md` and `README.md`.", id="bare names of the user's project"),
        pytest.param("Read `docs/architecture.md` of the project.", id="the user's documents"),
        pytest.param("Follow `src/app/README.md`.", id="the user's sources"),
        pytest.param("Use `@app.get` and `@router.post`.", id="decorators"),
        pytest.param("Routes such as `/api/v1/items` and `/users/{id}`.", id="routes"),
        pytest.param("Mail me@example.md or see https://example.com/x.md.", id="addresses"),
        pytest.param("[site](https://example.com/a.md) [mail](mailto:a@b.c)", id="links to the web"),
        pytest.param("```\nRead `patterns/none.md`\n[x](patterns/none.md)\n```", id="code samples"),
        pytest.param("Install `@scope/package.md`.", id="package names"),
        pytest.param("The skill in the installed wheel (`fastapi/skills/SKILL.md`) wins.", id="files of a package"),
        pytest.param("<!-- Read `patterns/none.md` -->", id="comments"),
        pytest.param("For example, `guides/how.md` would be read.", id="examples"),
        pytest.param("Mind `@docs/guide.md`.", id="an @ reference in back ticks"),
        pytest.param("Make sure that `harbour/log.md` exists.\n\nRead `harbour/log.md`.", id="a file it checks for"),
        pytest.param("Read `harbour/log.md`.\n\nTick it off in `harbour/{ship}/crew.md`.", id="a folder it fills"),
        pytest.param("Read `harbour/log.md`.\n\nCreate the `harbour/ships/` folder.", id="a folder it makes"),
        pytest.param("Read `harbour/log.md`.\n\n```bash\nmkdir -p harbour/ships\n```", id="a folder its shell makes"),
        pytest.param("Read `harbour/log.md`.\n\n```bash\ndate > harbour/now\n```", id="a file its shell writes"),
        pytest.param("Read `./CLAUDE.md` and `gate/CLAUDE.md`.", id="names that every project has"),
        pytest.param("Keep [the log](CHANGELOG.md) up to date.", id="a link to a file every project has"),
        pytest.param("Read `backend/rules.md` and `openspec/project.md`.", id="folders of the user's project"),
        pytest.param("Report each as [title](path/to/file.md).", id="a link that shows the form of links"),
        pytest.param("Report each as [gate.ts:42](gate/gate.ts#L42).", id="a link to a line of the user's code"),
        pytest.param("See [the spec](/handbook/spec.md).", id="a link from the root of a site"),
        pytest.param("Mind a[i](j.k) and `f[T](a.b)`.", id="code that looks like a link"),
        pytest.param("Done in [#12](#12).", id="a number of an issue"),
        pytest.param("Always use slashes:\n\n* **Good**: `guides/a.md`", id="how to write a path"),
        pytest.param("Use slashes:\n\n- \u2713 Correct: `guides/a.md`", id="how to write a path, with a mark"),
        pytest.param("- NO **Avoid:** reading `guides/a.md`", id="how not to"),
        pytest.param("Examples: read `guides/a.md` and `guides/b.md`.", id="several examples"),
        pytest.param("Claude reads SKILL.md, sees the reference to `guides/a.md`, and runs it.", id="a tale of Claude"),
        pytest.param("The agent reads SKILL.md, and opens `guides/a.md`.", id="a tale of an agent"),
        pytest.param("Follow the files: use forward slashes (`guides/a.md`), not backslashes.", id="slashes"),
        pytest.param("| See `other:review`'s `./reviewer.md` | `x` |", id="another one's file"),
        pytest.param("Add it to `~/Library/Application Support/Claude/settings.json`.", id="every Mac's settings"),
        pytest.param("See [the window](src-tauri/tauri.conf.json).", id="sources of another kind of project"),
        pytest.param("Read `patterns/day.md`.\n\nAppend the day to `patterns/day.md`.", id="a file it writes itself"),
        pytest.param("So:\n\n    Read `patterns/none.md`.", id="code by its indentation"),
        pytest.param("Create these:\n\n- Rules to follow: `guides/a.md`", id="listed below an order to write"),
        pytest.param("以下のファイルを作成:\n\n- `guides/a.md`", id="listed below an order to write, in Japanese"),
        pytest.param("`guides/a.md` が存在すれば参照する。", id="a file that may be absent, in Japanese"),
        pytest.param("`guides/a.md` 규칙.", id="a sentence in Korean that says nothing of reading"),
    ],
)
def test_silence(body: str, layout: Layout, problems_of: FindProblems) -> None:
    assert codes(problems_of, body, layout) == []


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize(
    ("body", "place"),
    [
        pytest.param("Read `patterns/none.md` first.", "5:7", id="told to read it"),
        pytest.param("Rules: `patterns/none.md`.", "5:9", id="in a folder of the pack"),
        pytest.param("Read these:\n\n1. `guides/a.md` - all rules", "7:5", id="listed below an instruction"),
        pytest.param("See [the rules](patterns/none.md).", "5:17", id="a link"),
        pytest.param("![flow](images/flow.png)", "5:9", id="an image"),
        pytest.param("[rules]: patterns/none.md\n\nSee [rules].", "5:10", id="a link's definition"),
        pytest.param("Read @guides/rules.md now.", "5:6", id="an @ reference"),
        pytest.param("Read [`guides/a.md`](guides/a.md).", "5:22", id="a link whose text is its path"),
        pytest.param("See [the guide](docs/none.md).", "5:17", id="a link into a folder of the pack"),
        pytest.param("See [the rest](patterns/README.md).", "5:16", id="a README of the pack"),
        pytest.param("Read `@guides/rules.md` now.", "5:7", id="an @ reference in back ticks"),
        pytest.param("Read `guides/a.md`. Keep `notes/` tidy.", "5:7", id="beside a folder of the project"),
        pytest.param("Read `patterns/none.md`. Write `patterns/{x}.md`.", "5:7", id="where the pack has the folder"),
        pytest.param("Read `guides/a.md` for examples.", "5:7", id="a file of examples"),
        pytest.param("- Good rules are few. Read `guides/a.md`.", "5:29", id="something good before it"),
        pytest.param("Claude reads `patterns/none.md`.", "5:15", id="a tale of a file in a folder of the pack"),
        pytest.param("> guides/b.md\n\nRead `guides/a.md`.", "7:7", id="below a quotation"),
        pytest.param("Read `guides/a.md` before you create `guides/b.txt`.", "5:7", id="beside a file read first"),
        pytest.param("Read these:\n \n1. `guides/a.md` - all rules", "7:5", id="listed below a blank"),
        pytest.param("Read `skills/none.md` first.", "5:7", id="in the folder of skills"),
        pytest.param("以下を参照:\n\n- `guides/a.md`", "7:4", id="listed below an instruction in Japanese"),
        pytest.param("`guides/a.md` 를 Read 하세요.", "5:2", id="told to read it in Korean"),
        pytest.param("먼저 consult `guides/a.md`.", "5:13", id="told to read it in Korean and English"),
    ],
)
def test_missing_files_are_found(body: str, place: str, layout: Layout, problems_of: FindProblems) -> None:
    assert codes(problems_of, body, layout) == [f"RF001 {place}"]


@pytest.mark.parametrize(
    ("body", "severity", "consequence"),
    [
        pytest.param(
            "Read `patterns/none.md`.", "error", "the model cannot read it and goes on without it", id="prose"
        ),
        pytest.param(
            "See ![the flow](flow.png).", "warning", "whoever looks at the page sees no picture", id="picture"
        ),
        pytest.param("Read @patterns/none.md now.", "error", "the client sends the text without the file, ", id="at"),
        pytest.param("```bash\nsh {root}/x.sh\n```", "error", "the command fails when the model runs it", id="shell"),
        pytest.param('```\nsh "{root}/x.sh"\n```', "error", "the command fails when the model runs it", id="block"),
        pytest.param("```\nRead {root}/x.md\n```", "error", "the model cannot read it and goes on ", id="text block"),
        pytest.param("Run `sh {root}/x.sh`.", "error", "the command fails when the model runs it", id="code span"),
        pytest.param("See `{root}/x.md`.", "error", "the model cannot read it and goes on without it", id="path"),
        pytest.param("Now: !`sh {root}/x.sh`", "error", "the client runs this line, and gives up on ", id="inline"),
        pytest.param("Now: !`sh {root}/x.sh || true`", "error", "the command fails when the model ", id="saved"),
    ],
)
def test_the_consequence_of_a_missing_file_is_told_by_what_is_done_with_it(
    body: str, severity: str, consequence: str, problems_of: FindProblems
) -> None:
    text = "---\ndescription: Do it\n---\n" + body.replace("{root}", "${CLAUDE_PLUGIN_ROOT}")
    layout = Layout.PROJECT if "@" in body else Layout.PLUGIN
    found = problems_of({"commands/go.md": text, **DOCUMENTS}, layout)
    told = [(each.severity, each.consequence) for each in found if each.code == "RF001"]
    assert [(severity, True)] == [(each, words.startswith(consequence)) for each, words in told]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        pytest.param(
            "Read ${CLAUDE_PLUGIN_ROOT}/patterns/none and what docs/guide.md says.",
            "'patterns/none' does not exist",
            id="words behind a path",
        ),
        pytest.param(
            "See [x](../Patterns/routers.md).",
            "'../Patterns/routers.md' is spelled '../patterns/routers.md' on disk",
            id="another case, upwards",
        ),
    ],
)
def test_what_is_said_of_a_path(body: str, message: str, problems_of: FindProblems) -> None:
    problems = problems_of({"agents/dev.md": HEAD + body, **DOCUMENTS})
    assert message in [each.message for each in problems if each.code in ("RF001", "RF002")]


@pytest.mark.parametrize(("there", "expected"), [(".claude/plans/first.md", ["RF001 5:7"]), ("NOTES.md", [])])
def test_agents_fill_folders_that_the_pack_does_not_have(
    there: str, expected: list[str], problems_of: FindProblems
) -> None:
    path = there.removeprefix(".claude/")
    assert codes(problems_of, "Read `.claude/plans/none.md`.", Layout.PROJECT, **{path: "# First\n"}) == expected


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        pytest.param("Save what you saw to `harbour/<day>.md`.", [], id="written by another agent"),
        pytest.param("Look at ships.", ["RF001 5:7"], id="written by nobody"),
    ],
)
def test_one_text_reads_what_another_writes(task: str, expected: list[str], problems_of: FindProblems) -> None:
    writer = HEAD.replace("dev", "writer") + task
    assert codes(problems_of, "Read `harbour/log.md`.", Layout.PLUGIN, **{"agents/writer.md": writer}) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("Read `${CLAUDE_PLUGIN_ROOT}/patterns/routers.md`.", [], id="the right form"),
        pytest.param("Read `${CLAUDE_PLUGIN_ROOT}/patterns/none.md`.", ["RF001 5:7"], id="a missing file"),
        pytest.param("```\ncat ${CLAUDE_PLUGIN_ROOT}/none.sh\n```", ["RF001 6:5"], id="a missing script in a fence"),
        pytest.param("Read `${CLAUDE_PLUGIN_ROOT}/patterns/*.md`.", [], id="a glob behind the variable"),
        pytest.param("Read `$CLAUDE_PLUGIN_ROOT/patterns/routers.md`.", ["RF005 5:7"], id="no braces"),
        pytest.param("Read `${CLAUDE_SKILL_DIR}/reference.md`.", ["RF006 5:7"], id="a skill's variable"),
        pytest.param("Read `${CLAUDE_PROJECT_DIR}/README.md`.", [], id="the project's own files"),
        pytest.param("Read `patterns/routers.md`.", ["RF007 5:7"], id="a path of the project form"),
        pytest.param("Read `${CLAUDE_PLUGIN_ROOT}/patterns/routers.md` or `patterns/routers.md`.", [], id="both forms"),
        pytest.param("Read `${CLAUDE_PLUGIN_ROOT}/Patterns/routers.md`.", ["RF002 5:7"], id="another case"),
        pytest.param("See [x](../../elsewhere.md).", ["RF003 5:9"], id="outside the plugin"),
        pytest.param("Read `/home/ana/rules.md`.", ["RF004 5:7"], id="a home folder"),
        pytest.param("Read `~/.claude/CLAUDE.md`.", [], id="the client's own folder"),
        pytest.param("See [x](../patterns/routers.md#naming-rules).", ["RF007 5:9"], id="an anchor that is there"),
        pytest.param("See [x](#nowhere).", ["RF008 5:9"], id="an anchor that is not"),
        pytest.param("Use the `devv` agent.", ["RF010 5:10"], id="an agent that is not there"),
        pytest.param("Put `my-agent` agent or subagent_type: your-own-here.", [], id="names that stand for a name"),
        pytest.param("The query is the `shop:self-learning` block of it.", [], id="a block by a name of the plugin's"),
        pytest.param(
            "Use the `shop:self-learner` agent.", ["RF010 5:10"], id="an agent of the plugin that is not there"
        ),
        pytest.param("Start it with `subagent_type: Senior Developer`.", [], id="a name of two words"),
        pytest.param("A hook has it as `$CLAUDE_PLUGIN_ROOT`.", [], id="a variable that is spoken of"),
        pytest.param("Use the `dev` agent, `Explore` agent, `other:x` agent.", [], id="agents that are there"),
    ],
)
def test_references_in_a_plugin(body: str, expected: list[str], problems_of: FindProblems) -> None:
    assert codes(problems_of, body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("Read `.claude/patterns/routers.md`.", [], id="below .claude"),
        pytest.param("Read `patterns/routers.md`.", [], id="beside the agents"),
        pytest.param("Read `${CLAUDE_PLUGIN_ROOT}/patterns/routers.md`.", ["RF006 5:7"], id="a plugin's variable"),
        pytest.param("Read `${CLAUDE_PROJECT_DIR}/x.md`.", ["RF006 5:7"], id="no variable in a project's agents"),
        pytest.param("```\n${CLAUDE_PLUGIN_ROOT}/patterns\n```\nOr `patterns`.", [], id="a folder by both names"),
        pytest.param(
            "```\n${CLAUDE_PLUGIN_ROOT}/none\n```\nOr `none`.", ["RF006 6:1"], id="a folder that is not there"
        ),
    ],
)
def test_references_in_a_project(body: str, expected: list[str], problems_of: FindProblems) -> None:
    assert codes(problems_of, body, Layout.PROJECT) == expected


@pytest.mark.parametrize(
    ("grant", "granted"),
    [
        pytest.param("Read", True, id="a bare Read"),
        pytest.param("Read(/${CLAUDE_PLUGIN_ROOT}/**)", True, id="the whole plugin"),
        pytest.param("Read(/${CLAUDE_PLUGIN_ROOT}/patterns/*.md)", True, id="the folder"),
        pytest.param("Read(/${CLAUDE_PLUGIN_ROOT}/*.md)", False, id="one level too high"),
        pytest.param("Read(/${CLAUDE_PLUGIN_ROOT}/styles/*.md)", False, id="another folder"),
        pytest.param("Read(${CLAUDE_PLUGIN_ROOT}/**)", False, id="a slash too few"),
        pytest.param("Bash", False, id="another tool"),
    ],
)
def test_a_plugins_documents_need_a_grant(grant: str, granted: bool, problems_of: FindProblems) -> None:
    body = "Read `${CLAUDE_PLUGIN_ROOT}/patterns/routers.md`. $ARGUMENTS\n"
    command = f"---\ndescription: Go\nallowed-tools: {grant}\n---\n{body}"
    found = [each for each in problems_of({"commands/go.md": command, **DOCUMENTS}) if each.code == "RF011"]
    assert bool(found) is not granted
    if found:
        assert found[0].message.endswith("allowed-tools: Read(/${CLAUDE_PLUGIN_ROOT}/patterns/*.md)")


def test_an_agent_alone_is_not_granted(problems_of: FindProblems) -> None:
    agent = HEAD + "Read `${CLAUDE_PLUGIN_ROOT}/patterns/routers.md`.\n"
    alone = problems_of({"agents/dev.md": agent, **DOCUMENTS})
    assert "RF011" in {problem.code for problem in alone}


def test_a_command_that_names_the_agent_covers_it(problems_of: FindProblems) -> None:
    agent = HEAD + "Read `${CLAUDE_PLUGIN_ROOT}/patterns/routers.md`.\n"
    command = "---\ndescription: Go\nallowed-tools: Read\n---\nStart the `dev` agent.\n"
    found = problems_of({"agents/dev.md": agent, "commands/go.md": command, "patterns/routers.md": "# R\n"})
    assert found == []


@pytest.mark.parametrize(
    ("body", "severity"),
    [
        pytest.param("Begin with @.claude/agents/shared/start.md now.", Severity.INFO, id="named by its path"),
        pytest.param("Begin.", Severity.ERROR, id="named by nobody"),
    ],
)
def test_a_text_that_agents_share_needs_no_frontmatter(
    body: str, severity: Severity, problems_of: FindProblems
) -> None:
    problems = problems_of({"agents/dev.md": HEAD + body, "agents/shared/start.md": "Be brief.\n"}, Layout.PROJECT)
    assert [(problem.code, problem.severity) for problem in problems] == [("FM001", severity)]


@pytest.mark.parametrize("layout", list(Layout))
def test_a_back_ticked_path_may_count_from_agents_or_commands(layout: Layout, problems_of: FindProblems) -> None:
    command = "---\ndescription: Load the ship\nargument-hint: <ship>\n---\nLoad $ARGUMENTS.\n"
    overview = (
        "---\ndescription: Tell about cargo\n---\nRead `cargo/load.md`, then `mates/bosun.md` and `cargo/none.md`.\n"
    )
    agent = HEAD.replace("dev", "bosun")
    problems = problems_of(
        {"commands/cargo/load.md": command, "commands/cargo/about.md": overview, "agents/mates/bosun.md": agent}, layout
    )
    missing = [problem.message for problem in problems if problem.code == "RF001"]
    assert missing == ["'cargo/none.md' does not exist"]
    at_home = [problem.message for problem in problems if problem.code == "RF007"]
    rooted = "'cargo/load.md' is a file of this plugin; write '${CLAUDE_PLUGIN_ROOT}/commands/cargo/load.md'"
    assert at_home[:1] == ([rooted] if layout is Layout.PLUGIN else [])


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        pytest.param("pattern/router.md", "patterns/routers.md", id="a slip in both"),
        pytest.param("patterns/renders.md", "", id="the folder alone"),
        pytest.param("batches/routers.md", "", id="the name alone"),
    ],
)
def test_a_document_is_meant_where_its_folder_and_its_name_are_like_it(
    path: str, meant: str, problems_of: FindProblems
) -> None:
    problems = problems_of({"agents/dev.md": f"{HEAD}Read `{path}`.\n", **DOCUMENTS}, Layout.PLUGIN)
    hint = f"; did you mean '{meant}'?" if meant else ""
    assert [each.message for each in problems if each.code == "RF001"] == [f"'{path}' does not exist{hint}"]


@pytest.mark.parametrize(
    ("body", "is_made"),
    [
        pytest.param("Write what you find to `log.md`.", True, id="written by its name alone"),
        pytest.param("\u8bb0\u5f55\u5728 `harbour/log.md`\u3002", True, id="written in Chinese"),
        pytest.param("Run `touch harbour/log.md` first.", True, id="made by a program"),
        pytest.param("Run `date | tee -a harbour/log.md`.", True, id="written by a program"),
        pytest.param("Run `date > harbour/log.md`.", True, id="written by the shell"),
        pytest.param("Check whether `harbour/log.md` exists.", True, id="looked for"),
        pytest.param("Fill `harbour/<day>.md`.", True, id="one of the files of a folder"),
        pytest.param("Read `log.md` and write a summary.", False, id="read by its name alone"),
        pytest.param("\u6e2f\u53e3\u5728 `harbour/log.md` \u4e2d\u3002", False, id="named in Chinese"),
        pytest.param("Skriv `harbour/log.md`.", False, id="in a language that is not known"),
        pytest.param("Write `/harbour/log.md`.", False, id="a path from the top"),
        pytest.param("Mind `port->harbour/log.md`.", False, id="an arrow"),
        pytest.param("Read `harbour/log.md` before you write.", False, id="read, then write something"),
    ],
)
def test_a_file_that_the_pack_makes_itself_is_not_missed(body: str, is_made: bool, problems_of: FindProblems) -> None:
    command = "---\ndescription: Tell about the harbour\n---\nRead `harbour/log.md`.\n"
    found = problems_of({"agents/dev.md": HEAD + body + "\n", "commands/tell.md": command})
    missed = [each.path for each in found if each.code == "RF001"]
    assert ("commands/tell.md" not in missed) is is_made


def test_a_bare_name_of_a_command_is_not_its_file(problems_of: FindProblems) -> None:
    command = "---\ndescription: Review the branch\n---\nReview the branch.\n"
    agent = HEAD + "Write what you find to `review.md`, and read `review.md` again at the end.\n"
    assert (
        problems_of({"commands/review-branch.md": command, "agents/dev.md": agent, "commands/review.md": command}) == []
    )


def test_a_folder_among_the_commands_makes_no_file_of_the_project_one_of_the_pack(problems_of: FindProblems) -> None:
    command = "---\ndescription: Write a page\n---\nWrite the page.\n"
    agent = HEAD + "`docs/adr.md` holds what was decided.\n"
    assert problems_of({"commands/docs/page.md": command, "agents/dev.md": agent}) == []


@pytest.mark.parametrize("referred", [False, True])
def test_a_dead_link_of_a_readme_among_commands_is_a_warning(referred: bool, problems_of: FindProblems) -> None:
    head = "---\ndescription: Load the ship\n---\n"
    command = head + ("Read `.claude/commands/cargo/README.md`.\n" if referred else "Load it.\n")
    files = {"commands/cargo/load.md": command, "commands/cargo/README.md": head + "See [unload](unload.md).\n"}
    [severity] = [each.severity for each in problems_of(files, Layout.PROJECT) if each.code == "RF001"]
    assert severity is (Severity.ERROR if referred else Severity.WARNING)
