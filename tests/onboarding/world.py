"""What an access application needs around it: an operator and the platform's terms; drafts to send."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from tests import cast

from ols.kernel.actor import Actor
from ols.network import selectors as network
from ols.network import services as network_services
from ols.onboarding import services as onboarding

AT = cast.AT
VISITOR = Actor(None, None, "visitor", frozenset(), "web", "192.0.2.7", "")
NIP = "5260001246"


def operator(version: str = "1.0") -> cast.Firm:
    firm = cast.operator()
    publish_terms(firm, version)
    return firm


def publish_terms(firm: cast.Firm, version: str = "1.0") -> None:
    network_services.publish_terms(
        actor=firm.actor("operator"),
        draft=network_services.TermsDraft(
            kind="platform",
            version=version,
            valid_from=date(2026, 1, int(version.partition(".")[0])),
            title="Regulamin platformy (demo)",
            body="# Regulamin\n\nTreść (demo).",
        ),
        at=AT,
    )


def draft(**changes) -> onboarding.ApplicationDraft:
    terms = network.current_terms(kind="platform", on=cast.TODAY)
    base = onboarding.ApplicationDraft(
        register_book_no="",
        name="Przychodnia Świt (demo)",
        nip=NIP,
        regon="241371988",
        krs="0000345075",
        legal_form="spółka z ograniczoną odpowiedzialnością",
        street="ul. Lipowa 1",
        postal_code="00-001",
        city="Warszawa",
        representative_name="Jan Przykładowy (demo)",
        representative_function="prezes zarządu",
        email="swit@example.org",
        phone="+48600000012",
        extract_uuid="",
        terms_uuid=str(terms.uuid) if terms else "",
    )
    return replace(base, **changes)


def submit(key: UUID | None = None, **changes) -> onboarding.Submitted:
    return onboarding.submit_application(
        actor=VISITOR, draft=draft(**changes), submission_key=key or uuid4(), at=AT
    )
