"""What is wrong with a salon file is named with its JSON path and a reason: shape first, then meaning."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from salon.usecases.salon_file import REFUSED_SLUGS, read_file
from tests.salon_files import Document, faults_of, raw, small

# ---- shape ----

Change = Callable[[Document], Any]


@pytest.mark.parametrize(
    ("change", "path", "reason"),
    [
        (lambda d: d.pop("stations"), "$.stations", "is missing"),
        (lambda d: d.update(extra=1), "$.extra", "is not a known member"),
        (lambda d: d.update(format="salon/2"), "$.format", 'is "salon/2" and must be "salon/1"'),
        (lambda d: d["salon"].update(colour="red"), "$.salon.colour", "is not a known member"),
        (lambda d: d["salon"].update({"two words": 1}), "$.salon['two words']", "is not a known member"),
        (lambda d: d["salon"].update(slug="Amber"), "$.salon.slug", "lower-case letters"),
        (lambda d: d["salon"].update(slug="amber\n"), "$.salon.slug", "lower-case letters"),
        (lambda d: d["salon"].update(slug="a" * 41), "$.salon.slug", "40 at most"),
        (lambda d: d["salon"].update(name=""), "$.salon.name", "something to read"),
        (lambda d: d["salon"].update(name=" "), "$.salon.name", "something to read"),
        (lambda d: d["salon"].update(name="x" * 121), "$.salon.name", "must be 120 characters or shorter"),
        (lambda d: d["salon"].update(name="a\x00b"), "$.salon.name", "one line of text"),
        (lambda d: d["salon"].update(name=7), "$.salon.name", "must be a text"),
        (lambda d: d["salon"].update(locales=[]), "$.salon.locales", "needs 1 or more entries"),
        (lambda d: d["salon"].update(locales=["de"]), "$.salon.locales[0]", "must be one of en, es, vi"),
        (lambda d: d["salon"].update(locales=["en", "en"]), "$.salon.locales", "the same entry twice"),
        (lambda d: d["salon"].update(accent="red"), "$.salon.accent", "a colour"),
        (lambda d: d["salon"]["policy"].update(slot_step_min=0), "$.salon.policy.slot_step_min", "1 or more"),
        (lambda d: d["salon"]["policy"].update(slot_step_min=481), "$.salon.policy.slot_step_min", "480 or less"),
        (lambda d: d["salon"]["policy"].update(slot_step_min=True), "$.salon.policy.slot_step_min", "whole number"),
        (lambda d: d["salon"]["policy"].update(slot_step_min=7.5), "$.salon.policy.slot_step_min", "whole number"),
        (lambda d: d["salon"]["policy"].update(fit="loose"), "$.salon.policy.fit", "grid, tight"),
        (lambda d: d["salon"]["policy"].update(min_notice_min=525601), "$.salon.policy.min_notice_min", "525600"),
        (lambda d: d["salon"]["policy"].update(horizon_days=3651), "$.salon.policy.horizon_days", "3650 or less"),
        (lambda d: d["salon"]["policy"].update(intake_valid_days=29), "$.salon.policy.intake_valid_days", "30"),
        (lambda d: d["services"][0].update(duration_min=4), "$.services[0].duration_min", "5 or more"),
        (lambda d: d["services"][0].update(duration_min=5761), "$.services[0].duration_min", "5760 or less"),
        (lambda d: d["services"][0].update(buffer_after_min=241), "$.services[0].buffer_after_min", "240 or less"),
        (lambda d: d["services"][0].update(price_minor=-1), "$.services[0].price_minor", "0 or more"),
        (
            lambda d: d["services"][0].update(massage={"kind": "thai", "zones": []}),
            "$.services[0].massage.kind",
            "thai",
        ),
        (lambda d: d["services"][0].pop("massage"), "$.services[0].massage", "is missing"),
        (lambda d: d["services"][0]["for"].update(mai={"minutes": 3}), "$.services[0].for.mai.minutes", "known member"),
        (lambda d: d["services"][0]["name"].update(fr="Manucure"), "$.services[0].name.fr", "known member"),
        (lambda d: d["addons"][0].update(kind="sauna"), "$.addons[0].kind", "must be one of bath"),
        (lambda d: d["addons"][0].update(allergens=["gluten"]), "$.addons[0].allergens[0]", "one of nuts"),
        (lambda d: d["technicians"][0]["hours"][0].update(days=["monday"]), "$.technicians[0].hours[0].days[0]", "mon"),
        (lambda d: d["technicians"][0]["hours"][0].update(to="25:00"), "$.technicians[0].hours[0].to", "24:00"),
        (
            lambda d: d["technicians"][0]["exceptions"][0].update(hours=[["09:00"]]),
            "$.technicians[0].exceptions[0].hours[0]",
            "needs 2 or more",
        ),
        (lambda d: d["appointments"][0].update(status="held"), "$.appointments[0].status", "one of requested"),
        (lambda d: d["appointments"][0].update(duration_min=10081), "$.appointments[0].duration_min", "10080"),
        (lambda d: d["appointments"][0].update(start="2026-12-01"), "$.appointments[0].start", "a wall time"),
        (lambda d: d["appointments"][0].update(note="x" * 501), "$.appointments[0].note", "500"),
        (lambda d: d.update(appointments={}), "$.appointments", "must be a list"),
    ],
)
def test_a_wrong_shape_is_named_with_its_path(change: Change, path: str, reason: str) -> None:
    document = small()
    change(document)
    found = faults_of(document)
    assert path in found, found
    assert reason in found[path]


def test_each_wrong_member_is_named_not_only_the_first() -> None:
    document = small()
    document["salon"] |= {"name": "", "slug": "A"}
    document["services"][1]["duration_min"] = 0
    document["clients"][1] |= {"age": 3, "hair": "red"}
    assert list(faults_of(document)) == [
        "$.clients[1].age",
        "$.clients[1].hair",
        "$.salon.name",
        "$.salon.slug",
        "$.services[1].duration_min",
    ]


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (b"", "is not JSON at line 1, column 1"),
        (b"{]", "is not JSON at line 1, column 2"),
        (b"\xff\xfe{}", "is not UTF-8 at byte 0"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" * 900 + b"]" * 900, ""),
        (b"[NaN]", "a number that JSON does not have"),
        (b"[" + b"9" * 5000 + b"]", "far too long"),
        (b"[]", "must be an object"),
        (b'"salon"', "must be an object"),
    ],
)
def test_what_is_no_json_object_is_one_sentence(file: bytes, reason: str) -> None:
    assert reason in faults_of(file)["$"]


def test_a_member_that_stands_twice_is_named() -> None:
    file = raw(small()).replace(b'"name": "Amber Hands"', b'"name": "Amber Hands", "name": "Other"')
    assert faults_of(file) == {"$.salon.name": "stands twice in one object"}


def test_half_a_character_is_refused() -> None:
    file = raw(small()).replace(b"Amber Hands", b"Amber \\ud800 Hands")
    assert "half a character" in faults_of(file)["$.salon.name"]


def test_a_whole_number_may_be_written_with_a_point() -> None:
    checked = read_file(raw(small()).replace(b'"slot_step_min": 15', b'"slot_step_min": 15.0'))
    assert isinstance(checked.document["salon"]["policy"]["slot_step_min"], int)


# ---- meaning ----


def _service(document: Document) -> Document:
    found: Document = document["services"][0]
    return found


@pytest.mark.parametrize(
    ("change", "path", "reason"),
    [
        (lambda d: d["salon"].update(slug="desk"), "$.salon.slug", "taken by a page"),
        (lambda d: d["salon"].update(time_zone="Berlin"), "$.salon.time_zone", "is not a time zone"),
        (lambda d: d["salon"].update(time_zone="../etc/passwd"), "$.salon.time_zone", "is not a time zone"),
        (lambda d: d["salon"].update(currency="XQQ"), "$.salon.currency", "is not a currency"),
        (lambda d: d["salon"].update(country="XX"), "$.salon.country", "is not a country"),
        (lambda d: d["salon"].update(email="amber"), "$.salon.email", "is not an e-mail address"),
        (lambda d: d["stations"][1].update(key="table-1"), "$.stations[1].key", "first at $.stations[0].key"),
        (lambda d: d["clients"][1].update(key="c1"), "$.clients[1].key", "stands twice"),
        (lambda d: d["clients"][1].update(email="a@b@c"), "$.clients[1].email", "is not an e-mail address"),
        (lambda d: _service(d).update(name={"es": "Manicura"}), "$.services[0].name.en", "first language"),
        (
            lambda d: _service(d).update(description={"es": "Con crema"}),
            "$.services[0].description.en",
            "first language",
        ),
        (lambda d: d["addons"][0].update(name={"es": "Baño"}), "$.addons[0].name.en", "first language"),
        (lambda d: _service(d).update(addons=["sauna"]), "$.services[0].addons[0]", "not the key of an add-on"),
        (lambda d: _service(d)["for"].update(zoe={}), "$.services[0].for.zoe", "not the key of a technician"),
        (lambda d: d["services"][1].update({"for": {"olena": {}}}), "$.services[1].for.olena", "does not do this"),
        (lambda d: _service(d)["massage"].update(zones=["upper_arm"]), "$.services[0].massage.zones[0]", "not reached"),
        (lambda d: _service(d).update(without_massage="none"), "$.services[0].without_massage", "not the key"),
        (lambda d: _service(d).update(without_massage="spa-manicure"), "$.services[0].without_massage", "with massage"),
        (
            lambda d: d["services"][1].update(without_massage="classic-manicure"),
            "$.services[1].without_massage",
            "this service itself",
        ),
        (lambda d: d["technicians"][0].update(services=["facial"]), "$.technicians[0].services[0]", "of a service"),
        (
            lambda d: d["technicians"][0]["exceptions"][1].update(date="2026-12-24"),
            "$.technicians[0].exceptions[1].date",
            "the first is at $.technicians[0].exceptions[0].date",
        ),
        (
            lambda d: d["technicians"][0]["exceptions"][1].update(date="2026-02-30"),
            "$.technicians[0].exceptions[1].date",
            "is not a date",
        ),
        (lambda d: d["closures"][0].update(to="2026-12-25T00:00"), "$.closures[0].to", "is not after"),
        (lambda d: d["closures"][0].update({"from": "2026-13-01T00:00"}), "$.closures[0].from", "is not a wall time"),
        (lambda d: d["closures"][0].update(to="2026-12-27T00:00+05:00"), "$.closures[0].to", "has an offset"),
        (lambda d: d["closures"][0].update({"from": "0001-01-01T00:00"}), "$.closures[0].from", ""),
        (
            lambda d: d["technicians"][0]["time_off"][0].update(to="2026-12-28T08:00"),
            "$.technicians[0].time_off[0].to",
            "after",
        ),
        (lambda d: d["appointments"][0].update(client="c9"), "$.appointments[0].client", "key of a client"),
        (
            lambda d: d["appointments"][0].update(technician="zoe"),
            "$.appointments[0].technician",
            "key of a technician",
        ),
        (lambda d: d["appointments"][0].update(service="spa"), "$.appointments[0].service", "key of a service"),
        (lambda d: d["appointments"][0].update(station="t"), "$.appointments[0].station", "key of a station"),
        (lambda d: d["appointments"][0].update(addons=["bath"]), "$.appointments[0].addons[0]", "key of an add-on"),
        (lambda d: d["appointments"][0].update(duration_min=4), "$.appointments[0].duration_min", "from 5 to 10080"),
        (lambda d: d["appointments"][0].update(start="2026-02-30T10:00"), "$.appointments[0].start", "wall time"),
        (lambda d: d["appointments"][0].update(start="9999-12-31T23:00"), "$.appointments[0].start", ""),
        (lambda d: d["appointments"][0].update(reference="OLD-1"), "$.appointments[2].reference", "stands twice"),
    ],
)
def test_a_wrong_meaning_is_named_with_its_path(change: Change, path: str, reason: str) -> None:
    document = small()
    change(document)
    found = faults_of(document)
    assert path in found, found
    assert reason in found[path]


def test_first_parts_of_paths_are_no_slugs(in_app: Flask) -> None:
    routes = {rule.rule.split("/")[1] for rule in in_app.url_map.iter_rules()}
    for slug in (REFUSED_SLUGS | {part for part in routes if part and part.isalpha()}) - {""}:
        document = small()
        document["salon"]["slug"] = slug
        assert "$.salon.slug" in faults_of(document), slug
