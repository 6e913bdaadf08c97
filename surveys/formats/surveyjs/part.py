"""A SurveyJS object that remembers which of its properties were taken; its place is a JSON pointer."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

LONGEST = 300


class Part:
    """One object of the definition. Objects within are parts, too, made once."""

    def __init__(self, raw: Mapping[str, Any], where: str) -> None:
        self.raw = raw
        self.where = where
        self.taken: set[str] = set()
        self.inner: dict[str, list[Part]] = {}

    def take(self, *names: str) -> Any:
        """The first of these properties that is there; None for none."""
        for name in names:
            if name in self.raw:
                self.taken.add(name)
                return self.raw[name]
        return None

    def peek(self, name: str) -> Any:
        return self.raw.get(name)

    def on(self, *names: str) -> bool:
        """Whether one of these is true."""
        found = [name for name in names if self.raw.get(name) is True]
        self.taken.update(found)
        return bool(found)

    def said(self, name: str) -> str:
        """A property that is a text, such as an expression."""
        value = self.raw.get(name)
        return str(self.take(name)) if isinstance(value, str) and value.strip() else ""

    def number(self, *names: str) -> float | None:
        """A number; anything else is left."""
        for name in names:
            value = self.raw.get(name)
            if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15:
                self.taken.add(name)
                return value
        return None

    def whole(self, *names: str) -> int | None:
        value = next((self.raw.get(name) for name in names if name in self.raw), None)
        return None if value is None or not float_is_whole(value) else int(self.number(*names) or 0)

    def parts(self, name: str) -> list["Part"]:
        """The objects of a list; a plain value in it is one with that value alone."""
        if name not in self.inner:
            listed = self.raw.get(name)
            self.inner[name] = []
            if isinstance(listed, list):
                self.taken.add(name)
                for number, one in enumerate(listed):
                    self.inner[name].append(Part(one if isinstance(one, dict) else {"value": one}, f"{self.where}/{name}/{number}"))
        return self.inner[name]

    def all(self) -> Iterator["Part"]:
        yield self
        for listed in self.inner.values():
            for part in listed:
                yield from part.all()

    def take_all(self) -> None:
        """What became of it is said elsewhere."""
        for part in self.all():
            part.taken.update(part.raw)

    @property
    def left(self) -> Iterator[tuple[str, Any]]:
        return ((name, value) for name, value in self.raw.items() if name not in self.taken)


def float_is_whole(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15 and float(value).is_integer()


def written(value: Any) -> str:
    """A property as it stands in the file, cut where it is long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
