"""What the access wizard remembers between its pages: one draft in the visitor's session on the server."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from uuid import UUID, uuid4

from django.contrib.sessions.backends.base import SessionBase

from ols.onboarding.services import ApplicationDraft

_KEY = "access_draft"
_SEARCH = "access_search"

# The fields of the form, in the order of the page; all of them are texts.
FIELDS = (
    "name", "nip", "regon", "krs", "register_book_no", "legal_form", "street", "postal_code", "city",
    "representative_name", "representative_function", "email", "phone",
)  # fmt: skip


@dataclass
class WizardDraft:
    """The application as far as it is filled in. `key` makes a repeated submission the same application."""

    key: str = field(default_factory=lambda: str(uuid4()))
    chosen: str = ""
    values: dict[str, str] = field(default_factory=dict)
    extract_uuid: str = ""
    extract_name: str = ""
    terms_uuid: str = ""

    @property
    def is_complete(self) -> bool:
        """Say whether the form was filled in and accepted."""
        return bool(self.terms_uuid)

    def submission_key(self) -> UUID:
        """Return the key of the submission."""
        return UUID(self.key)

    def application(self) -> ApplicationDraft:
        """Return the draft for the service."""
        values = {name: self.values.get(name, "") for name in FIELDS}
        return ApplicationDraft(
            **values, areas=(), extract_uuid=self.extract_uuid, terms_uuid=self.terms_uuid
        )


def load(session: SessionBase) -> WizardDraft | None:
    """Return the draft of this visitor; None before a clinic was chosen or after the session ended."""
    stored = session.get(_KEY)
    return WizardDraft(**stored) if stored else None


def save(session: SessionBase, draft: WizardDraft) -> None:
    """Remember the draft."""
    session[_KEY] = asdict(draft)


def forget(session: SessionBase) -> None:
    """Drop the draft once the application is sent."""
    session.pop(_KEY, None)


def remember_search(session: SessionBase, text: str) -> None:
    """Keep what was searched: numbers do not go into addresses."""
    session[_SEARCH] = text


def searched(session: SessionBase) -> str:
    """Return what was searched last."""
    return str(session.get(_SEARCH, ""))


def start(session: SessionBase, *, chosen: str, values: Mapping[str, str]) -> None:
    """Begin a draft with what the register knows; choosing the same clinic again keeps what was typed."""
    known = load(session)
    if known is None or known.chosen != chosen:
        save(session, WizardDraft(chosen=chosen, values=dict(values)))
