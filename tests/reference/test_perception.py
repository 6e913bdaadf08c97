"""Two real surveys (Nepal Community Perception Survey 2015) against figures that somebody else counted. Skips where the data is absent."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from server.cli import main

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
ROUNDS = [
    pytest.param(DATA / name, id=name, marks=pytest.mark.skipif(not (DATA / name).is_dir(), reason="the real data is not here"))
    for name in ("perception_round1", "perception_round2")
]


@pytest.fixture(scope="module", params=ROUNDS)
def survey(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was expected, and tallies.json."""
    folder, output = request.param, tmp_path_factory.mktemp(request.param.name)
    arguments = ["analyse", str(folder / "form.xlsx"), str(folder / "data.csv"), "-o", str(output), "--min-cell", "0", "--by", "District", "--no-pdf"]
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads((folder / "expected.json").read_bytes()), json.loads((output / "tallies.json").read_bytes())


def test_every_question_has_the_expected_figures(survey):
    expected, found = survey

    questions = {
        question["name"]: {"answered": question["answered"]}
        | ({"options": {option["value"]: option["count"] for option in question["options"] if option["count"]}} if question["options"] else {})
        | ({"mean": question["mean"], "satisfied_percent": question["satisfied_percent"]} if question["kind"] == "scale" else {})
        for question in found["questions"]
    }

    assert found["responses"] == expected["responses"]
    assert questions == {name: nearly(figures) for name, figures in expected["questions"].items()}


def test_every_group_has_the_expected_figures(survey):
    expected, found = survey

    groups = {
        question["name"]: {group["value"]: {name: group[name] for name in ("answered", "satisfied_percent")} for group in question["groups"]["District"]}
        for question in found["questions"]
        if question["name"] in expected["by"]["District"]
    }

    assert groups == {name: {group: nearly(figures) for group, figures in by.items()} for name, by in expected["by"]["District"].items()}


def test_every_share_can_be_recomputed_from_its_counts(survey):
    _, found = survey

    for question in found["questions"]:
        assert question["answered"] + question["missing"] == question["asked"]
        for row in (question, *question["groups"]["District"]):
            assert [option["percent"] for option in row["options"]] == [pytest.approx(100 * option["count"] / row["answered"]) for option in row["options"]]


def nearly(figures: dict[str, Any]) -> dict[str, Any]:
    return {name: pytest.approx(value, rel=1e-12) if isinstance(value, float) else value for name, value in figures.items()}
