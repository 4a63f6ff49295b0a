"""The salon file: a whole salon as one JSON document, in and out (contract.md 5)."""

from salon.usecases.salon_file.checked import CheckedFile
from salon.usecases.salon_file.exporting import export_salon
from salon.usecases.salon_file.faults import Fault, FileRefused
from salon.usecases.salon_file.founding import Imported, import_salon
from salon.usecases.salon_file.reading import read_file
from salon.usecases.salon_file.shape import schema
from salon.usecases.salon_file.slugs import REFUSED_SLUGS, is_refused_slug

__all__ = [
    "REFUSED_SLUGS",
    "CheckedFile",
    "Fault",
    "FileRefused",
    "Imported",
    "export_salon",
    "import_salon",
    "is_refused_slug",
    "read_file",
    "schema",
]
