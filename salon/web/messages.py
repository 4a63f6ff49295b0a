"""The words of refusals: codes from the domain and the use cases become sentences, once for every channel."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from salon.domain.errors import SalonError

TITLES = {
    "refused": _l("That is not possible."),
    "not-found": _l("We cannot find that."),
    "not-allowed": _l("You are not allowed to do that."),
    "sign-in-needed": _l("Please sign in first."),
    "invalid": _l("Something in the form needs your attention."),
    "slot-taken": _l("Somebody else has just taken this time."),
    "not-offered": _l("This time is not offered."),
    "massage-not-offered": _l("This massage cannot be booked online for you. The manicure can."),
    "too-late": _l("It is too late to change this online. Please call the salon."),
    "wrong-state": _l("The visit's state does not allow that."),
    "changed": _l("Somebody else changed this first."),
    "not-ready": _l("The visit cannot start yet."),
    "idempotency-key": _l("Send an Idempotency-Key header of 1 to 255 visible ASCII characters."),
    "idempotency-key-reused": _l("This Idempotency-Key was used with another body."),
    "too-many": _l("Too many tries. Please wait a little."),
    "unavailable": _l("The system is busy for a moment. Please try again."),
}
FIELDS = {
    "required": _l("Please fill this in."),
    "unknown": _l("This is not one of the choices."),
    "unknown_parameter": _l("This call does not know this parameter."),
    "twice": _l("Choose each one only once."),
    "too_many": _l("That is too many."),
    "too_long": _l("This text is too long."),
    "not_listed": _l("The service does not offer this add-on."),
    "taken": _l("This time is taken."),
    "not_offered": _l("This is not offered."),
    "not_a_name": _l("Please type the name with up to 120 characters."),
    "not_a_phone": _l("This does not look like a phone number. Type it with the area code."),
    "not_an_email": _l("This does not look like an e-mail address."),
    "phone_or_email": _l("Please leave a phone number or an e-mail address."),
    "before_from": _l("The last day is before the first."),
    "range_too_long": _l("Ask for 62 days at the most."),
    "out_of_range": _l("This value is out of range."),
    "age_does_not_fit": _l("This service is not for this age."),
    "already_a_member": _l("This person is a member of the salon already."),
    "not_a_member": _l("Nobody with this e-mail is a member of the salon."),
    "unknown_question": _l("There is no such question."),
    "wrong_type": _l("This answer has the wrong form."),
    "not_an_option": _l("This is not one of the answers."),
    "not_above_lower": _l("The upper number must be above the lower one."),
    "out_of_date": _l("This text has changed. Please read it again."),
    "only_without_massage": _l("Only the service without massage can be chosen here."),
    "technician_does_not_do_it": _l("The technician does not do this service."),
    "not_for_reception": _l("Leave this out: the note counts for what is asked."),
    "nothing_asked": _l("No doctor's note is asked for here."),
    "no_offset": _l("Give the time with its offset, such as 2026-12-01T10:00+01:00."),
    "not_an_instant": _l("Give the time as 2026-12-01T10:00+01:00."),
    "not_a_date": _l("Give the date as 2026-12-01."),
}


def problem_title(error: SalonError) -> str:
    """Return one sentence for what was refused, with its facts where they help."""
    if error.code == "wrong-state":
        return str(
            _("The visit is %(state)s and cannot become %(wanted)s.", **{k: str(v) for k, v in error.facts.items()})
        )
    if error.code == "too-late":
        hours = int(str(error.facts.get("notice_minutes", 0))) // 60
        return str(
            _("Changes are possible until %(hours)s hours before the visit. Please call the salon.", hours=hours)
        )
    return str(TITLES.get(error.code, TITLES["refused"]))


def field_message(code: str) -> str:
    """Return what to do about one member or field."""
    return str(FIELDS.get(code, FIELDS["wrong_type"]))
