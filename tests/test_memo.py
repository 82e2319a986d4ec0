"""What stands in for functools does what functools does, in all that packlint asks of it."""

from __future__ import annotations

from packlint.memo import cache, cached_property, lru_cache


def test_a_function_is_called_once_for_each_argument() -> None:
    calls: list[int] = []

    @cache
    def twice(number: int) -> int:
        """Doubles a number."""
        calls.append(number)
        return 2 * number

    assert [twice(1), twice(2), twice(1)] == [2, 4, 2]
    assert calls == [1, 2]
    assert twice.__doc__ == "Doubles a number."
    twice.cache_clear()
    assert twice(1) == 2
    assert calls == [1, 2, 1]
    assert tuple(twice.cache_info()) == (0, 1, None, 1)


def test_the_oldest_results_are_forgotten() -> None:
    calls: list[int] = []

    @lru_cache(maxsize=2)
    def same(number: int) -> int:
        calls.append(number)
        return number

    for number in (1, 2, 1, 3, 2, 1):
        same(number)
    assert calls == [1, 2, 3, 2, 1]


def test_a_property_is_worked_out_once_and_can_be_set() -> None:
    calls: list[str] = []

    class Text:
        def __init__(self, text: str) -> None:
            self.text = text

        @cached_property
        def length(self) -> int:
            """How long it is."""
            calls.append(self.text)
            return len(self.text)

    one, other = Text("one"), Text("other")
    assert (one.length, other.length, one.length) == (3, 5, 3)
    assert calls == ["one", "other"]
    assert Text.length.__doc__ == "How long it is."
    one.length = 7
    assert one.length == 7
    del other.length
    assert other.length == 5
    assert calls == ["one", "other", "other"]
