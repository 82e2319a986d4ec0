"""How a project's code is laid out: which folders or files stand for layers, which folders for features."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from pathlib import Path

from toolkit.project import likeness
from toolkit.project.modules import Module
from toolkit.project.overview import Overview

LAYERS = {
    *("router", "routers", "route", "routes", "endpoint", "endpoints", "view", "views", "controllers", "handlers"),
    *("model", "models", "entities", "orm", "tables", "schema", "schemas", "dto", "dtos", "service", "services"),
    *("usecases", "repository", "repositories", "repos", "crud", "dao"),
}


def describe(overview: Overview) -> str:
    """Where the code is imported from, and how it is divided."""
    application = overview.application
    divided = _divided(overview)
    if application is None:
        return divided
    package = application.import_name.partition(".")[0]
    if application.folder == application.root:
        return f"modules in {_place(application.root, overview)}, {divided}"
    if application.folder == overview.folder:
        return f"package {package}, imported from the folder above, {divided}"
    return f"package {package} in {_place(application.root, overview)}, {divided}"


def _place(folder: Path, overview: Overview) -> str:
    place = os.path.relpath(folder, overview.folder)
    return "the project folder" if place == "." else f"{place}/"


def _divided(overview: Overview) -> str:
    folders: Counter[str] = Counter()
    files: dict[Path, set[str]] = defaultdict(set)
    for module in _of_layers(overview):
        above = [part for part in module.parts[:-1] if part in LAYERS]
        if above:
            folders[above[-1]] += 1
        elif module.stem in LAYERS:
            files[module.path.parent].add(module.stem)
    package = overview.package
    features = {
        one: len(layers)
        for one, layers in files.items()
        if one != package and _repeated(layers, one, files) and likeness.is_about(one.name)
    }
    # A few folders with parts of their own make no layout where most of the code is in folders of layers.
    if len(features) > 1 and sum(features.values()) >= folders.total():
        return f"a folder for each feature: {', '.join(sorted({one.name for one in features}))}"
    alone = sorted({f"{stem}.py" for layers in files.values() for stem in layers})
    found = [f"a folder for each of {', '.join(sorted(folders))}"] if folders else []
    found += [f"a file for each of {', '.join(alone)}"] if alone else []
    return " and ".join(found) or "no layers"


def _of_layers(overview: Overview) -> list[Module]:
    routers = [endpoint.module for one in overview.routes.routers.values() for endpoint in one.endpoints]
    return list(dict.fromkeys([*routers, *(part.module for part in overview.parts if part.kind != "settings")]))


def _repeated(layers: set[str], place: Path, files: dict[Path, set[str]]) -> bool:
    """Whether a folder has layers as files that another folder has, too."""
    return any(layers & others for other, others in files.items() if other != place)
