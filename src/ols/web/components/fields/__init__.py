"""Fields of forms that speak the conventions of the product and say in words what to mend.

Numbers come out as the kernel knows them: grosze, basis points, dates, canonical identifiers.
"""

from ols.web.components.fields.choosing import QuickSelect
from ols.web.components.fields.identifiers import IdentifierField
from ols.web.components.fields.uploads import UploadField, UploadsField, upload_message
from ols.web.components.fields.values import (
    AmountField,
    ComingDayField,
    DateField,
    PercentField,
    TimeField,
)

__all__ = [
    "AmountField",
    "ComingDayField",
    "DateField",
    "IdentifierField",
    "PercentField",
    "QuickSelect",
    "TimeField",
    "UploadField",
    "UploadsField",
    "upload_message",
]
