"""The documents of a pack: those that its files refer to, those these refer to, and what lies beside them unread."""

from __future__ import annotations

import os

from packlint.file import Kind
from packlint.files.filesystem import normal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from packlint.file import File
    from packlint.pack import Pack

_DOCUMENT_FOLDERS = ("patterns", "styles")
# What lies unread in these is for people.
_PEOPLES_FOLDERS = ("docs", "doc")
_SKILL_DOCUMENT_FOLDERS = ("", "/references", "/reference")


def find(pack: Pack) -> list[File]:
    """The documents, in the order of their names."""
    taken = {file.real for file in pack.loaded} | _styles(pack)
    found: dict[str, File] = {}
    queue = [*pack.loaded]
    if (new := _new(pack)) is not None and (real := pack.disk.real(new)) not in taken:
        found[real] = pack.file_at(Kind.DOCUMENT, new)
        queue.append(found[real])
    folders = {f"{pack.base_location}/{name}" for name in _DOCUMENT_FOLDERS}
    folders |= {f"{skill}{name}" for skill in pack.skill_folders for name in _SKILL_DOCUMENT_FOLDERS}
    for file in queue:
        for target in pack.gist(file).targets:
            real = pack.disk.real(target)
            if real in taken or real in found:
                continue
            found[real] = pack.file_at(Kind.DOCUMENT, target)
            folders.add(os.path.dirname(target))
            queue.append(found[real])
    for folder in sorted(folders - {pack.location, pack.base_location}):
        if folder[len(pack.location) + 1 :].partition("/")[0] in _PEOPLES_FOLDERS:
            continue
        for name in pack.disk.entries(folder) if pack.disk.is_folder(folder) else ():
            path = f"{folder}/{name}"
            if name.endswith(".md") and pack.disk.is_file(path) and (real := pack.disk.real(path)) not in taken:
                found.setdefault(real, pack.file_at(Kind.DOCUMENT, path))
    return sorted(found.values(), key=lambda file: file.shown)


def _new(pack: Pack) -> str | None:
    """The place of a text that was given for a file which is not there yet: nobody can have referred to it."""
    return pack.given[0] if pack.given is not None and not pack.disk.is_file(pack.given[0]) else None


def _styles(pack: Pack) -> set[str]:
    """The output styles that a plugin's manifest names: the client reads them, and to it they are no documents."""
    found: set[str] = set()
    for file in pack.manifests:
        if '"outputStyles"' not in file.document.text:
            continue
        from packlint.discovery import manifests

        manifest = manifests.read(file, manifests.PLUGIN)
        for text, _ in manifests.paths(manifest, "outputStyles") if manifest is not None else ():
            place = normal(f"{pack.location}/{text}")
            names = pack.disk.entries(place) if pack.disk.is_folder(place) else ()
            found |= {pack.disk.real(path) for path in (place, *(f"{place}/{name}" for name in names))}
    return found


def referenced_by(pack: Pack) -> dict[str, list[str]]:
    """Real path of each document -> reported paths of the files that refer to it."""
    found: dict[str, list[str]] = {}
    for file in pack.files:
        for target in sorted({pack.disk.real(path) for path in pack.gist(file).targets}):
            if target != file.real:
                found.setdefault(target, []).append(file.shown)
    return found


def meant(pack: Pack) -> set[str]:
    """Real paths of files that a reference means and does not reach: its case or its variable is wrong."""
    found = set()
    for file in pack.files:
        for path in pack.gist(file).meant:
            bases = {pack.location, pack.base_location, os.path.dirname(file.location)}
            bases |= {folder for folder in [pack.skill_folder(file)] if folder is not None}
            found |= {pack.disk.real(normal(f"{base}/{path}")) for base in bases if "\0" not in path}
    return found


def is_for_people(file: File, pack: Pack) -> bool:
    """Whether a document is a project's or a plugin's own, and a model comes to it by other documents at most."""
    if file.kind is not Kind.DOCUMENT or pack.skill_folder(file) is not None:
        return False
    if file.location.startswith(f"{pack.base_location}/"):
        folder, slash, _ = file.location[len(pack.base_location) + 1 :].partition("/")
        if pack.base_location != pack.location or (slash and folder not in _PEOPLES_FOLDERS):
            return False
    return _is_left_to_documents(file, pack)


def is_readme(file: File, pack: Pack) -> bool:
    """Whether a file among agents or commands tells people about these: what the client makes of it, nobody wants."""
    is_loaded = file.kind in (Kind.AGENT, Kind.COMMAND)
    return is_loaded and file.role.stem.lower() == "readme" and _is_left_to_documents(file, pack)


def _is_left_to_documents(file: File, pack: Pack) -> bool:
    loaded = {each.shown for each in pack.loaded}
    return loaded.isdisjoint(pack.referenced_by.get(file.real, ()))


def is_template(path: str, skill: str) -> bool:
    """Whether a document of a skill is what the skill writes from: its links lead somewhere else than here."""
    *folders, name = path[len(skill) + 1 :].split("/")
    return "template" in name.lower() or not {"assets", "templates", "template"}.isdisjoint(folders)
