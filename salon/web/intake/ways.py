"""The ways on from the health check: keep, without massage, at the chair, a note for the doctor."""

from flask import Response, redirect, render_template, url_for
from flask_babel import gettext as _

from salon import clock
from salon.usecases import intake as intake_cases
from salon.usecases import service_change
from salon.web.access import Audience, actor, audience
from salon.web.client_frame import Money, frame, greet, here, in_words
from salon.web.intake.answer import end_of
from salon.web.intake.views import intake


@intake.get("/<token>/decline")
@audience(Audience.INTAKE_LINK)
def decline(token: str) -> str:
    """Without health questions: the manicure in the same slot, or a spoken check at the chair."""
    form = intake_cases.read_intake(actor(), now=clock.now())
    greet(form.salon, own=form.locale)
    start = here(form.salon, form.start)
    instead = form.without_massage
    manicure = instead and {
        "name": in_words(instead.name),
        "price": Money(instead.price_minor, form.salon.currency),
        "minutes": instead.duration_min,
        "end": end_of(form, instead.duration_min),
        "action": url_for("intake.drop_massage", token=token),
    }
    visit = {"start": start, "end": start, "service": in_words(form.service), "technician": form.technician_name}
    return render_template(
        "intake/decline.html",
        salon=frame(form.salon),
        visit=visit,
        back_url=url_for("intake.start", token=token, again=1),
        manicure=manicure or None,
        spoken={"action": url_for("intake.spoken", token=token)},
    )


@intake.post("/<token>/without-massage")
@audience(Audience.INTAKE_LINK)
def drop_massage(token: str) -> Response:
    """Keep the time, without the massage."""
    service_change.drop_own_massage(actor(), now=clock.now())
    return redirect(url_for("intake.kept", token=token), 303)  # type: ignore[return-value]


@intake.post("/<token>/at-the-chair")
@audience(Audience.INTAKE_LINK)
def spoken(token: str) -> Response:
    """The questions will be asked aloud; nothing typed so far is kept."""
    intake_cases.answer_at_the_chair(actor(), now=clock.now())
    return redirect(url_for("intake.kept", token=token, spoken=1), 303)  # type: ignore[return-value]


@intake.get("/<token>/kept")
@audience(Audience.INTAKE_LINK)
def kept(token: str) -> str:
    """Say that the visit stands as chosen."""
    form = intake_cases.read_intake(actor(), now=clock.now())
    greet(form.salon, own=form.locale)
    return render_template(
        "intake/closed.html",
        salon=frame(form.salon),
        title=_("See you soon"),
        text=_("%(service)s. Everything else is as we wrote to you.", service=in_words(form.service)),
        url=url_for("public.salon_page", salon=form.salon.slug),
        label=_("To the salon's page"),
    )


@intake.get("/<token>/doctors-note")
@audience(Audience.INTAKE_LINK)
def doctors_note(token: str) -> str:
    """A note to print and take along; it names no condition."""
    form = intake_cases.read_intake(actor(), now=clock.now())
    greet(form.salon, own=form.locale)
    return render_template("intake/doctors_note.html", salon=frame(form.salon), service=in_words(form.service))
