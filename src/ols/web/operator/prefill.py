"""What an applicant is asked to correct, found by the machine: ticked before the operator looks."""

from typing import Final

from ols.onboarding import asked
from ols.onboarding.extract_comparison import Reason
from ols.onboarding.extract_readings import ExtractReadingRow
from ols.onboarding.selectors import ApplicationDetail
from ols.web.operator import comparison

# Which common remark about the extract fits what its reading found.
_EXTRACT: Final = {Reason.EXTRACT_OLD: 1, Reason.BROKEN: 2, Reason.ENCRYPTED: 2}


def remarks(found: ApplicationDetail, reading: ExtractReadingRow | None) -> dict[str, str]:
    """Return fields that may be asked for, each with a remark in the applicant's language."""
    told = {
        name: asked.remark_of_difference(comparison.show(name, getattr(found.entry, name)))
        for name in asked.ASKABLE
        if name in found.differences - asked.MAY_DIFFER and getattr(found.entry, name)
    }
    about_extract = asked.remarks("extract")
    codes = {reason.code for reason in reading.reasons} if reading else set()
    wrong = next((number for code, number in _EXTRACT.items() if code in codes), None)
    if wrong is not None:
        told["extract"] = about_extract[wrong]
    elif found.entry is None and not found.extract_uuid:
        told["extract"] = about_extract[0]
    return told
