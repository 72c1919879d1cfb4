"""Which rules decided: a fingerprint of the source, stored with every decision."""

import functools
import hashlib
from importlib import resources

# Everything that can change an amount or a reason; not what only explains or advises.
_SOURCES = (
    ("ols.kernel", "money.py"),
    ("ols.adjudication", "types.py"),
    ("ols.adjudication", "reasons.py"),
    ("ols.adjudication", "eligibility.py"),
    ("ols.adjudication", "pricing.py"),
    ("ols.adjudication", "cost_sharing.py"),
    ("ols.adjudication", "waterfall.py"),
    ("ols.adjudication", "claim.py"),
)


@functools.cache
def rules_version() -> str:
    """Return 16 hexadecimal digits that change whenever the source of a rule changes."""
    digest = hashlib.sha256()
    for package, name in _SOURCES:
        digest.update(resources.files(package).joinpath(name).read_bytes())
    return digest.hexdigest()[:16]
