"""A consultation's whole life at random (promise 29): every verb, edits, trial runs, changes while open and answers, in any order.

The form locks after it opens but for approved changes; trial answers never outlive the opening; no version that somebody answered
is changed or lost; what closed never opens again.
"""

import asyncio
import datetime
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings, strategies
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from msgspec import structs

from server.app import create_app
from server.database import DB
from server.settings import Settings
from server.store import consultations, questionnaires, revisions, trials
from surveys import editing, lifecycle
from surveys.consultation import Consultation, Instrument, Person, State, Verb
from surveys.kinds import OpenText, Option, SelectOne
from surveys.problems import Refusal
from surveys.questionnaire import Question, Questionnaire, Section
from tests.conftest import SetClock, another
from tests.server.personas import made_persons

ENDED = (State.CLOSED, State.SEALED, State.PUBLISHED, State.ARCHIVED, State.CANCELLED)
HOURS = strategies.sampled_from((1, 14, 15, 24, 24 * 7, 24 * 29))
KIND = SelectOne((Option("yes", {"vi": "Có"}), Option("no", {"vi": "Không"})))
FORM = Questionnaire((Section("chung", (Question("q", KIND, {"vi": "Ông/bà thấy thế nào?"}), Question("y", OpenText(), {"vi": "Vì sao?"}))),))


class Life(RuleBasedStateMachine):
    """One consultation, the clock, and what was seen of them. `world` runs coroutines where the pool was opened."""

    world: "World"

    @initialize()
    def begin(self) -> None:
        self.clock = self.world.clock
        self.clock.moment = datetime.datetime(2026, 11, 23, 9, tzinfo=self.clock.moment.tzinfo)
        self.seen: dict[int, bytes] = {}
        self.answered = 0
        self.edits = 0
        self.ended = False
        self.locked: tuple[int, bytes] | None = None
        given = Consultation(
            id="", slug="", unit="", instrument=Instrument.SATISFACTION, title={"vi": "Hỏi"},
            opens_on=datetime.date(2026, 11, 24), closes_on=datetime.date(2026, 12, 23),
        )  # fmt: skip
        made = self.run(lambda: consultations.create(given, FORM, by=self.author, now=self.clock.now()))
        self.slug = made.slug

    @property
    def author(self) -> Any:
        return self.world.persons["author"]

    @property
    def approver(self) -> Any:
        return self.world.persons["approver"]

    def run(self, act: Callable[[], Awaitable[Any]]) -> Any:
        return self.world.runner.run(awaited(act))

    def tried(self, act: Callable[[], Awaitable[Any]]) -> Any:
        """What it gives, None where it is refused: both are right, here only what stays true counts."""
        try:
            return self.run(act)
        except Refusal:
            return None

    async def changed(self, slug: str) -> Any:
        """Other words in the question, as the room of questions saves them."""
        now = self.clock.now()
        draft = await consultations.to_edit(self.author, slug, now)
        asked = await questionnaires.questionnaire(draft)
        question = structs.replace(asked.question("q"), label={"vi": f"Lời lần {self.edits}?"})
        return await consultations.save_questionnaire(draft, editing.replace_question(asked, question), by=self.author, now=now)

    @rule()
    def edit(self) -> None:
        self.edits += 1
        self.tried(lambda: self.changed(self.slug))

    @rule(verb=strategies.sampled_from(list(Verb)), hasty=strategies.booleans())
    def act(self, verb: Verb, hasty: bool) -> None:
        person = self.author if hasty or verb in (Verb.SUBMIT, Verb.OPEN) else self.approver
        until = self.at().closes_on + datetime.timedelta(days=7) if verb is Verb.EXTEND else None
        self.tried(lambda: consultations.act(verb, self.slug, by=person, now=self.clock.now(), reason="Vì cần.", closes_on=until))

    @precondition(lambda self: self.at().state in lifecycle.BEFORE_OPEN)
    @rule(steps=strategies.integers(1, 4))
    def forward(self, steps: int) -> None:
        """On towards opening, so that lives get long."""
        for _ in range(steps):
            held = self.at()
            verb = {State.DRAFT: Verb.SUBMIT, State.IN_REVIEW: Verb.APPROVE}.get(held.state)
            person = self.approver if verb is Verb.APPROVE else self.author
            if verb:
                self.tried(lambda verb=verb, person=person: consultations.act(verb, self.slug, by=person, now=self.clock.now()))
            elif held.state is State.APPROVED and self.clock.now() < lifecycle.opens_at(held):
                self.clock.moment = lifecycle.opens_at(held)

    @rule(hours=HOURS, settled=strategies.booleans())
    def wait(self, hours: int, settled: bool) -> None:
        self.clock.move(hours=hours)
        if settled:
            self.run(lambda: consultations.settle_due(self.clock.now()))

    @rule(number=strategies.integers(0, 5))
    def try_form(self, number: int) -> None:
        async def answer() -> None:
            held = await consultations.to_run(self.author, self.slug, self.clock.now())
            await trials.run("start", held, by=self.author, now=self.clock.now())
            running = await trials.trial(held.id)
            if running:
                async with another(self.world.app) as colleague:
                    await colleague.post(f"/thu/{running.token}/send", data={"q": "yes", ":key": f"trial-number-{number}"})

        if lifecycle.is_trying(self.at()):
            self.tried(answer)

    @rule(named=strategies.sampled_from(("none", "oldest", "newest", "never")), choice=strategies.sampled_from(("yes", "no")))
    def answer(self, named: str, choice: str) -> None:
        self.send(named, choice)

    def send(self, named: str, choice: str) -> None:
        """By a program, under the version that it names."""
        held = self.at()
        opened = lifecycle.open_versions(held)
        version = {"none": None, "oldest": opened[0], "newest": opened[-1], "never": held.version + 1}[named]

        async def post() -> int:
            async with another(self.world.app) as resident:
                self.world.keys += 1
                body = {"answers": {"q": choice}, **({"version": version} if version else {})}
                headers = {"Idempotency-Key": f"resident-{self.world.keys}"}
                return (await resident.post(f"/api/v1/consultations/{self.slug}/responses", json=body, headers=headers)).status_code

        status = self.run(post)
        expected = 404 if held.state in (State.DRAFT, State.IN_REVIEW) else 201 if held.state is State.OPEN else 403
        assert status == (422 if expected == 201 and named == "never" else expected)
        self.answered += status == 201

    @precondition(lambda self: len(lifecycle.open_versions(self.at())) > 1)
    @rule(choice=strategies.sampled_from(("yes", "no")))
    def answer_the_old_form(self, choice: str) -> None:
        self.send("oldest", choice)

    @precondition(lambda self: self.at().state is State.OPEN)
    @rule(until=strategies.sampled_from(("written", "submitted", "approved")))
    def change(self, until: str) -> None:
        held = self.at()

        async def amend() -> None:
            now = self.clock.now()
            copy = await revisions.under_way(held) or await revisions.begin(self.slug, by=self.author, now=now)
            if copy.state is State.DRAFT:
                await self.changed(copy.slug)
                await revisions.explain(copy.slug, reason="Sai chữ.", same_meaning=(), by=self.author, now=now)
            if until != "written" and copy.state is State.DRAFT:
                await consultations.act(Verb.SUBMIT, copy.slug, by=self.author, now=now)
            if until == "approved":
                await consultations.act(Verb.APPROVE, copy.slug, by=self.approver, now=now)

        self.edits += 1
        self.tried(amend)

    def at(self) -> Consultation:
        """As the clock has it."""
        return lifecycle.at(self.world.runner.run(awaited(lambda: consultations.load(self.slug))), self.clock.now())

    @invariant()
    def what_must_hold(self) -> None:
        held = self.at()
        stored = self.run(lambda: DB.pool.fetch("SELECT version, content::text FROM questionnaire WHERE consultation = $1::uuid", str(held.id)))  # type: ignore[union-attr]
        contents = {row["version"]: row["content"].encode() for row in stored}
        self.never_opens_again(held)
        self.locks(held, contents)
        self.keeps_what_was_answered(held, contents)
        self.drops_trials(held)

    def never_opens_again(self, held: Consultation) -> None:
        assert not (self.ended and held.state not in ENDED)
        self.ended = held.state in ENDED

    def locks(self, held: Consultation, contents: dict[int, bytes]) -> None:
        """Once open, another questionnaire is a later edition with its reason; before and after nothing moves but drafts."""
        now = (held.version, contents[held.version])
        if self.locked and self.locked != now:
            assert held.editions[-1].version == held.version > self.locked[0]
            assert held.editions[-1].reason == "Sai chữ."
        if held.editions:
            self.locked = now

    def keeps_what_was_answered(self, held: Consultation, contents: dict[int, bytes]) -> None:
        for version in lifecycle.open_versions(held) if held.editions else ():
            assert self.seen.setdefault(version, contents[version]) == contents[version]
        rows = self.run(lambda: DB.pool.fetch("SELECT version FROM answer WHERE consultation = $1::uuid", str(held.id)))  # type: ignore[union-attr]
        assert {row["version"] for row in rows} <= set(lifecycle.open_versions(held))
        assert len(rows) == self.answered

    def drops_trials(self, held: Consultation) -> None:
        stored = self.run(lambda: consultations.load(self.slug))
        tried = self.run(lambda: trials.answers(held.id))
        assert stored.state in lifecycle.BEFORE_OPEN or tried == []


async def awaited(act: Callable[[], Awaitable[Any]]) -> Any:
    return await act()


class World:
    """An application with its people, in an event loop of its own: Hypothesis calls rules one after the other, outside any loop."""

    def __init__(self, known: Settings, clock: SetClock) -> None:
        self.clock = clock
        self.runner = asyncio.Runner()
        self.app = create_app(known, clock)
        self.ended = asyncio.Event()
        self.keys = 0

    def open(self, password_hash: str) -> None:
        self.persons = self.runner.run(self.begin(password_hash))

    async def begin(self, password_hash: str) -> dict[str, Person]:
        """Its pool is opened and closed in one task, which lives as long as the world."""
        opened = asyncio.Event()
        self.task = asyncio.create_task(self.live(opened))
        await opened.wait()
        return await made_persons(password_hash, self.clock)

    async def live(self, opened: asyncio.Event) -> None:
        async with self.app.lifespan():
            opened.set()
            await self.ended.wait()

    def close(self) -> None:
        self.ended.set()
        self.runner.run(awaited(lambda: self.task))
        self.runner.close()


@pytest.fixture
def database_settings(database_url: str, tmp_path: Any) -> Settings:
    (tmp_path / "files").mkdir()
    return Settings(data=tmp_path, secret=b"a secret of the tests, long enough for all", database_url=database_url)


def test_no_life_breaks_a_promise(database_settings: Settings, clock: SetClock, password_hash: str) -> None:
    world = World(database_settings, clock)
    world.open(password_hash)
    machine = type("OneLife", (Life,), {"world": world})
    checks = settings(max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    try:
        run_state_machine_as_test(machine, settings=checks)
    finally:
        world.close()
