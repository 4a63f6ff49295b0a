"""The technique as the cautions leave it: do, gentle, skip, and why."""

import pytest
from hypothesis import given, settings

from salon.domain.menu import AddOn, AddOnKind, AgeBand, Kind, Massage, excluded_allergens, massage, struck_out
from salon.domain.protocol import adapted_protocol
from salon.domain.rulebook import Level
from salon.domain.screening import screen, unanswered
from tests.domain.answer_sets import answer_sets, kinds
from tests.domain.rule_examples import BREAK, LEFT, RIGHT, WARTS, said

MANICURE = massage("manicure")


def steps(answers, service=MANICURE, **more):
    """Return step code -> (status, because)."""
    screening = screen(answers, service, **more)
    return {step.code: (step.status.value, step.because) for step in adapted_protocol(service, screening)}


def sides(answers, service=MANICURE):
    screening = screen(answers, service)
    return {s.code: tuple(side.value for side in s.sides) for s in adapted_protocol(service, screening)}


def test_a_healthy_client_gets_every_step_and_a_gentle_little_finger():
    found = steps({})
    assert {code for code, (status, _) in found.items() if status != "do"} == {"F5"}
    assert found["F5"] == ("gentle", ())
    assert list(found)[:3] == ["H1", "H2", "H3"]


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        (None, "H1 H2"),
        ("manicure", "H1 H2 H3 P1 P2 F0 F1 F2 F3 F5 M0 M1 M2 M3 M4 E1 A1 A2 A3"),
        ("acupressure", "H1 H2 H3 P1 P2 F0 PP F5"),
        ("complex", "H1 H2 H3 P1 P2 S1c A1 A2 A3 M0 M1 M2 M3 M4 F0 F1 F2 F3 F5"),
        ("children", "H1 H2 H3 P1 P2 F0 F1 F2 F3 F5 M0 M1 M2 M3 M4"),
    ],
)
def test_each_kind_has_its_steps_in_the_order_of_work(kind, codes):
    band = AgeBand.FROM_3_TO_12 if kind == "children" else AgeBand.ADULT
    assert " ".join(steps({}, massage(kind), age_band=band)) == codes


def test_only_the_services_own_zones_are_listed():
    assert "A2" not in steps({}, massage("manicure", zones=["fingers", "hand"]))
    assert "M0" not in steps({}, massage("manicure", zones=["fingers"]))


def test_no_forced_stretch_leaves_out_spreading_and_stretching():
    found = steps(said("bone.osteoporosis"))
    for code in ("F3", "M1", "M4"):
        assert found[code] == ("skip", ("osteoporosis",))


def test_light_strokes_only():
    found = steps(said("blood.thinner"))
    assert found["M3"] == ("gentle", ("anticoagulant",))
    assert found["E1"] == ("gentle", ("anticoagulant",))
    assert found["F1"] == ("do", ())
    assert found["P1"] == ("skip", ("anticoagulant",))


def test_shaking_goes_for_every_health_flag_but_not_for_products():
    assert steps(said("heart.hypotension"))["A3"] == ("skip", ("hypotension",))
    found = steps(said("asthma") | said("allergy", ("nuts",)))
    assert found["A3"] == ("do", ())
    assert found["P2"] == ("gentle", ("asthma", "product_allergy"))


def test_the_figure_eight_goes_for_skin_on_a_palm_that_is_massaged():
    calm = said("skin.psoriasis", on_hands_arms="yes", state="calm", side=LEFT)
    assert steps(calm)["E1"] == ("skip", ("psoriasis",))
    wart = said(WARTS, side=LEFT, site=("hand",))
    assert steps(wart)["E1"][0] == "do"
    assert sides(wart)["E1"] == ("right",)


def test_a_place_outside_the_hand_takes_its_steps_out_on_its_side_only():
    cut = said(BREAK, side=LEFT, site=("forearm",), open="no", over_4_weeks="no")
    assert sides(cut)["A2"] == ("right",)
    assert steps(cut)["A2"] == ("gentle", ("skin_break",))
    assert sides(cut)["F1"] == ("left", "right")
    both = said(BREAK, site=("forearm",), open="no", over_4_weeks="no")
    assert steps(both)["A2"] == ("skip", ("skin_break",))


def test_pressing_points_go_around_the_wrist():
    points = massage("acupressure")
    assert steps(said("pregnant", complications="no"), points)["PP"] == ("gentle", ("pregnancy",))
    wart = said(WARTS, side=RIGHT, site=("wrist",))
    assert sides(wart, points)["PP"] == ("left", "right")
    assert steps(wart, points)["PP"][0] == "gentle"


def test_a_harmless_lump_is_worked_around():
    lump = said("lump", doctor_harmless="yes", side=LEFT, site=("fingers",))
    assert steps(lump)["F1"] == ("gentle", ("lump",))
    assert steps(lump)["M0"] == ("do", ())


def test_a_blocked_massage_skips_everything_but_hygiene_and_says_why():
    found = steps(said("today.fever") | said("heart.hypotension"))
    assert found["H1"] == ("do", ())
    rest = {value for code, value in found.items() if code not in ("H1", "H2")}
    assert rest == {("skip", ("fever_today",))}


def test_without_answers_no_step_is_to_be_done():
    found = {s.code: s.status.value for s in adapted_protocol(MANICURE, unanswered())}
    assert {status for code, status in found.items() if code not in ("H1", "H2")} == {"skip"}


@given(answer_sets(), kinds)
@settings(max_examples=500)
def test_every_reason_is_a_caution_and_every_skip_has_one(answers, kind):
    service = Massage(Kind(kind))
    screening = screen(answers, service)
    codes = {caution.code for caution in screening.cautions if caution.level >= Level.ADAPT}
    for step in adapted_protocol(service, screening):
        assert set(step.because) <= codes
        if step.status.value == "skip" and screening.result.value != "not_available":
            assert step.because
        if step.status.value == "do":
            assert step.because == ()
        assert set(step.sides) <= set(screening.sides)


# ---- add-ons and products ----


def struck(answers, *things, band=AgeBand.ADULT):
    screening = screen(answers, MANICURE)
    cautions = {c.code for c in screening.cautions if c.level >= Level.ADAPT}
    return struck_out(things, steps=screening.steps, cautions=cautions, age_band=band)


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        (said(BREAK), AddOnKind.BATH),
        (said("immune_low"), AddOnKind.SCRUB),
        (said("diabetes"), AddOnKind.BRUSH),
        (said("heart.pacemaker"), AddOnKind.DEVICE),
        (said("injury"), AddOnKind.GYMNASTICS),
        (said("allergy", ("latex",)), AddOnKind.MASK),
        (said("skin.eczema"), AddOnKind.MASK),
        (said("today.rash_new"), AddOnKind.BRUSH),
    ],
)
def test_add_ons_are_struck_out_by_what_the_cautions_leave_out(answers, kind):
    assert struck(answers, AddOn("extra", kind)) == ("extra",)
    assert struck({}, AddOn("extra", kind)) == ()


def test_products_go_by_their_allergens():
    oil = AddOn("almond-oil", AddOnKind.OIL_CREAM, ("nuts",))
    cream = AddOn("rose-cream", AddOnKind.OIL_CREAM, ("fragrance",))
    plain = AddOn("plain")
    assert struck(said("allergy", ("nuts",)), oil, cream, plain) == ("almond-oil",)
    assert struck(said("asthma"), oil, cream, plain) == ("rose-cream",)


def test_excluded_allergens_come_in_the_catalogues_order():
    assert excluded_allergens({"exclude_latex", "exclude_nuts", "fragrance_free", "light"}) == (
        "nuts",
        "fragrance",
        "latex",
    )


def test_small_objects_never_under_three():
    things = AddOn("buttons", AddOnKind.SMALL_OBJECTS)
    assert struck({}, things, band=AgeBand.UNDER_3) == ("buttons",)
    assert struck({}, things, band=AgeBand.FROM_3_TO_12) == ()
