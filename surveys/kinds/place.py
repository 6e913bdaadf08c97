"""Where: a province, ward or village, or a point on a map."""

import math
import re
from collections.abc import Mapping
from typing import Any, Literal

from surveys import problems, units
from surveys.kinds.kind import Column, Form, Kind, Reading, Value, first
from surveys.language import number_words
from surveys.problems import Problem

DEGREES = re.compile(r"[-+]?[0-9]{1,3}([.,][0-9]{1,15})?")


class UnitChoice(Kind, frozen=True, tag="unit"):
    """A province, ward or village, of the province `within` where that is named. Stored as its code: "48", "20209", "20209/<village>".

    People type its name, with or without tones; where several are called so, they are told which.
    """

    level: Literal["province", "ward", "village"] = "ward"
    within: str = ""

    def read(self, raw: Any) -> Reading:
        if not isinstance(raw, str):
            return Problem(problems.WRONG_SHAPE)
        found = units.found(raw, level="province" if self.level == "province" else "ward", within=self.within)
        if not found:
            return Problem(problems.NOT_A_UNIT, given={"given": raw})
        if len(found) > 1:
            return Problem(problems.SEVERAL_UNITS, given={"given": raw, "units": tuple(units.spoken(code) for code in found[:5])})
        village = raw.strip().partition("/")[2]
        return f"{found[0]}/{village}" if village and self.level == "village" else found[0]

    def columns(self, name: str) -> list[Column]:
        return [Column(name, "text")]

    def words(self, value: Value, language: str) -> str:
        return units.spoken(value.partition("/")[0])

    def from_form(self, name: str, form: Form) -> Any:
        """The code that the script filled in, else what was typed."""
        return first(form, f"{name}/code") or first(form, name)

    def fields(self, name: str) -> list[str]:
        return [name, f"{name}/code"]


class Place(Kind, frozen=True, tag="place"):
    """A point as [latitude, longitude]; on a plain picture without `bounds`, as fractions of its height and width from the top left.

    `image`: media name of the map that is tapped. `bounds`: its south, west, north, east in degrees.
    """

    image: str = ""
    bounds: tuple[float, float, float, float] | None = None

    @property
    def frame(self) -> tuple[float, float, float, float]:
        """South, west, north, east of what may be pointed at."""
        return self.bounds or ((0.0, 0.0, 1.0, 1.0) if self.image else (-90.0, -180.0, 90.0, 180.0))

    def limits(self) -> dict[str, Any]:
        return {"frame": self.frame}

    def read(self, raw: Any) -> Reading:
        if isinstance(raw, Mapping):
            raw = [raw.get("lat"), raw.get("lon")]
        if not isinstance(raw, list | tuple) or len(raw) != 2:
            return Problem(problems.WRONG_SHAPE)
        point = [degrees(part) for part in raw]
        if point[0] is None or point[1] is None:
            return Problem(problems.NOT_A_PLACE)
        south, west, north, east = self.frame
        if not (south <= point[0] <= north and west <= point[1] <= east):
            return Problem(problems.OFF_THE_MAP)
        return point

    def columns(self, name: str) -> list[Column]:
        return [Column(f"{name}/lat", "number"), Column(f"{name}/lon", "number")]

    def cells(self, name: str, value: Value) -> dict[str, Any]:
        return {f"{name}/lat": value[0], f"{name}/lon": value[1]}

    def words(self, value: Value, language: str) -> str:
        return "; ".join(number_words(part, language) for part in value)

    def facts(self, name: str, value: Value) -> dict[str, Any]:
        return {f"{name}/lat": value[0], f"{name}/lon": value[1]}

    def fields(self, name: str) -> list[str]:
        return [f"{name}/lat", f"{name}/lon"]

    def from_form(self, name: str, form: Form) -> Any:
        given = {part: first(form, f"{name}/{part}").strip() for part in ("lat", "lon")}
        return given if any(given.values()) else None

    def to_form(self, name: str, raw: Any) -> dict[str, list[str]]:
        if isinstance(raw, Mapping):
            raw = [raw.get("lat", ""), raw.get("lon", "")]
        return {f"{name}/{part}": [str(number).replace(".", ",")] for part, number in zip(("lat", "lon"), raw, strict=True)} if len(raw) == 2 else {}


def degrees(raw: Any) -> float | None:
    """To six decimals, a decimetre; rounded as the page does."""
    if isinstance(raw, str) and DEGREES.fullmatch(raw.strip()):
        raw = float(raw.strip().replace(",", "."))
    if not isinstance(raw, int | float) or isinstance(raw, bool) or not abs(raw) <= 360:
        return None
    return math.floor(float(raw) * 1e6 + 0.5) / 1e6
