"""packlint's enumerations are what those of the standard library are, in all that packlint does with them."""

from __future__ import annotations

import copy
import enum
import json
import pickle

import pytest

from packlint import enumeration


class Ours(enumeration.StrEnum):
    """As packlint has it."""

    FIRST = "first one"
    SECOND = "second"

    @property
    def rank(self) -> int:
        return list(Ours).index(self)


class Theirs(enum.StrEnum):
    """As the standard library has it."""

    FIRST = "first one"
    SECOND = "second"

    @property
    def rank(self) -> int:
        return list(Theirs).index(self)


@pytest.mark.parametrize(("ours", "theirs"), [*zip(Ours, Theirs, strict=True)])
def test_members_are_texts_with_a_name_and_a_value(ours: Ours, theirs: Theirs) -> None:
    assert (ours.name, ours.value, ours.rank) == (theirs.name, theirs.value, theirs.rank)
    assert ours == theirs.value
    assert hash(ours) == hash(theirs)
    assert (str(ours), f"{ours}", f"{ours:>12}", json.dumps(ours)) == (
        str(theirs),
        f"{theirs}",
        f"{theirs:>12}",
        json.dumps(theirs),
    )
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")


@pytest.mark.parametrize("member", list(Ours))
def test_a_member_is_the_same_wherever_it_comes_from(member: Ours) -> None:
    assert Ours(member.value) is member
    assert Ours(member) is member
    assert pickle.loads(pickle.dumps(member)) is member  # noqa: S301 - made in this line
    assert copy.deepcopy(member) is member
    assert isinstance(member, Ours)


@pytest.mark.parametrize("value", ["third", "FIRST", ""])
def test_what_is_no_value_is_refused_in_the_same_words(value: str) -> None:
    with pytest.raises(ValueError, match="is not a valid") as ours:
        Ours(value)
    with pytest.raises(ValueError, match="is not a valid") as theirs:
        Theirs(value)
    assert str(ours.value) == str(theirs.value).replace("Theirs", "Ours")
