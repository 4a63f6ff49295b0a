"""Who is coming: the one form of a booking."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from salon.domain.menu import AgeBand
from salon.i18n import NAMES
from salon.usecases.clients import LONGEST_NAME, LONGEST_NOTE

AGES = {
    AgeBand.UNDER_3: _l("Under 3"),
    AgeBand.FROM_3_TO_12: _l("3 to 12"),
    AgeBand.FROM_13_TO_15: _l("13 to 15"),
    AgeBand.FROM_16_TO_17: _l("16 or 17"),
    AgeBand.ADULT: _l("18 or older"),
}


class ContactForm(FlaskForm):
    """Name and how to reach the person; what is wrong with them the use case says."""

    name = StringField(_l("Your name"), render_kw={"maxlength": LONGEST_NAME})
    phone = StringField(_l("Phone"), render_kw={"maxlength": 40})
    email = StringField(_l("E-mail"), render_kw={"maxlength": 254})
    locale = SelectField(_l("Language"), validate_choice=False)
    age_band = RadioField(
        _l("How old are you?"),
        choices=[SelectChoice(band.value, words) for band, words in AGES.items()],
        validate_choice=False,
    )
    note = TextAreaField(_l("Anything we should know?"), render_kw={"maxlength": LONGEST_NOTE, "rows": 3})

    def offer_languages(self, codes: tuple[str, ...]) -> None:
        """Offer the salon's languages, each named in itself."""
        self.locale.choices = [SelectChoice(code, NAMES[code]) for code in codes]
