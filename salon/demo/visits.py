"""A fortnight of visits in every state: each is booked, answered, received and performed by the real use cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle
from random import Random
from typing import Any

from salon.demo.people import ANSWERS, REGULARS, TODAY, Person
from salon.domain.errors import NotReady
from salon.domain.menu import Kind
from salon.domain.permissions import Actor
from salon.domain.questionnaire import Scope, questions_for
from salon.usecases import appointments, card, chair, intake
from salon.usecases.accounts import link_actor
from salon.usecases.availability import find_slots
from salon.usecases.booking import Booked, BookingRequest, book_online
from salon.usecases.clients import Contact
from salon.usecases.diary import Wish
from salon.usecases.intake import ConsentGiven
from salon.usecases.menu import MenuService, read_menu
from salon.usecases.salons import SalonFacts, read_salon
from salon.usecases.service_change import change_service

SEED = 20261123
DAYS_AROUND = 7
_A_DAY: Mapping[str, tuple[int, int]] = {"amber": (3, 4), "lotus": (1, 2)}  # visits on a day past, on one to come
_MOMENT = timedelta(minutes=1)
_CANCELLED, _MISSED = 2, 5  # of eight past visits the third was cancelled, the sixth missed


@dataclass(frozen=True, slots=True)
class _Made:
    """A booked demo visit: who, what, and when it was booked and answered."""

    person: Person
    booked: Booked
    service: MenuService


class Fortnight:
    """Fills one salon; the same day gives the same visits (references and links are random)."""

    def __init__(self, slug: str, actors: Mapping[str, Actor], *, now: datetime) -> None:
        self.slug, self.actors, self.now = slug, actors, now.replace(second=0, microsecond=0)
        self.random = Random(f"{SEED} {slug}")  # noqa: S311 - a demo that repeats itself, no secret
        self.salon: SalonFacts = read_salon(actors["public"])
        self.menu = read_menu(actors["public"])
        self.massages = [service for service in self.menu if service.massage_kind not in (None, Kind.CHILDREN.value)]
        self.plain = [service for service in self.menu if service.massage_kind is None]
        self.turns = cycle(range(8))
        self.regulars = cycle(REGULARS[slug])

    def fill(self) -> int:
        """Book, answer and perform everything; return how many visits were made."""
        today = self.salon.local_date(self.now)
        made: list[_Made] = []
        for offset in range(-DAYS_AROUND, DAYS_AROUND + 1):
            on = today + timedelta(days=offset)
            people = TODAY[self.slug] if offset == 0 else self._some_regulars(is_past=offset < 0)
            made += [visit for person in people if (visit := self._visit(person, on)) is not None]
        for visit in made:
            if visit.booked.end <= self.now:
                self._past(visit)
        self._present(made)
        return len(made)

    def _some_regulars(self, *, is_past: bool) -> list[Person]:
        past, to_come = _A_DAY[self.slug]
        return [next(self.regulars) for _ in range(past if is_past else to_come)]

    # ---- booking and answering ----

    def _visit(self, person: Person, on: date) -> _Made | None:
        """Book a free time on that date and answer what is asked; None when the day is full."""
        midnight = datetime.combine(on, time(), self.salon.zone)
        early = midnight - timedelta(days=self.random.randint(1, 5), minutes=self.random.randint(0, 600))
        booked_at = min(self.now - 30 * _MOMENT, early)
        service = self.random.choice(self.massages if self.random.random() < 0.75 else self.plain)
        if person.answers not in ("well", None):
            service = self.massages[0]
        addons = tuple(addon.key for addon in service.addons if self.random.random() < 0.25)[:2]
        wish = Wish(service.key, addons)
        slots = find_slots(self.actors["public"], wish, first=on, last=on, now=booked_at).slots
        if not slots:
            return None
        request = BookingRequest(
            wish,
            self.random.choice(slots).start,
            Contact(person.name, person.phone, person.email, person.locale),
            note=self.random.choice((None, None, None, "Bringing her own polish.", "Please call, the bell is broken.")),
        )
        booked = book_online(self.actors["public"], request, now=booked_at)
        if booked.intake_status == "required" and person.answers is not None:
            self._answer(person, booked, booked_at)
        return _Made(person, booked, service)

    def _answer(self, person: Person, booked: Booked, booked_at: datetime) -> None:
        """Answer a few hours before the visit, when the day's questions are asked too, or as late as now."""
        at = max(booked_at + 2 * _MOMENT, min(self.now - 10 * _MOMENT, booked.start - timedelta(hours=3)))
        actor = link_actor(booked.intake_token, "intake", now=at)
        scope = intake.read_intake(actor, now=at).scope
        if scope is not None:
            signed = ConsentGiven(accepted=True, signed_name=person.name)
            intake.submit_intake(actor, answers(person.answers or "well", scope), consent=signed, locale=None, now=at)

    # ---- what became of them ----

    def _past(self, visit: _Made) -> None:
        """A past visit was cancelled, missed, or done."""
        reference, desk = visit.booked.reference, self.actors["receptionist"]
        turn = next(self.turns)
        if turn == _CANCELLED:
            appointments.cancel(desk, reference, now=visit.booked.start - timedelta(hours=2))
        elif turn == _MISSED:
            appointments.mark_no_show(desk, reference, now=visit.booked.start + 20 * _MOMENT)
        else:
            try:
                self._begin(visit, at=visit.booked.start)
            except NotReady:  # not even a manicure that day: the client comes another time
                appointments.cancel(desk, reference, now=visit.booked.start)
            else:
                self._finish(visit)

    def _present(self, made: list[_Made]) -> None:
        """One visit is under way and the next client waits, whatever the hour."""
        open_ones = sorted((one for one in made if one.booked.end > self.now), key=lambda one: one.booked.start)
        soon = [one for one in open_ones if one.booked.start - self.now < timedelta(hours=23)]
        ready = [one for one in soon if one.person.answers in ("well", "nuts", "story")]
        if ready:
            self._begin(ready[0], at=self.now - 5 * _MOMENT)
        for one in soon:
            if one not in ready[:1]:
                appointments.check_in(self.actors["receptionist"], one.booked.reference, now=self.now - 3 * _MOMENT)
                break

    def _begin(self, visit: _Made, *, at: datetime) -> None:
        """The client comes in, the technician reads the card, marks what she must have seen, and starts."""
        reference = visit.booked.reference
        technician, desk = self.actors[visit.booked.technician], self.actors["receptionist"]
        appointments.check_in(desk, reference, now=at - 5 * _MOMENT)
        opened = card.read_card(technician, reference, now=at - 2 * _MOMENT)
        codes = [each.caution.code for each in opened.cautions]
        if codes:
            chair.acknowledge(technician, reference, codes, now=at - _MOMENT)
        try:
            chair.start(technician, reference, confirmed_today=True, now=at)
        except NotReady:
            self._without_massage(visit, at)
            chair.start(technician, reference, confirmed_today=True, now=at)

    def _without_massage(self, visit: _Made, at: datetime) -> None:
        if visit.service.without_massage is not None:
            desk = self.actors["receptionist"]
            change_service(desk, visit.booked.reference, visit.service.without_massage, now=at)

    def _finish(self, visit: _Made) -> None:
        reference = visit.booked.reference
        end = visit.booked.end - self.random.choice((0, 0, 0, 5)) * _MOMENT
        outcome = "adapted" if visit.person.answers not in ("well", None) else "as_planned"
        chair.complete(self.actors[visit.booked.technician], reference, chair.Done(outcome), now=end)


def answers(name: str, scope: Scope) -> dict[str, Any]:
    """Return one person's answers to what this scope asks: "no" to everything that she does not say otherwise."""
    asked = {question.link_id: question for question in questions_for(scope)}
    given: dict[str, Any] = {
        link_id: [] if question.repeats else "no"
        for link_id, question in asked.items()
        if question.parent is None and question.required
    }
    if "age_band" in asked:
        given["age_band"] = "18_plus"
    return given | {link_id: value for link_id, value in ANSWERS[name].items() if link_id in asked}
