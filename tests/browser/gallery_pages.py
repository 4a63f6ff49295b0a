"""Real-looking inputs for every template: long Vietnamese names, a 40-word description, Spanish texts, an empty Monday."""

# ruff: noqa: E501 - one input is one row, read beside the template it is for

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import BooleanField, Form, PasswordField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

ZONE = ZoneInfo("Europe/Dublin")
NOW = datetime(2026, 11, 14, 13, 42, tzinfo=ZONE)


def euros(amount: float) -> Any:
    return SimpleNamespace(amount_minor=round(amount * 100), currency="EUR")


def at(clock: str, days: int = 0) -> datetime:
    hour, minute = clock.split(":")
    return NOW.replace(hour=int(hour), minute=int(minute)) + timedelta(days=days)


SALON: dict[str, Any] = {
    "name": "Ngọc Lan",
    "wordmark": "Ngọc Lan",
    "url": "salon.html",
    "place": "Dublin",
    "lede": "Manicure and hand massage, with time to sit back.",
    "phone": "020 911 0142",
    "phone_url": "tel:+353209110142",
    "address": "14 Larch Lane, Dublin 8",
    "speaks": "English, Vietnamese, Polish and Spanish",
    "book_url": "book_service.html",
    "policy": "Free until the day before. Later than that we keep €10, never when your health is the reason.",
    "preview": "Manicure and hand massage in Dublin 8, with time to sit back.",
    "opening": {"is_open": True, "until": at("20:00").time(), "next_words": ""},
    "hours": [
        {"days": "Monday", "words": "", "is_today": False},
        {"days": "Tue to Fri", "words": "10:00 to 20:00", "is_today": False},
        {"days": "Saturday", "words": "9:00 to 20:00", "is_today": True},
        {"days": "Sunday", "words": "11:00 to 17:00", "is_today": False},
    ],
}

FORTY_WORDS = (
    "Steady pressure with the fingertips on fingers, palms and wrists. Pleasant after a long day of typing. No polish. "
    "We tell you each time before we press, you say how firm, and you can stop or ask for lighter strokes at any time."
)


def service(
    name: str, text: str, price: float, minutes: int, zones: tuple[str, ...] = (), **more: Any
) -> dict[str, Any]:
    words = {2: "Fingers and hand.", 3: "Fingers, hand and wrist.", 4: "Fingers, hand and forearm."}
    return {
        "name": name, "description": text, "price": euros(price), "from_price": False, "minutes": minutes,
        "zones": zones, "includes": words.get(len(zones), ""), "needs_intake": bool(zones), "minimum_age": 0,
        "url": "book_addons.html", "addons": [], **more,
    }  # fmt: skip


ARM = ("fingers", "hand", "wrist", "forearm")
BATH = {"name": "Nourishing hand bath", "minutes": 10, "price": euros(8)}
MASK = {"name": "Warm mask", "minutes": 15, "price": euros(12)}
MENU = [
    {
        "id": "with-massage", "name": "With hand massage", "text": "Each visit ends with an unhurried massage.", "best_in_evening": True,
        "services": [
            service("Manicure with hand massage", "Shaping, cuticle care and polish, then slow strokes from the fingertips to the forearm with a warm almond cream.", 52, 60, ARM, addons=[BATH, MASK]),
            service("Fingertip pressure massage", FORTY_WORDS, 34, 30, ARM[:3], minimum_age=16),
            service("Gel polish with hand massage", "Two to three weeks of colour, and your hands looked after once the lamp is off.", 74, 90, ARM),
        ],
    },
    {
        "id": "manicure", "name": "Manicure", "text": "", "best_in_evening": False,
        "services": [
            service("Classic manicure", "Shaping, cuticle care, polish or a natural shine.", 34, 45, addons=[BATH], from_price=True),
            service("Quick tidy", "", 19.5, 25),
        ],
    },
    {"id": "gel", "name": "Gel", "text": "", "best_in_evening": False, "services": [service("Builder gel, infill", "For nails we built four weeks ago or less.", 55, 75)]},
    {"id": "children", "name": "Children", "text": "", "best_in_evening": False, "services": [service("Little hands", "A play-like hand massage for children from 3 years, with a parent beside them.", 22, 30, ARM[:2], minimum_age=3)]},
]  # fmt: skip

TRAIL = {
    "step": 3, "steps": 5, "back_url": "#", "minutes": 70, "price": euros(60), "held_until": None,
    "chosen": [
        {"text": "Manicure with hand massage", "note": "and nourishing hand bath", "change_url": "#"},
        {"text": "Anyone who is free", "note": "", "change_url": "#"},
    ],
}  # fmt: skip


def slot(clock: str, technician: str, words: str = "Today", days: int = 0) -> dict[str, Any]:
    return {"start": at(clock, days), "end": at(clock, days) + timedelta(minutes=70), "day_words": words, "technician": technician, "url": "book_details.html", "is_evening": clock > "17:59"}  # fmt: skip


SOONEST = [slot("17:35", "Mai"), slot("18:40", "Thảo"), slot("10:00", "Agnieszka", "Tuesday", 3)]
FREE = [3, 0, 0, 9, 11, 6, 2]
WEEK = {
    "title": "November", "label": "Week of 14 November", "previous_url": "", "next_url": "#",
    "days": [{"date": at("12:00", n).date(), "free": free, "is_open": n != 2, "is_chosen": n == 5, "url": "#"} for n, free in enumerate(FREE)],
}  # fmt: skip
TIMES = {
    "soonest": SOONEST, "week": WEEK, "lost": None, "place": "Dublin",
    "full_words": "Sunday is full and Monday is closed. The next free morning is Tuesday 17.",
    "day": {
        "date": at("12:00", 5).date(),
        "parts": [
            {"code": "morning", "best": False, "times": [slot("10:25", "Grace"), slot("11:00", "Agnieszka")]},
            {"code": "afternoon", "best": False, "times": [slot("13:10", "Linh"), slot("15:30", "Sofía")]},
            {"code": "evening", "best": True, "times": [slot("17:20", "Thảo"), slot("18:35", "Mai"), slot("18:50", "Kasia")]},
        ],
    },
}  # fmt: skip


class BookingForm(Form):
    name = StringField("Your name")
    phone = StringField("Phone")
    email = StringField("E-mail")
    locale = SelectField(
        "Language",
        choices=[SelectChoice("en", "English"), SelectChoice("es", "Español"), SelectChoice("vi", "Tiếng Việt")],
    )
    age_band = RadioField("How old are you?", choices=[SelectChoice("under_3", "Under 3"), SelectChoice("3_to_12", "3 to 12"), SelectChoice("13_to_15", "13 to 15"), SelectChoice("16_to_17", "16 or 17"), SelectChoice("18_plus", "18 or older")])  # fmt: skip
    note = TextAreaField("Anything we should know?")


class SignInForm(Form):
    email = StringField("E-mail")
    password = PasswordField("Password")
    remember = BooleanField("Keep me signed in on this device")


def form_with_errors() -> Form:
    form = BookingForm(data={"name": "", "phone": "12", "email": "Ω@", "note": "Bringing my own cuticle oil."})
    form.name.errors = ["Please type your name."]
    form.phone.errors = ["This phone number is too short."]
    return form


YES_NO = [
    {"value": "yes", "label": "Yes", "opens": True},
    {"value": "no", "label": "No", "opens": False},
    {"value": "not_sure", "label": "Not sure", "opens": True},
]
SITES = [{"value": v, "label": w} for v, w in (("thumb", "Thumb"), ("index", "Index finger"), ("middle", "Middle finger"), ("ring", "Ring finger"), ("little", "Little finger"), ("palm", "Palm"), ("back", "Back of the hand"), ("wrist", "Wrist"), ("forearm", "Forearm"), ("upper_arm", "Upper arm"))]  # fmt: skip


def asked(name: str, text: str, value: str = "", **more: Any) -> dict[str, Any]:
    return {"name": name, "id": name.replace(".", "-"), "kind": "choice", "text": text, "help": "", "error": "", "follow_ups": [], "options": YES_NO, "value": value, "values": [], "is_stacked": False, **more}  # fmt: skip


def no_opening(name: str, text: str, value: str = "") -> dict[str, Any]:
    return asked(name, text, value, options=[{**option, "opens": False} for option in YES_NO])


TODAY = {
    "code": "today", "title": "How are you today?", "intro": "We ask so that your massage is right for you. Only your technician sees the answers, and only around your visit.", "may_skip_all": False,
    "questions": [
        no_opening("today.fever", "Do you have a fever or feel ill today?", "no"),
        asked("today.skin_break", "Do you have a cut, crack, scratch, sore or burn on your hands or arms?", "yes", follow_ups=[
            {**asked("today.skin_break.place", "Where is it? Tap the picture or the list."), "kind": "places", "sites": SITES, "values": ["left.index", "left.palm"]},
            no_opening("today.skin_break.open", "Is it open, wet or bleeding?", "no"),
            no_opening("today.skin_break.over_4_weeks", "Has it been there for over 4 weeks?"),
        ]),
        asked("today.rash_new", "Do you have a new rash, blisters or itch on your hands or arms?", error="Please choose an answer."),
    ],
}  # fmt: skip
HEART = {
    "code": "heart", "title": "Corazón y sangre", "intro": "", "may_skip_all": True,
    "questions": [
        asked("heart.hypertension", "¿Le ha dicho un médico que tiene la tensión alta?", "yes", follow_ups=[
            no_opening("heart.hypertension.controlled", "¿Está su médico contento con ella?", "yes"),
            asked("heart.hypertension.reading_known", "¿Sabe el valor de hoy?", "yes", options=YES_NO[:2], follow_ups=[
                {**asked("heart.hypertension.sys", "El número de arriba", "142"), "kind": "number", "unit": "mmHg", "minimum": 70, "maximum": 260},
                {**asked("heart.hypertension.dia", "El número de abajo", "9", error="Un número entre 40 y 160."), "kind": "number", "unit": "mmHg", "minimum": 40, "maximum": 160},
            ]),
        ]),
        no_opening("heart.hypotension", "¿Tiene a menudo la tensión baja?"),
        asked("joint.arthritis.state", "¿Cómo está ahora?", options=[{"value": "calm", "label": "Tranquilo", "opens": False}, {"value": "flare", "label": "En brote: caliente, hinchado o muy dolorido", "opens": False}, {"value": "hospital", "label": "Me tratan en un hospital", "opens": False}], is_stacked=True),
        {**asked("allergy", "¿Es alérgica o alérgico a algo de esto?"), "kind": "many", "options": [{"value": "nuts", "label": "Frutos secos", "opens": True}, {"value": "lanolin", "label": "Lanolina", "opens": True}, {"value": "other", "label": "Otra cosa", "opens": True}], "values": ["nuts"], "follow_ups": [no_opening("allergy.severe", "¿Ha sido grave alguna vez?")]},
    ],
}  # fmt: skip

VISIT = {
    "reference": "NL-7K2Q", "start": at("17:35"), "end": at("18:45"), "service": "Manicure with hand massage", "addons": ["Nourishing hand bath"],
    "technician": "Mai", "price": euros(60), "url": "visit.html", "calendar_url": "#", "written_to": "zuzanna@example.org", "needs_intake": True,
    "person": "Nguyễn Thị Hoàng Kim Ngân Phương", "reached_at": ["+353 20 911 0142", "zuzanna@example.org"], "language": "Español", "note": "Bringing my own cuticle oil.",
    "status": "booked", "status_word": "", "is_over": False, "times_url": "#",
}  # fmt: skip
MANICURE = {"name": "Classic manicure", "price": euros(34), "minutes": 45, "end": at("18:20"), "action": "#"}

CAUTIONS_VI = [
    {"level": "postpone", "title": "Vết xước ở ngón trỏ", "place": "Tay trái, ngón trỏ.", "text": "Đã khô. Che lại và làm vòng quanh.", "is_new": True, "is_observed": False, "must_be_seen": True, "seen_at": None},
    {"level": "adapt", "title": "Dễ bầm và chảy máu", "place": "Hai tay.", "text": "Chỉ vuốt nhẹ. Không ấn điểm, không cắt da.", "is_new": False, "is_observed": False, "must_be_seen": False, "seen_at": None},
    {"level": "adapt", "title": "Dị ứng sản phẩm", "place": "Hai tay.", "text": "Đọc nhãn. Không có nhãn: không dùng.", "is_new": False, "is_observed": True, "must_be_seen": False, "seen_at": None},
    {"level": "info", "title": "Vảy nến ở chỗ khác", "place": "", "text": "Không cần đổi gì. Không lây.", "is_new": False, "is_observed": False, "must_be_seen": False, "seen_at": None},
]  # fmt: skip
STEPS_VI = {
    "do": [{"text": "Rửa tay, rồi sát khuẩn", "why": ""}, {"text": "Vuốt các ngón tay", "why": ""}, {"text": "Vuốt cổ tay và cẳng tay", "why": ""}],
    "gentle": [{"text": "Lòng bàn tay", "why": "chỉ vuốt, không nhào"}, {"text": "Số 8 trong lòng bàn tay", "why": "không ấn mạnh"}, {"text": "Ngón út", "why": "thật nhẹ"}],
    "skip": [{"text": "Rung lắc, con lăn", "why": "vì dễ bầm"}, {"text": "Cắt da, bàn chải", "why": "vì dễ chảy máu"}, {"text": "Ngâm tay, tẩy da chết", "why": "vì vết xước"}],
}  # fmt: skip
OFF = {"action": "#", "is_on": False, "values": []}
CARD = {
    "reference": "NL-7K2Q", "client": "María del Carmen G.", "client_lang": "es", "line": "Sơn + massage, 60 phút, bàn 3", "as_of": NOW, "back_url": "today.html",
    "result": {"code": "adapted", "word": "Massage có điều chỉnh", "hands": "Chỉ tay phải. Tay trái để yên."},
    "cautions": CAUTIONS_VI[:3], "ways_on": [], "ways_title": "",
    "hands": {"label": "Hình hai bàn tay: tay phải được massage; tay trái để yên, vết xước ở ngón trỏ", "right": {"level": "allowed", "word": "được massage", "spots": {}}, "left": {"level": "postpone", "word": "để yên", "spots": {"index": "postpone"}}},
    "steps": STEPS_VI, "minutes_left": 18, "leave_out": ["lanolin", "sáp ong"], "last": "Lần trước, 12 tháng 9: làm đúng kế hoạch, da không phản ứng. Khách thích vuốt chậm.",
    "buttons": {"seen": {"action": "#", "values": [("cautions", "skin_break")], "note": "vết xước, ngón trỏ trái"}, "see_url": "see.html", "start": {**OFF, "note": "xem lưu ý 1 trước"}, "finish": {**OFF, "url": "finish.html", "note": "chưa bắt đầu"}},
}  # fmt: skip
CARD_UNANSWERED = {
    **CARD, "client": "Piotr W.", "client_lang": "pl", "line": "Manicure + massage, 60 min, station 5",
    "result": {"code": "unknown", "word": "Not answered yet", "hands": "No massage until we know. The manicure can wait too."}, "cautions": [], "ways_title": "Three ways on",
    "ways_on": [{"label": "Hand over the tablet", "text": "He answers in Polish. The screen locks when he is done.", "action": "", "url": "#", "values": []}, {"label": "Read the questions aloud", "text": "You tap his answers, one question at a time.", "action": "", "url": "#", "values": []}, {"label": "Manicure only, €34", "text": "He would rather not answer. Same time, no massage.", "action": "#", "url": "", "values": []}],
    "hands": {"label": "Both hands: not known", "right": {"level": "unknown", "word": "not known", "spots": {}}, "left": {"level": "unknown", "word": "not known", "spots": {}}},
    "steps": {"do": [{"text": "Wash your hands, then antiseptic", "why": ""}], "gentle": [], "skip": [{"text": "Massage steps", "why": "shown here once he has answered"}]},
    "minutes_left": None, "leave_out": [], "last": "First visit. Link sent Thursday 18:04 and today 9:00, not opened.",
    "buttons": {"seen": None, "see_url": "#", "start": {**OFF, "note": "answers are missing"}, "finish": {**OFF, "url": "", "note": "not started"}},
}  # fmt: skip
CARD_STORY = {
    **CARD, "client": "Inés R.",
    "result": {"code": "adapted", "word": "Massage có điều chỉnh", "hands": "Hai tay. Không làm cẳng tay trái."},
    "cautions": [{**CAUTIONS_VI[0], "title": "Vết thương kín", "place": "Tay trái, cẳng tay.", "text": "Làm vòng quanh và che lại. Không tẩy da chết, không ngâm tay.", "seen_at": at("13:38")}, {**CAUTIONS_VI[1], "title": "Huyết áp cao, ổn định", "text": "Vuốt nhẹ, ngồi, không ngâm nước nóng, đứng dậy từ từ. Hỏi xem khách thấy thế nào."}, {**CAUTIONS_VI[1], "title": "Vảy nến, đang yên", "text": "Hết sức thận trọng: vuốt nhẹ quanh mảng; dừng nếu đau. Không lây."}, CAUTIONS_VI[3]],
    "hands": {"label": "x", "right": {"level": "adapt", "word": "nhẹ tay", "spots": {}}, "left": {"level": "adapt", "word": "nhẹ tay", "spots": {"forearm": "postpone"}}},
    "buttons": {"seen": None, "see_url": "#", "start": {"action": "#", "is_on": True, "values": [("confirmed_today", "1")], "note": "khách nói: hôm nay không có gì thay đổi"}, "finish": {**OFF, "url": "", "note": "chưa bắt đầu"}},
}  # fmt: skip
CARD_DONOT = {
    **CARD_STORY, "result": {"code": "refuse", "word": "No massage", "hands": "Leave both arms. The manicure is fine."}, "ways_title": "Ways on",
    "ways_on": [{"label": "Manicure only, €34", "text": "Same time, until 18:20.", "action": "#", "url": "", "values": []}, {"label": "Another day", "text": "The desk finds a time with her.", "action": "", "url": "#", "values": []}],
    "cautions": [{**CAUTIONS_VI[0], "level": "do_not_massage", "title": "Clot in the arm", "place": "Both arms.", "text": "Do not massage."}, {**CAUTIONS_VI[0], "level": "clearance_required", "title": "Diabetes, not settled", "place": "Both arms.", "text": "Doctor’s OK first."}],
    "hands": {"label": "x", "right": {"level": "refuse", "word": "leave", "spots": {}}, "left": {"level": "clearance", "word": "leave", "spots": {"palm": "do_not", "thumb": "adapt", "little": "postpone"}}},
    "buttons": {"seen": None, "see_url": "#", "start": {**OFF, "note": "a result stands against it"}, "finish": {**OFF, "url": "", "note": "not started"}},
}  # fmt: skip


def mine(
    clock: str, client: str, line: str, level: tuple[str, str] | None = None, word: str = "", **more: Any
) -> dict[str, Any]:
    return {"start": at(clock), "client": client, "line": line, "level": {"code": level[0], "word": level[1]} if level else None, "word": word, "is_over": word == "done", "is_break": False, "url": "card.html", **more}  # fmt: skip


TODAY_PAGE = {
    "today": {"date": NOW.date(), "now": NOW, "name": "Grace", "station": "station 5", "sign_out_url": "#", "other_url": "", "links": []},
    "next": {"start": at("14:30"), "end": at("15:30"), "client": "Piotr W.", "line": "Manicure + massage, first visit, speaks Polish", "minutes_to_go": 48, "in_chair": False, "level": {"code": "unknown", "word": "Not answered yet"}, "url": "card-unanswered.html", "label": "Open Piotr’s card"},
    "visits": [mine("10:00", "Niamh N.", "Gel polish", word="done"), mine("11:10", "Marta Z.", "Classic manicure", word="done"), mine("13:15", "Lucía Fernández de la V.", "Manicure + massage, in your chair, 33 min left", ("adapted", "With changes")), mine("14:30", "Piotr W.", "Manicure + massage, station 5", ("unknown", "Not answered")), mine("15:40", "", "15:40 break, 30 minutes", is_break=True), mine("16:20", "Đỗ Thanh H.", "Builder infill", word="no massage"), mine("18:00", "Emeka O.", "Fingertip massage, new since 13:31", ("clearance", "Doctor’s OK needed"))],
    "hands": {"done": 25, "planned": 65, "limit": 120},
}  # fmt: skip


def at_desk(
    clock: str,
    client: str,
    service_name: str,
    technician: str,
    state: str,
    status: str,
    action: tuple[str, str] | None = None,
    nxt: str = "",
    **more: Any,
) -> dict[str, Any]:
    return {"start": at(clock), "end": at(clock) + timedelta(minutes=60), "client": client, "client_note": "", "is_new": False, "service": service_name, "addons": [], "has_massage": action is not None, "technician": technician, "station": "Table 3", "state": state, "status_word": status, "action": {"code": action[0], "text": action[1]} if action else None, "url": "appointment.html", "next": {"label": nxt, "action": "#"} if nxt else None, "more": [{"label": "Did not come", "url": "#"}, {"label": "Cancel", "url": "#"}], **more}  # fmt: skip


DAY = {"date": NOW.date(), "is_today": True, "previous_url": "#", "next_url": "#", "today_url": "#", "now": NOW}
VIEWS = [
    {"label": "Day", "url": "board.html", "is_current": False},
    {"label": "List", "url": "day.html", "is_current": True},
]
NEEDS = [
    {"title": "Waiting", "code": "", "is_warm": True, "rows": [{"text": "María del Carmen Gutiérrez", "figure": "9 min, Mai 13:45", "url": "#"}, {"text": "Deirdre Fitzgerald", "figure": "4 min, Thảo 13:50", "url": "#"}]},
    {"title": "Late", "code": "", "is_warm": False, "rows": [{"text": "Orla McGrath", "figure": "12 min, Kasia", "url": "#"}]},
    {"title": "Form missing before 15:45", "code": "unknown", "is_warm": False, "rows": [{"text": "Piotr Wójtowicz", "figure": "14:30 Grace", "url": "#"}]},
    {"title": "To settle", "code": "", "is_warm": False, "rows": [{"text": "Pilar Domínguez", "figure": "13:45", "url": "#"}]},
]  # fmt: skip
LIST = [
    at_desk("9:00", "Aoife Brennan", "Manicure with hand massage", "Mai Trần", "done", "done"),
    at_desk("11:40", "Dolores Ibáñez", "Quick tidy", "Mai Trần", "gone", "cancelled"),
    at_desk("13:15", "Lucía Fernández de la Vega", "Manicure with hand massage", "Grace Nwosu", "chair", "in the chair since 13:17", ("adapt", "Adapt")),
    at_desk("13:30", "Orla McGrath", "Gel polish", "Kasia Mazur", "late", "12 min late", nxt="Check in"),
    at_desk("13:45", "María del Carmen Gutiérrez", "Manicure with hand massage", "Mai Trần", "here", "here since 13:33", ("adapt", "Adapt"), client_note="speaks Spanish", addons=["Nourishing hand bath"]),
    at_desk("13:45", "Pilar Domínguez", "Fingertip pressure massage", "Huyền Lê", "booked", "booked", ("not_offered", "Manicure only"), nxt="Check in"),
    at_desk("14:15", "Oksana Tkachenko", "Gel polish with hand massage", "Linh Phạm", "booked", "booked", ("doctors_note", "OK needed"), nxt="Check in"),
    at_desk("14:30", "Piotr Wójtowicz", "Manicure with hand massage", "Grace Nwosu", "booked", "booked", ("intake_missing", "Form missing"), nxt="Check in", is_new=True, client_note="speaks Polish"),
    at_desk("15:40", "Nguyễn Thị Hoàng Kim Ngân Phương", "Gel polish with hand massage", "Mai Trần", "booked", "booked", ("ok", "Ready"), nxt="Check in"),
    at_desk("17:35", "Zuzanna Wiśniewska", "Manicure with hand massage", "Mai Trần", "booked", "booked", ("not_today", "New date"), nxt="Check in"),
]  # fmt: skip
STAFF = {
    "name": "Deirdre",
    "role_word": "reception",
    "sign_out_url": "#",
    "links": [
        {"label": "Desk", "url": "day.html", "is_current": True},
        {"label": "Today", "url": "today.html", "is_current": False},
    ],
}
CHOSEN = {
    "client": "María del Carmen Gutiérrez", "reference": "NL-7K2Q", "facts": ["phone ends 418", "speaks Spanish", "fourth visit"], "start": at("13:45"), "end": at("14:45"), "technician": "Mai Trần", "station": "station 3",
    "service": "Manicure with hand massage", "addons": ["Nourishing hand bath"], "price": euros(60), "note": "Bringing her own cuticle oil.", "status_word": "Here since 13:33", "intake_word": "Form complete", "action": {"code": "doctors_note", "text": "Doctor’s OK needed"},
    "moves": [{"label": "Check in", "action": "#", "values": [], "is_main": True}, {"label": "Did not come", "action": "#", "values": [], "is_main": False}, {"label": "Cancel", "action": "#", "values": [], "is_main": False}],
    "change": {"label": "Without massage, €34", "action": "#", "values": [("service", "classic")]}, "send_link": {"label": "Send the form again", "action": "#"}, "doctor_ok": {"action": "#", "dated_on": "2026-11-14", "latest": "2026-11-14", "error": ""},
    "history": [{"when": "Today 13:33", "text": "Arrived"}, {"when": "2 Nov", "text": "Booked online"}],
}  # fmt: skip


def block(kind: str, start: str, minutes: int, words: str = "", visit: dict[str, Any] | None = None) -> dict[str, Any]:
    hour, minute = (int(part) for part in start.split(":"))
    return {
        "kind": kind,
        "at": f"r{((hour - 9) * 60 + minute) // 5 + 1}",
        "long": f"s{minutes // 5}",
        "words": words,
        "url": "#",
        "visit": visit,
    }


def sat(
    start: str,
    minutes: int,
    client: str,
    name: str,
    state: str = "booked",
    action: tuple[str, str] | None = None,
    said: str = "",
) -> dict[str, Any]:
    marks = (
        [{"icon": "massage", "word": "massage"}, {"icon": "note", "word": "note"}]
        if action
        else [{"icon": "wanted", "word": "asked for"}]
    )
    return block("visit", start, minutes, visit={"client": client, "service": name, "start": at(start), "end": at(start) + timedelta(minutes=minutes), "state": state, "is_roomy": minutes >= 60, "is_chosen": client.startswith("María"), "marks": marks, "action": {"code": action[0], "text": action[1]} if action else None, "said": said, "url": "#"})  # fmt: skip


FULL = [sat("9:00", 60, "Aoife Brennan", "Manicure", "done"), block("buffer", "10:00", 5), sat("10:10", 75, "Katarzyna Lewandowska-Nowak", "Builder infill", "done"), block("buffer", "11:25", 10), sat("11:40", 30, "Dolores Ibáñez", "Quick tidy", "done"), block("off", "12:15", 30, "break"), sat("13:15", 30, "Lucía Fernández de la Vega", "Manicure", "chair", said="in the chair"), sat("13:45", 60, "María del Carmen Gutiérrez", "Manicure", "here", ("adapt", "Adapt, 9 min")), block("buffer", "14:45", 5), sat("15:00", 30, "Jan Kowalczyk", "Quick tidy"), sat("15:40", 90, "Nguyễn Thị Kim Ngân", "Gel polish", action=("ok", "Ready")), sat("17:35", 70, "Zuzanna Wiśniewska", "Manicure, bath", action=("not_today", "New date")), block("gap", "18:50", 60, "60 min free")]  # fmt: skip
QUIET = [block("off", "9:00", 60), sat("10:00", 60, "Niamh Ní Dhomhnaill", "Gel polish", "done"), sat("13:30", 60, "Orla McGrath", "Gel polish", "late", said="12 min late"), sat("14:30", 60, "Piotr Wójtowicz", "Manicure", action=("intake_missing", "Form missing")), block("off", "15:40", 30, "break"), sat("18:00", 30, "Emeka Obi", "Fingertip massage", action=("doctors_note", "OK needed")), block("gap", "18:40", 75, "75 min free")]  # fmt: skip
NAMES = (
    "Mai Trần",
    "Grace Nwosu",
    "Agnieszka Wójcik",
    "Linh Phạm",
    "Sofía Herrera",
    "Thảo Nguyễn",
    "Kasia Mazur",
    "Huyền Lê",
)
BOARD = {
    "grid": {"hours": [{"words": f"{hour}:00", "at": f"r{(hour - 9) * 12 + 1}"} for hour in range(9, 20)], "now_at": "r57", "now": NOW},
    "columns": [{"name": name.split()[0] + " " + name.split()[1][0] + ".", "full_name": name, "words": "8 visits, 81% full", "blocks": FULL if n % 2 == 0 else QUIET} for n, name in enumerate(NAMES)],
    "chosen": CHOSEN,
}  # fmt: skip
LOST = {"text": "14:30 with Mai has just been taken.", "nearest": SOONEST}
PROGRESS = {"step": 3, "steps": 6, "is_saved": True}
FRAME: dict[str, Any] = {"salon": SALON, "staff": STAFF}
BOOK: dict[str, Any] = {"trail": TRAIL, "lost": None}

PAGES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "home": ("public/home.html", "en", {"salons": [{"name": "Ngọc Lan", "url": "salon.html", "place": "Dublin"}, {"name": "Bursztyn i Miód", "url": "#", "place": "Kraków"}]}),
    "salon": ("public/salon.html", "en", {"menu": MENU, "structured": {"@type": "HealthAndBeautyBusiness", "name": "</script>"}}),
    "book_service": ("public/book_service.html", "en", {**BOOK, "trail": {**TRAIL, "step": 1, "chosen": [], "minutes": None, "price": None}, "menu": MENU}),
    "book_addons": ("public/book_addons.html", "en", {**BOOK, "action": "#", "keep": [("service", "spa")], "addons": [{"value": "bath", "label": "Nourishing hand bath", "note": "Warm milk and oil, before the polish.", "figure": "+10 min, €8", "is_chosen": True}, {"value": "mask", "label": "Warm mask", "note": "", "figure": "+15 min, €12", "is_chosen": False}]}),
    "book_technician": ("public/book_technician.html", "en", {**BOOK, "anyone": {"url": "book_time.html", "next_words": "today, 17:35"}, "technicians": [{"name": "Mai", "url": "#", "speaks": "Vietnamese and English", "next_words": "today, 17:35", "minutes": 75, "price": euros(56)}, {"name": "Grace", "url": "#", "speaks": "English", "next_words": "Thursday, 10:25", "minutes": 60, "price": None}]}),
    "book_time": ("public/book_time.html", "en", {**BOOK, **TIMES}),
    "book_lost": ("public/book_time.html", "en", {**BOOK, **TIMES, "lost": LOST, "soonest": []}),
    "book_details": ("public/book_details.html", "en", {**BOOK, "trail": {**TRAIL, "held_until": at("13:52")}, "form": form_with_errors(), "action": "#", "keep": [], "asks_age": True}),
    "book_review": ("public/book_review.html", "es", {**BOOK, "trail": {**TRAIL, "step": 5}, "action": "#", "keep": [], "visit": VISIT, "bill": [("Manicure with hand massage", euros(52)), ("Nourishing hand bath", euros(8)), ("Total", euros(60))], "policy": SALON["policy"], "label": "Book 17:35 with Mai"}),
    "booked": ("public/booked.html", "en", {"visit": VISIT, "intake": {"status": "required", "url": "start.html"}}),
    "visit": ("visit/visit.html", "en", {"visit": VISIT, "intake": {"status": "missing", "url": "start.html"}, "manicure": MANICURE, "cancelling": {"rule": "You can cancel free of charge until Friday, 17:35.", "fee": None, "action": "#"}, "too_late": "", "care": "", "again_url": "#"}),
    "visit_over": ("visit/visit.html", "vi", {"visit": {**VISIT, "is_over": True, "status": "completed", "status_word": "done"}, "intake": {"status": "valid", "url": ""}, "manicure": None, "cancelling": None, "too_late": "", "care": "Rest your hands this evening and plan nothing else.", "again_url": "#"}),
    "start": ("intake/start.html", "en", {"progress": {**PROGRESS, "step": 1}, "action": "#", "why": "We ask so that your massage is right for you. Only your technician sees the answers, and only around your visit.", "consent": {"text": "I agree that this salon stores my answers about my health, skin and allergies, only to make my massage safe, until 180 days after they expire. I can take this back at any time.", "is_ticked": False, "error": "Please tick this, or choose the way without health questions."}, "first_questions": [asked("age_band", "How old are you?", "18_plus", options=[{"value": "13_to_15", "label": "13 to 15", "opens": False}, {"value": "16_to_17", "label": "16 or 17", "opens": False}, {"value": "18_plus", "label": "18 or older", "opens": False}])], "errors": [{"text": "Please tick this, or choose the way without health questions.", "field_id": "consent"}], "decline_url": "decline.html"}),
    "section_today": ("intake/section.html", "en", {"progress": {**PROGRESS, "step": 2}, "action": "#", "section": TODAY, "back_url": "#", "next_title": "skin and nails", "errors": [], "decline_url": "#"}),
    "section_heart": ("intake/section.html", "es", {"progress": PROGRESS, "action": "#", "section": HEART, "back_url": "#", "next_title": "huesos y articulaciones", "errors": [{"text": "Un número entre 40 y 160.", "field_id": "heart-hypertension-dia"}], "decline_url": "#"}),
    "sign": ("intake/sign.html", "en", {"progress": {**PROGRESS, "step": 6}, "action": "#", "back_url": "#", "errors": [], "answers": [{"text": "Has a doctor told you that you have high blood pressure?", "answer": "Yes", "also": "My doctor is happy with it.", "edit_url": "#"}, {"text": "Do you have psoriasis?", "answer": "Yes", "also": "On my hands or arms, calm, both sides.", "edit_url": "#"}], "statements": ["I answered as well as I can and will say if something changes.", "The massage is cosmetic, not medical; nobody makes a diagnosis.", "I may stop at any time, and the staff may stop for safety."], "signed_name": {"value": "", "error": "Please type your name."}, "guardian": {"text": "For the child’s parent or guardian", "name": {"value": "", "error": ""}, "relation": {"value": "", "error": ""}}}),
    "decline": ("intake/decline.html", "en", {"visit": VISIT, "back_url": "#", "manicure": MANICURE, "spoken": {"action": "#"}}),
    "emergency": ("intake/emergency.html", "en", {"message": "This can be an emergency. Call 112 now.", "number": "112"}),
    "result": ("intake/result.html", "en", {"result": {"code": "postpone", "label": "Another day", "title": "Let’s do the massage another day.", "message": "Your nails don’t have to wait: we would love to do your nails today.", "changes": []}, "choices": [{"title": "Keep 17:35, without massage", "text": "Classic manicure with Mai, today from 17:35 to 18:20. Nothing else changes.", "price": euros(34), "old_price": euros(52), "label": "Keep 17:35 for €34", "action": "#", "url": "", "values": []}, {"title": "Move it all to another day", "text": "Manicure with hand massage. On the day we ask you a few short questions again.", "price": euros(52), "old_price": None, "label": "See other times", "action": "", "url": "#", "values": []}], "ways": [{"label": "Ask a person to look at it", "url": "#"}, {"label": "Change an answer", "url": "#"}, {"label": "Cancel this visit", "url": "#"}], "small_print": "Cancelling is free when your health is the reason. This page gives no medical advice; if you are worried, please ask a pharmacist or doctor.", "note": None}),
    "result_adapted": ("intake/result.html", "es", {"result": {"code": "adapted", "label": "Con cambios", "title": "Su masaje puede hacerse.", "message": "Cambiaremos algunos pasos.", "changes": ["Movimientos suaves", "Sin exfoliación", "Agua tibia, no caliente"]}, "choices": [{"title": "Mantener la cita", "text": "Hoy, 17:35, con Mai.", "price": None, "old_price": None, "label": "Ver mi cita", "action": "", "url": "#", "values": []}], "ways": [{"label": "Pedir que lo mire una persona", "url": "#"}], "small_print": "Esta página no da consejos médicos.", "note": None}),
    "closed": ("intake/closed.html", "en", {"title": "This link has ended", "text": "The visit is over, so the health check is closed.", "url": "#", "label": "Book again"}),
    "card": ("technician/card.html", "vi", {"card": CARD}),
    "card_story": ("technician/card.html", "vi", {"card": CARD_STORY}),
    "card_unanswered": ("technician/card.html", "en", {"card": CARD_UNANSWERED}),
    "card_donot": ("technician/card.html", "en", {"card": CARD_DONOT}),
    "today": ("technician/today.html", "en", TODAY_PAGE),
    "today_empty": ("technician/today.html", "en", {**TODAY_PAGE, "next": None, "visits": [], "hands": None}),
    "see": ("technician/see.html", "en", {"action": "#", "back_url": "#", "client": "Inés R.", "seen": [{"value": "skin_break", "label": "Open or broken skin", "note": "", "figure": "", "is_chosen": True}, {"value": "rash", "label": "A rash or blisters", "note": "", "figure": "", "is_chosen": False}], "sides": [{"value": "left", "label": "Left"}, {"value": "right", "label": "Right"}, {"value": "both", "label": "Both"}], "side": "left", "sites": [{"value": "fingers", "label": "Fingers", "note": "", "figure": "", "is_chosen": False}, {"value": "hand", "label": "Hand", "note": "", "figure": "", "is_chosen": True}], "note": "", "errors": []}),
    "finish": ("technician/finish.html", "vi", {"action": "#", "back_url": "#", "client": "Inés R.", "outcomes": [{"value": "as_planned", "label": "As planned"}, {"value": "adapted", "label": "Adapted"}, {"value": "stopped", "label": "Stopped"}], "outcome": "", "products": [{"value": "almond", "label": "Almond cuticle oil", "note": "", "figure": "", "is_chosen": False}], "note": "", "errors": []}),
    "day": ("desk/day.html", "en", {"day": DAY, "views": VIEWS, "new_url": "#", "needs": NEEDS, "visits": LIST}),
    "day_empty": ("desk/day.html", "en", {"day": {**DAY, "now": None, "is_today": False, "date": at("9:00", 2).date()}, "views": VIEWS, "new_url": "#", "needs": [], "visits": []}),
    "board": ("desk/board.html", "en", {"day": DAY, "views": VIEWS, "new_url": "#", "needs": NEEDS, **BOARD}),
    "appointment": ("desk/appointment.html", "en", {"chosen": CHOSEN, "back": {"url": "day.html", "label": "The day"}}),
    "sign_in": ("account/sign_in.html", "en", {"form": SignInForm(), "action": "#", "forgot_url": "#", "demo": [{"email": "mai@amber.example", "password": "demo-technician", "role": "Technician"}]}),
    "choose_salon": ("account/choose_salon.html", "en", {"places": [{"salon": "Ngọc Lan", "role_word": "reception", "action": "#", "values": []}]}),
    "error": ("errors/error.html", "en", {"error": {"status": 404, "title": "There is nothing here", "text": "The link may be old or mistyped.", "reference": "b6f2"}, "way_on": {"label": "To the salons", "url": "home.html"}}),
    "manage": ("manage/index.html", "en", {"sections": [{"title": "Menu", "text": "Services, add-ons and prices.", "url": ""}], "figures": [{"name": "Visits this week", "figure": "86", "note": "12 more than last week"}]}),
}  # fmt: skip
