"""What each request must answer in each state of the graph, learnt one by one before the clients begin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bench.soak.asks import Ask, Told, Wrong, rows_of, told
from bench.soak.wire import GOOD, Wire
from tests.questions.answer import answer_to


@dataclass(slots=True)
class Known:
    """Digests by request and release; a release as its first 12 digits, as pages and pictures print it."""

    answers: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    releases: dict[str, str] = field(default_factory=dict)  # release -> what is loaded then
    unjudged: int = 0

    async def learn(self, wire: Wire, all_: Iterable[Ask], state: str, release: str) -> None:
        """Ask everything in one state; raises `Wrong` where an answer is not what it must be."""
        self.releases[release] = state
        for ask in all_:
            reply = await wire.ask(ask.method, ask.path, ask.body, ask.headers)
            if reply.status not in GOOD:
                raise Wrong(f"{ask.kind} {ask.name}: {reply.status} {reply.body[:200]!r}")
            if ask.question is not None and state == BASE:
                rows = rows_of(ask, reply)
                if rows != answer_to(ask.question).rows:
                    raise Wrong(f"{ask.kind} {ask.name} is not the answer that was checked by hand")
            answer = told(ask, reply)
            if answer.release not in {None, release}:
                raise Wrong(f"{ask.kind} {ask.name} is of release {answer.release}, not {release}")
            known = self.answers.setdefault((ask.kind, ask.name), {})
            if known.setdefault(release, answer.digest) != answer.digest:
                raise Wrong(f"{ask.kind} {ask.name} has two answers for one release")

    def check(self, ask: Ask, answer: Told, *, in_parts: bool) -> None:
        """Raise `Wrong` where an answer belongs to no state; `in_parts` while a source is half-way in or out.

        Then there are releases that nobody has seen before: an answer that no source changes must be as
        ever, another one cannot be judged and is counted.
        """
        known = self.answers[ask.kind, ask.name]
        if answer.release is None:
            if answer.digest in known.values():
                return
        elif answer.release in known:
            if known[answer.release] == answer.digest:
                return
            raise Wrong(f"differs from the answer of its release ({self.releases[answer.release]})")
        elif not in_parts:
            raise Wrong(f"is of the release {answer.release}, which no loaded sources make")
        if len(set(known.values())) == 1 and answer.digest in known.values():
            return
        if in_parts and len(set(known.values())) > 1:
            self.unjudged += 1
            return
        raise Wrong("belongs to no state of the graph")

    def depending(self) -> int:
        """Return how many requests are answered otherwise when another source is loaded."""
        return sum(len(set(answers.values())) > 1 for answers in self.answers.values())


BASE = "built-in article"
STATES: Sequence[str] = (BASE, "and an article", "and a graph")
