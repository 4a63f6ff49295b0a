"""A second screening, slow and plain, written from the procedure's text and sharing nothing with the product's rules.

Answers: link id -> code, number or list. A flag is a dict; sides and sites are sets of plain names.
"""
# ruff: noqa: C901 - one if for each row of the text, on purpose

LEFT_RIGHT = {"left", "right"}
EVERYWHERE = {"fingers", "hand", "wrist", "forearm", "upper_arm"}
NAMES = {10: "info", 20: "adapt", 30: "postpone", 40: "clearance_required", 50: "do_not_massage"}
LEVELS = {name: level for level, name in NAMES.items()}
RESULTS = ["allowed", "adapted", "postpone", "clearance", "refuse"]
BLOCKED_RESULT = {30: "postpone", 40: "clearance", 50: "refuse"}
ZONES = {
    "manicure": {"fingers", "hand", "wrist", "forearm"},
    "acupressure": {"fingers", "hand", "wrist"},
    "complex": {"fingers", "hand", "wrist", "forearm", "upper_arm"},
    "children": {"fingers", "hand"},
}
OF_THE_DAY = {
    "fever_today",
    "infection_active",
    "urgent_symptoms",
    "dvt_suspected",
    "soft_tissue_sepsis",
    "dizzy_today",
    "skin_break",
    "ulcer_nonhealing",
    "rash_unexplained",
    "joint_flare",
}
PRODUCT = {"asthma", "product_allergy"}


def on(answers, gate):
    return answers.get(gate) in ("yes", "not_sure")


def sides_of(answers, link):
    return {answers[link]} if answers.get(link) in ("left", "right") else set(LEFT_RIGHT)


def sites_of(answers, link):
    return set(answers.get(link) or EVERYWHERE)


def flag(code, level, zone, manicure, steps="", sides=None, sites=None):
    return {
        "code": code,
        "level": level,
        "zone": zone,
        "man": manicure,
        "steps": set(steps.split()),
        "sides": set(LEFT_RIGHT) if sides is None else sides,
        "sites": set(EVERYWHERE) if sites is None else sites,
        "ok": False,
    }


def today(a):
    found = []
    if on(a, "today.fever"):
        found.append(flag("fever_today", 30, "systemic", "postpone"))
    if on(a, "today.infection"):
        found.append(flag("infection_active", 30, "systemic", "postpone"))
    if on(a, "today.urgent"):
        found.append(flag("urgent_symptoms", 50, "systemic", "postpone"))
    if on(a, "today.arm_swollen"):
        found.append(flag("dvt_suspected", 50, "systemic", "postpone"))
    if on(a, "today.red_spreading"):
        found.append(flag("soft_tissue_sepsis", 50, "systemic", "postpone"))
    if on(a, "today.dizzy"):
        found.append(flag("dizzy_today", 30, "systemic", "adapt", "slow_rise"))
    if on(a, "today.skin_break"):
        sides = sides_of(a, "today.skin_break.side")
        sites = sites_of(a, "today.skin_break.site")
        core = "fingers" in sites or "hand" in sites
        steps = "avoid_area no_scrub no_soak new_disposables"
        if a.get("today.skin_break.open") == "no":
            man = "adapt" if core else "allowed"
        else:
            man = "postpone" if core else "adapt"
        found.append(flag("skin_break", 30, "local", man, steps, sides, sites))
        if a.get("today.skin_break.over_4_weeks") != "no":
            found.append(flag("ulcer_nonhealing", 40, "limb", "postpone", steps, set(sides)))
    if on(a, "today.rash_new"):
        sites = sites_of(a, "today.rash_new.site")
        man = "postpone" if sites & {"fingers", "hand"} else "adapt"
        sides = sides_of(a, "today.rash_new.side")
        found.append(flag("rash_unexplained", 30, "local", man, "avoid_area no_scrub no_soak", sides, sites))
    if on(a, "today.joint_flare"):
        level = 30 if a.get("today.joint_flare.seen_doctor") == "yes" else 40
        steps = "avoid_area support_joint no_forced_stretch"
        found.append(flag("joint_flare", level, "limb", "adapt", steps, sides_of(a, "today.joint_flare.side")))
    return found


def skin(a):
    found = []
    if on(a, "skin.fungal"):
        found.append(flag("fungal_infection", 30, "systemic", "postpone"))
    if on(a, "skin.infection"):
        found.append(flag("skin_infection", 30, "systemic", "postpone"))
    if on(a, "skin.warts"):
        sites = sites_of(a, "skin.warts.site")
        man = "adapt" if sites & {"fingers", "hand"} else "allowed"
        steps = "avoid_area no_cuticle_cut new_disposables"
        found.append(flag("warts_papilloma", 30, "local", man, steps, sides_of(a, "skin.warts.side"), sites))
    for gate, code, man_in_flare in (
        ("skin.psoriasis", "psoriasis", "adapt"),
        ("skin.eczema", "dermatitis_eczema", "postpone"),
    ):
        if not on(a, gate):
            continue
        sides = sides_of(a, gate + ".side")
        if a.get(gate + ".on_hands_arms") == "no":
            found.append(flag(code, 10, "none", "allowed", sides=set(), sites=set()))
        elif a.get(gate + ".state") == "calm":
            steps = "avoid_area light no_scrub no_brush fragrance_free"
            found.append(flag(code, 20, "local", "adapt", steps, sides))
        else:
            steps = "avoid_area light no_scrub no_soak no_brush fragrance_free"
            found.append(flag(code, 30, "limb", man_in_flare, steps, sides))
    if on(a, "skin.fragile"):
        found.append(flag("skin_fragile", 20, "systemic", "adapt", "light no_scrub no_brush no_device"))
    if on(a, "hand_injection_2w"):
        found.append(flag("hand_injection", 30, "systemic", "allowed"))
    return found


def heart(a):
    found = []
    easy = "light slow_rise lukewarm_only"
    if on(a, "heart.hypertension"):
        upper = a.get("heart.hypertension.sys", 0)
        lower = a.get("heart.hypertension.dia", 0)
        if upper >= 180 or lower >= 120:
            found.append(flag("hypertension", 50, "systemic", "postpone", easy))
        elif a.get("heart.hypertension.controlled") != "yes":
            found.append(flag("hypertension", 40, "systemic", "allowed", easy))
        elif upper >= 160 or lower >= 100:
            found.append(flag("hypertension", 30, "systemic", "allowed", easy))
        else:
            found.append(flag("hypertension", 20, "systemic", "allowed", easy))
    if on(a, "heart.hypotension"):
        found.append(flag("hypotension", 20, "systemic", "allowed", "slow_rise lukewarm_only"))
    if on(a, "heart.disease"):
        if a.get("heart.disease.unstable") != "no":
            found.append(flag("heart_disease", 50, "systemic", "postpone", easy))
        elif a.get("heart.disease.recent_3m") == "no" and a.get("heart.disease.doctor_ok") == "yes":
            found.append(flag("heart_disease", 20, "systemic", "allowed", easy))
        else:
            found.append(flag("heart_disease", 40, "systemic", "allowed", easy))
    if on(a, "heart.pacemaker"):
        found.append(flag("pacemaker", 20, "systemic", "allowed", "no_device"))
    thin = "light no_scrub no_brush no_device no_cuticle_cut"
    if on(a, "blood.thinner"):
        found.append(flag("anticoagulant", 20, "systemic", "adapt", thin))
    if on(a, "blood.bleeding"):
        found.append(flag("bleeding_disorder", 40, "systemic", "adapt", thin))
    if on(a, "blood.clot"):
        if a.get("blood.clot.where") not in ("leg", "other"):
            found.append(flag("blood_clot", 50, "systemic", "adapt", "light"))
        elif a.get("blood.clot.within_6m") != "no":
            found.append(flag("blood_clot", 40, "systemic", "allowed", "light"))
        else:
            found.append(flag("blood_clot", 20, "systemic", "allowed", "light"))
    return found


def bones(a):
    found = []
    joint = "light support_joint no_forced_stretch"
    if on(a, "injury"):
        sides = sides_of(a, "injury.side")
        if a.get("injury.healed") != "yes":
            found.append(flag("injury_recent", 50, "limb", "adapt", joint, sides))
        elif a.get("injury.doctor_ok") != "yes":
            found.append(flag("injury_recent", 40, "limb", "allowed", joint, sides))
        else:
            found.append(flag("injury_recent", 20, "limb", "allowed", joint, sides))
    if a.get("bone.infection") in ("current", "not_sure"):
        found.append(flag("osteomyelitis", 50, "systemic", "postpone", "light support_joint"))
    if a.get("bone.infection") == "past":
        found.append(flag("osteomyelitis", 40, "systemic", "allowed", "light support_joint"))
    if on(a, "joint.arthritis"):
        level = {"calm": 20, "flare": 30}.get(a.get("joint.arthritis.state"), 50)
        found.append(flag("arthritis_chronic", level, "systemic", "adapt", joint))
    if on(a, "bone.osteoporosis"):
        found.append(flag("osteoporosis", 20, "systemic", "allowed", "light no_device no_forced_stretch"))
    if on(a, "nerve.numb"):
        level = 20 if a.get("nerve.numb.cause_known") == "yes" else 40
        found.append(flag("hand_numbness", level, "systemic", "adapt", "light lukewarm_only"))
    return found


def other(a):
    found = []
    if on(a, "diabetes"):
        fine = a.get("diabetes.controlled") == "yes" and a.get("diabetes.numb_hands") == "no"
        steps = "light lukewarm_only no_brush no_cuticle_cut"
        found.append(flag("diabetes", 20 if fine else 40, "systemic", "adapt", steps))
    if a.get("cancer") == "past":
        found.append(flag("cancer", 10, "none", "allowed", sides=set(), sites=set()))
    if a.get("cancer") in ("in_treatment", "being_checked", "not_sure"):
        level = 40 if a.get("cancer.in_arm") == "no" else 50
        found.append(flag("cancer", level, "systemic", "adapt", "light no_scrub no_cuticle_cut new_disposables"))
    if on(a, "lump"):
        sides = sides_of(a, "lump.side")
        if a.get("lump.doctor_harmless") == "yes":
            found.append(flag("lump", 20, "local", "adapt", "avoid_area", sides, sites_of(a, "lump.site")))
        else:
            found.append(flag("lump", 50, "limb", "adapt", "avoid_area", sides))
    if on(a, "lymph"):
        level = 40 if a.get("lymph.swollen_now") == "no" else 50
        steps = "avoid_area lukewarm_only no_cuticle_cut"
        found.append(flag("lymph_risk", level, "limb", "adapt", steps, sides_of(a, "lymph.side")))
    if on(a, "stroke"):
        fine = a.get("stroke.within_6m") == "no" and a.get("stroke.arm_affected") == "no"
        found.append(flag("stroke_history", 20 if fine else 40, "systemic", "allowed", "light slow_rise support_joint"))
    if on(a, "epilepsy"):
        level = 20 if a.get("epilepsy.controlled") == "yes" else 40
        found.append(flag("epilepsy", level, "systemic", "allowed", "no_stim_oils"))
    if on(a, "asthma"):
        found.append(flag("asthma", 20, "systemic", "adapt", "fragrance_free"))
    if on(a, "pregnant"):
        level = 20 if a.get("pregnant.complications") == "no" else 40
        found.append(flag("pregnancy", level, "systemic", "allowed", "no_web_wrist_press fragrance_free"))
    if on(a, "immune_low"):
        found.append(flag("immune_low", 20, "systemic", "adapt", "no_scrub no_cuticle_cut new_disposables"))
    if on(a, "arm_access"):
        found.append(flag("arm_access", 50, "limb", "adapt", "avoid_area", sides_of(a, "arm_access.side")))
    if a.get("allergy"):
        steps = " ".join("exclude_" + name for name in a["allergy"])
        found.append(flag("product_allergy", 20, "systemic", "adapt", steps))
    return found


def standing_flags(answers, doctor_ok, raises):
    """All flags after the salon's raise and the doctor's OK (step 7), with avoid_area where a block needs it."""
    found = today(answers) + skin(answers) + heart(answers) + bones(answers) + other(answers)
    for f in found:
        wanted = raises.get(f["code"], 0)
        if wanted > f["level"]:
            f["level"] = wanted
            if f["zone"] == "none":
                f["zone"], f["sides"], f["sites"] = "systemic", set(LEFT_RIGHT), set(EVERYWHERE)
        if f["code"] in doctor_ok and f["level"] == 40:
            f["level"] = 20
            upper = answers.get("heart.hypertension.sys", 0)
            lower = answers.get("heart.hypertension.dia", 0)
            if f["code"] == "hypertension" and (upper >= 160 or lower >= 100):
                f["level"] = 30
            if f["code"] != "ulcer_nonhealing":
                f["steps"].discard("avoid_area")
        f["ok"] = f["code"] in doctor_ok and f["level"] < 50
        if f["zone"] in ("local", "limb") and f["level"] >= 30:
            f["steps"].add("avoid_area")
    return found


def fits(kind, band, minimum_age):
    lowest = {"under_3": 0, "3_to_12": 3, "13_to_15": 13, "16_to_17": 16, "18_plus": 18}[band]
    if lowest < minimum_age:
        return False
    if kind == "children":
        return 3 <= lowest <= 15
    return lowest >= {"manicure_only": 3, "manicure": 13, "acupressure": 16, "complex": 16}[kind]


def manicure_result(flags):
    effects = [f["man"] for f in flags]
    if "postpone" in effects:
        return "postpone"
    return "adapted" if "adapt" in effects else "allowed"


def service_result(flags, kind, zones, band, minimum_age=0):
    """(result, sides) of one service."""
    if not fits(kind, band, minimum_age):
        return "not_available", []
    mo = manicure_result(flags)
    if kind == "manicure_only":
        return mo, [] if mo == "postpone" else ["left", "right"]
    adapted = False
    block = {"left": 0, "right": 0}
    for f in flags:
        level, sides, sites = f["level"], f["sides"], f["sites"]
        if kind == "acupressure" and f["code"] in ("anticoagulant", "bleeding_disorder"):
            level, sides, sites = 50, LEFT_RIGHT, EVERYWHERE
        if kind == "children" and level >= 20 and f["code"] not in PRODUCT | OF_THE_DAY and not f["ok"]:
            level, sides, sites = max(level, 40), LEFT_RIGHT, EVERYWHERE
        if not sites & zones:
            continue
        if level == 20:
            adapted = True
        if level >= 30:
            if sites & {"fingers", "hand"}:
                for side in sides:
                    block[side] = max(block[side], level)
            else:
                adapted = True
    free = [side for side in ("left", "right") if block[side] == 0]
    if len(free) == 2:
        result = "adapted" if adapted else "allowed"
    elif len(free) == 1:
        result = "adapted"
    else:
        result = BLOCKED_RESULT[min(block["left"], block["right"])]
    at_least = mo
    if mo == "postpone":
        levels = [f["level"] for f in flags if f["man"] == "postpone"]
        at_least = BLOCKED_RESULT[max(30 if level == 20 else level for level in levels)]
    if RESULTS.index(at_least) > RESULTS.index(result):
        result = at_least
    return result, free if result in ("allowed", "adapted") else []


def slow_screen(answers, kind, zones=None, band="18_plus", minimum_age=0, doctor_ok=(), raises=None):
    """The whole answer for one service, in plain values."""
    flags = standing_flags(answers, doctor_ok, raises or {})
    result, sides = service_result(flags, kind, zones or ZONES.get(kind, set()), band, minimum_age)
    weighty = [f for f in flags if f["level"] >= 20]
    return {
        "result": result,
        "sides": sides,
        "shaking": all(f["code"] in PRODUCT for f in weighty),
        "steps": sorted(set().union(*[f["steps"] for f in weighty])),
        "cautions": sorted(
            ((f["code"], NAMES[f["level"]], f["zone"], sorted(f["sides"])) for f in flags),
            key=lambda c: (-LEVELS[c[1]], c[0]),
        ),
        "services": {
            each: service_result(flags, each, ZONES.get(each, set()), band)[0]
            for each in ("manicure_only", "manicure", "acupressure", "complex", "children")
        },
    }
