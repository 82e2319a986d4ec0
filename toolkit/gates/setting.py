"""What all gates of one run share: the project, its environment, the base revision, and how commands are run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from toolkit.gates.base_revision import Base
from toolkit.gates.gate import Result, Verdict
from toolkit.project.overview import Overview
from toolkit.running.command import Runner

MODULES = (
    *("fastapi", "ruff", "black", "isort", "flake8", "mypy", "pyright", "basedpyright"),
    *("pytest", "coverage", "pytest_cov", "xdist", "alembic", "greenlet", "sqlalchemy"),
)

# Gates that need the tool alone, and nothing of what the project imports.
OF_TEXTS = ("format", "lint")
NO_ENVIRONMENT = "the project's environment was not found"


@dataclass
class Setting:
    """One run of `verify`."""

    overview: Overview
    runner: Runner
    base: Base
    allow_breaking: bool = False
    database_url: str | None = None

    @property
    def folder(self) -> Path:
        return self.overview.folder

    @cached_property
    def modules(self) -> dict[str, str]:
        """Which of the tools' modules the project's Python finds."""
        return self.runner.environment.importable(*MODULES)

    @cached_property
    def files_of_ruff(self) -> list[str]:
        """The files that ruff looks at, settings apart: it says that all is well, too, where there are none."""
        shown = self.runner.run(self.runner.python("-m", "ruff", "check", "--show-files", ".")).lines
        return [line for line in shown if not line.endswith(".toml")]

    def use_own_code(self) -> None:
        """Put the project's code first where its environment has another copy, or imports begin above the project."""
        application = self.overview.application
        if application is not None:
            name = application.import_name.partition(".")[0]
            place = self.runner.environment.place(name)
            another_copy = place is not None and application.root not in place.parents
            if another_copy or application.root in self.folder.parents:
                self.runner.path.append(str(application.root))

    def without_libraries(self, gate: str) -> Result | None:
        """A verdict without a run where nothing but a Python without FastAPI was found to run the project with."""
        if self.runner.environment.own or "fastapi" in self.modules:
            return None
        reason = f"{NO_ENVIRONMENT}, and fastapi is not installed in {self.runner.environment.source}"
        return Result(gate, Verdict.NOT_RUN, reason)

    def unusable(self, gate: str, tool: str, place: str | None = None) -> Result | None:
        """A verdict without a run: the project does not have a tool, or says that it has and does not. Else None.

        Args:
            gate: the gate that needs the tool.
            tool: its name.
            place: what configures it, where that is known without looking for it.
        """
        place = place or self.overview.tools.configured.get(tool)
        if place is None:
            declared = tool in self.overview.tools.declared
            why = (
                f"the project depends on {tool} and does not configure it" if declared else f"the project has no {tool}"
            )
            return Result(gate, Verdict.NOT_CONFIGURED, why)
        if gate not in OF_TEXTS and (missing := self.without_libraries(gate)):
            return missing
        if tool not in self.modules:
            reason = f"{tool} is configured ({place}) and not installed in {self.runner.environment.source}"
            if not self.runner.environment.own:
                return Result(gate, Verdict.NOT_RUN, f"{NO_ENVIRONMENT}; {reason}")
            return Result(gate, Verdict.FAILED, reason, lines=["install the project's development dependencies"])
        return None
