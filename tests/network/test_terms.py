"""Terms are read before they are accepted, and what was accepted stays provable."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from tests import cast, scenes

from ols.accounts.permissions import Role
from ols.audit import selectors as audit
from ols.db.errors import NotFound
from ols.kernel.actor import NotPermitted
from ols.network import models, selectors, services
from ols.network.models import TermsKind
from ols.notifications.models import OutboxMessage
from ols.registry import services as registry

pytestmark = pytest.mark.django_db
SERVICE = TermsKind.INSURANCE_SERVICE


@pytest.fixture
def clinic() -> cast.Firm:
    made = cast.provider()
    registry.confirm_data(actor=made.actor(Role.OWNER), at=cast.AT)
    return made


def test_what_was_never_opened_cannot_be_accepted(clinic: cast.Firm) -> None:
    uuid = scenes.publish(cast.operator(), SERVICE)
    with pytest.raises(services.TermsNotOpened):
        services.accept_terms(actor=clinic.actor(Role.OWNER), terms_uuid=uuid, at=cast.AT)
    assert models.TermsAcceptance.objects.count() == 0


def test_a_colleagues_opening_does_not_count(clinic: cast.Firm) -> None:
    uuid = scenes.publish(cast.operator(), SERVICE)
    services.open_terms(actor=clinic.actor(Role.RECEPTIONIST), terms_uuid=uuid, at=cast.AT)
    with pytest.raises(services.TermsNotOpened):
        services.accept_terms(actor=clinic.actor(Role.OWNER), terms_uuid=uuid, at=cast.AT)


def test_an_acceptance_keeps_who_when_where_and_which_text(clinic: cast.Firm) -> None:
    uuid = scenes.publish(cast.operator(), SERVICE)
    scenes.accept(clinic, uuid)
    owner = clinic.actor(Role.OWNER)
    row = models.TermsAcceptance.objects.get()
    terms = selectors.terms(uuid=uuid)
    assert (row.user_id, row.user_name, row.at, row.ip) == (owner.user_id, owner.name, cast.AT, "127.0.0.1")
    assert row.sha256 == terms.sha256
    assert selectors.terms_standing(owner, terms=terms) == selectors.TermsStanding(True, cast.AT, owner.name)
    assert [event.event for event in audit.history(subject_uuid=row.uuid)] == ["terms.accept"]


def test_the_exact_text_goes_by_email_once(clinic: cast.Firm) -> None:
    uuid = scenes.publish(cast.operator(), SERVICE)
    scenes.accept(clinic, uuid)
    services.accept_terms(actor=clinic.actor(Role.OWNER), terms_uuid=uuid, at=cast.AT + timedelta(days=1))
    (message,) = OutboxMessage.objects.filter(payload__template="terms_accepted")
    assert message.payload["to"] == "owner.provider1@example.org"
    assert message.payload["attachments"] == {"regulamin.txt": selectors.terms(uuid=uuid).body}
    assert models.TermsAcceptance.objects.get().at == cast.AT


def test_the_service_terms_wait_for_confirmed_data() -> None:
    clinic, uuid = cast.provider(), scenes.publish(cast.operator(), SERVICE)
    owner = clinic.actor(Role.OWNER)
    services.open_terms(actor=owner, terms_uuid=uuid, at=cast.AT)
    with pytest.raises(services.DataNotConfirmed):
        services.accept_terms(actor=owner, terms_uuid=uuid, at=cast.AT)
    assert selectors.service_terms_accepted(owner, on=cast.TODAY) is False


def test_a_newer_version_is_the_one_to_accept(clinic: cast.Firm) -> None:
    operator = cast.operator()
    old = scenes.publish(operator, SERVICE)
    scenes.accept(clinic, old)
    owner = clinic.actor(Role.OWNER)
    new = scenes.publish(operator, SERVICE, version="2.0")
    assert selectors.service_terms_accepted(owner, on=cast.TODAY) is True  # until the deadline
    second = cast.provider(2).actor(Role.OWNER)
    services.open_terms(actor=second, terms_uuid=old, at=cast.AT)
    with pytest.raises(services.TermsOutdated):
        services.accept_terms(actor=second, terms_uuid=old, at=cast.AT)
    scenes.accept(clinic, new)
    assert selectors.service_terms_accepted(owner, on=cast.TODAY) is True
    assert models.TermsAcceptance.objects.count() == 2


def test_a_version_begins_on_its_day() -> None:
    uuid = scenes.publish(cast.operator(), SERVICE)
    first_day = cast.TODAY - timedelta(days=30)
    current = selectors.current_terms(kind=SERVICE, on=first_day)
    assert current is not None
    assert current.uuid == uuid
    assert selectors.current_terms(kind=SERVICE, on=first_day - timedelta(days=1)) is None


def test_a_version_is_published_once() -> None:
    operator = cast.operator()
    scenes.publish(operator, SERVICE)
    with pytest.raises(services.VersionTaken):
        scenes.publish(operator, SERVICE)
    assert models.TermsVersion.objects.count() == 1


def test_everybody_publishes_only_their_own_kinds() -> None:
    for firm, kind in ((cast.operator(), TermsKind.GENERAL), (cast.insurer(), SERVICE)):
        with pytest.raises(NotPermitted):
            scenes.publish(firm, kind)
    assert models.TermsVersion.objects.count() == 0


def test_a_receptionist_and_an_insurer_cannot_accept(clinic: cast.Firm) -> None:
    uuid = scenes.publish(cast.operator(), SERVICE)
    for actor in (clinic.actor(Role.RECEPTIONIST), cast.insurer().actor(Role.NETWORK_MANAGER)):
        services.open_terms(actor=actor, terms_uuid=uuid, at=cast.AT)
        with pytest.raises(NotPermitted):
            services.accept_terms(actor=actor, terms_uuid=uuid, at=cast.AT)
    assert models.TermsAcceptance.objects.count() == 0


def test_published_and_accepted_rows_never_change(clinic: cast.Firm) -> None:
    scenes.accept(clinic, scenes.publish(cast.operator(), SERVICE))
    for model, change in (
        (models.TermsVersion, {"body": "x"}),
        (models.TermsAcceptance, {"user_name": "x"}),
    ):
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            model.objects.update(**change)
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            model.objects.all()._raw_delete("default")
    assert models.TermsVersion.objects.get().body.startswith("## Postanowienia")


def test_platform_terms_of_an_application_are_kept_at_approval(clinic: cast.Firm) -> None:
    operator = cast.operator()
    platform, other = scenes.publish(operator, TermsKind.PLATFORM), scenes.publish(operator, SERVICE)
    by = {"organization_id": clinic.id, "user_id": clinic.people[Role.OWNER].pk, "user_name": "Owner (demo)"}
    with transaction.atomic():
        services.record_platform_acceptance(
            actor=operator.actor(Role.OPERATOR), terms_uuid=platform, at=cast.AT, **by
        )
    terms = selectors.terms(uuid=platform)
    assert selectors.is_accepted(organization_id=clinic.id, terms=terms) is True
    with pytest.raises(NotFound), transaction.atomic():
        services.record_platform_acceptance(
            actor=operator.actor(Role.OPERATOR), terms_uuid=other, at=cast.AT, **by
        )
