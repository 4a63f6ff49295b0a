"""Reading a salon file: everything that can be known to be wrong with it before the database is asked."""

from zoneinfo import ZoneInfo

from salon.usecases.salon_file.checked import CheckedFile
from salon.usecases.salon_file.faults import Fault, FileRefused
from salon.usecases.salon_file.meaning import aways, checked_clients, key_faults, reference_faults, salon_faults
from salon.usecases.salon_file.shape import MOST_FAULTS, shaped
from salon.usecases.salon_file.visits import planned_visits


def read_file(raw: bytes) -> CheckedFile:
    """Return what a salon file says. Raises FileRefused naming every fault by its JSON path.

    Shape, keys, texts, times and overlaps are checked; hours, notice, horizon and the past are not (contract.md 5).
    """
    document = shaped(raw)
    faults: list[Fault] = [*salon_faults(document["salon"]), *key_faults(document), *reference_faults(document)]
    if any(fault.path == "$.salon.time_zone" for fault in faults):
        raise FileRefused(faults[:MOST_FAULTS])
    zone = ZoneInfo(document["salon"]["time_zone"])
    closures = aways(document["closures"], zone, "$.closures", faults)
    time_off = {
        technician["key"]: aways(technician["time_off"], zone, f"$.technicians[{number}].time_off", faults)
        for number, technician in enumerate(document["technicians"])
    }
    clients = checked_clients(document, faults)
    appointments = planned_visits(document, zone, faults)
    if faults:
        raise FileRefused(faults[:MOST_FAULTS])
    return CheckedFile(document, closures, time_off, clients, appointments)
