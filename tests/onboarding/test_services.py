"""Access applications: sent once, decided once, and nothing moves on a refusal."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from tests.onboarding import world
from tests.registry import register_files

from ols.accounts import models as accounts_models
from ols.accounts import selectors as accounts
from ols.audit import models as audit_models
from ols.db.errors import NotFound
from ols.documents import models as documents_models
from ols.documents import selectors as documents
from ols.documents.content import CheckedFile
from ols.kernel.actor import NotPermitted
from ols.network import models as network_models
from ols.notifications import models as notifications_models
from ols.onboarding import models, selectors, states
from ols.onboarding import services as onboarding
from ols.registry import models as registry_models
from ols.workflow.machine import TransitionRefused

pytestmark = pytest.mark.django_db


def mails() -> list[tuple[str, str]]:
    rows = notifications_models.OutboxMessage.objects.filter(kind="email").order_by("id")
    return [(row.payload["template"], row.payload["to"]) for row in rows]


def state() -> tuple:
    """Everything a decision could change, for „nothing changed”."""
    return (
        list(
            models.AccessApplication.objects.order_by("id").values_list("status", "remark", "organization_id")
        ),
        accounts_models.Organization.objects.count(),
        accounts_models.User.objects.count(),
        accounts_models.PasswordLink.objects.count(),
        network_models.TermsAcceptance.objects.count(),
        audit_models.Event.objects.count(),
        notifications_models.OutboxMessage.objects.count(),
    )


def test_an_application_is_taken_with_number_clock_and_mails() -> None:
    firm = world.operator()
    sent = world.submit()
    row = models.AccessApplication.objects.get()
    assert (row.uuid, row.number) == (sent.uuid, sent.number)
    assert sent.number.startswith("P/2026/")
    assert (row.status, row.nip, row.ip) == ("submitted", world.NIP, "192.0.2.7")
    # Monday 23.11. + 2 days = Wednesday, its last second in Warsaw.
    assert row.due_at == datetime(2026, 11, 25, 22, 59, 59, tzinfo=UTC)
    assert row.terms_sha256 == row.terms.sha256
    assert mails() == [
        ("application_received", "swit@example.org"),
        ("application_waiting", firm.people["operator"].email),
    ]
    assert audit_models.Event.objects.filter(subject_uuid=row.uuid).values_list("event", flat=True)[0] == (
        "application.submit"
    )


def test_sent_twice_is_one_application() -> None:
    world.operator()
    key = uuid4()
    first = world.submit(key)
    assert world.submit(key) == first
    assert models.AccessApplication.objects.count() == 1
    assert len(mails()) == 2


def test_a_second_application_of_the_same_provider_is_refused() -> None:
    world.operator()
    world.submit()
    before = state()
    with pytest.raises(onboarding.ApplicationOpen):
        world.submit()
    assert state() == before


def test_old_terms_and_a_platform_without_terms_are_refused() -> None:
    firm = world.operator()
    old = world.draft()
    world.publish_terms(firm, "2.0")
    with pytest.raises(onboarding.TermsOutdated):
        onboarding.submit_application(actor=world.VISITOR, draft=old, submission_key=uuid4(), at=world.AT)
    assert models.AccessApplication.objects.count() == 0


def test_kinds_of_service_are_kept_in_the_products_order_and_unknown_ones_left_out() -> None:
    world.operator()
    sent = world.submit(areas=("LAB", "XXX", "CONS"))
    assert models.AccessApplication.objects.get(uuid=sent.uuid).areas == ["CONS", "LAB"]


def test_the_operator_sees_the_kinds_of_service() -> None:
    firm = world.operator()
    sent = world.submit(areas=("LAB",))
    page = firm.client("operator").get(f"/operator/applications/{sent.uuid}/").content.decode()
    assert page.index('id="areas"') < page.index("badania laboratoryjne")


def test_without_published_terms_nothing_can_be_sent() -> None:
    world.cast.operator()
    with pytest.raises(onboarding.NotReady):
        world.submit()


def test_approval_lets_the_provider_in() -> None:
    firm = world.operator()
    register_files.load(register_files.rows(1))
    entry = registry_models.RegisterEntry.objects.get()
    file = CheckedFile(kind="pdf", sha256="0" * 64, size=9, clean_bytes=b"%PDF-demo")
    extract = onboarding.keep_extract(actor=world.VISITOR, file=file, name="wypis.pdf", at=world.AT)
    sent = world.submit(register_book_no=entry.register_book_no, extract_uuid=extract)
    later = world.AT + timedelta(hours=3)
    onboarding.approve_application(actor=firm.actor("operator"), application_uuid=sent.uuid, at=later)

    row = models.AccessApplication.objects.get()
    provider = accounts.provider_by_nip(nip=world.NIP)
    assert provider is not None
    assert (row.status, row.decided_at, row.organization_id) == ("approved", later, provider.id)
    facility = registry_models.Facility.objects.get(organization_id=provider.id)
    assert (facility.entry_id, facility.teryt, facility.name) == (entry.pk, entry.teryt, row.name)
    owner = accounts_models.User.objects.get(email="swit@example.org")
    assert not owner.has_usable_password()
    membership = accounts_models.Membership.objects.get(user=owner)
    assert (membership.organization_id, membership.roles) == (provider.id, ["owner"])
    accepted = network_models.TermsAcceptance.objects.get()
    assert (accepted.organization_id, accepted.user_id, accepted.at, accepted.ip) == (
        provider.id,
        owner.pk,
        world.AT,
        "192.0.2.7",
    )
    assert mails()[-1] == ("application_approved", "swit@example.org")
    document = documents_models.Document.objects.get()
    assert documents.open_document(actor=firm.actor("operator"), uuid=str(document.uuid)).content == (
        b"%PDF-demo"
    )
    assert documents_models.Grant.objects.get().organization_id == provider.id


def test_of_two_conflicting_decisions_the_second_is_refused() -> None:
    firm = world.operator()
    sent = world.submit()
    actor = firm.actor("operator")
    onboarding.approve_application(actor=actor, application_uuid=sent.uuid, at=world.AT)
    before = state()
    with pytest.raises(TransitionRefused):
        onboarding.reject_application(actor=actor, application_uuid=sent.uuid, reason="Nie", at=world.AT)
    with pytest.raises(TransitionRefused):
        onboarding.approve_application(actor=actor, application_uuid=sent.uuid, at=world.AT)
    assert state() == before


def test_a_provider_that_joined_meanwhile_is_not_made_twice() -> None:
    firm = world.operator()
    sent = world.submit()
    joined = world.cast.provider()
    accounts_models.Organization.objects.filter(pk=joined.id).update(nip=world.NIP)
    before = state()
    with pytest.raises(onboarding.ProviderJoined):
        onboarding.approve_application(actor=firm.actor("operator"), application_uuid=sent.uuid, at=world.AT)
    assert state() == before
    with pytest.raises(onboarding.ProviderJoined):
        world.submit()


def test_returned_then_sent_again_corrected() -> None:
    firm = world.operator()
    sent = world.submit()
    actor = firm.actor("operator")
    onboarding.return_application(actor=actor, application_uuid=sent.uuid, remark=" Brak KRS ", at=world.AT)
    row = models.AccessApplication.objects.get()
    assert (row.status, row.remark) == ("returned", "Brak KRS")
    assert mails()[-1] == ("application_returned", "swit@example.org")
    later = world.AT + timedelta(days=1)
    onboarding.resubmit_application(
        actor=world.VISITOR,
        application_uuid=sent.uuid,
        draft=world.draft(krs="0000345076", nip="9542685559"),
        at=later,
    )
    row.refresh_from_db()
    assert (row.status, row.krs, row.nip, row.remark) == ("submitted", "0000345076", world.NIP, "")
    assert row.due_at == datetime(2026, 11, 26, 22, 59, 59, tzinfo=UTC)
    with pytest.raises(TransitionRefused):
        onboarding.resubmit_application(
            actor=world.VISITOR, application_uuid=sent.uuid, draft=world.draft(), at=later
        )


def test_a_return_and_a_rejection_need_words() -> None:
    firm = world.operator()
    sent = world.submit()
    before = state()
    for call, words in ((onboarding.return_application, "remark"), (onboarding.reject_application, "reason")):
        with pytest.raises(onboarding.RemarkMissing):
            call(actor=firm.actor("operator"), application_uuid=sent.uuid, at=world.AT, **{words: "  "})
    assert state() == before
    onboarding.reject_application(
        actor=firm.actor("operator"), application_uuid=sent.uuid, reason="Poza rejestrem", at=world.AT
    )
    assert state() != before
    assert mails()[-1] == ("application_rejected", "swit@example.org")
    assert world.submit().number != sent.number  # a rejected provider may apply again


def test_only_the_operator_decides() -> None:
    world.operator()
    sent = world.submit()
    stranger = world.cast.provider().actor("owner")
    before = state()
    for call, words in (
        (onboarding.approve_application, {}),
        (onboarding.return_application, {"remark": "x"}),
        (onboarding.reject_application, {"reason": "x"}),
    ):
        with pytest.raises(NotPermitted):
            call(actor=stranger, application_uuid=sent.uuid, at=world.AT, **words)
    with pytest.raises(NotPermitted):
        selectors.application(stranger, uuid=sent.uuid)
    assert state() == before


def test_differences_from_the_register_and_duplicates_are_pointed_out() -> None:
    firm = world.operator()
    lines = register_files.rows(1)
    register_files.load(lines)
    entry = registry_models.RegisterEntry.objects.get()
    world.submit(nip="9542685559", regon="241371988")
    sent = world.submit(
        register_book_no=entry.register_book_no,
        name=entry.name.upper(),
        nip=entry.nip,
        regon="241371988",
        krs=entry.krs,
        legal_form=entry.legal_form,
        street=entry.street,
        postal_code=entry.postal_code,
        city="Kraków",
        phone=entry.phone.replace(" ", ""),
        email=entry.email,
    )
    detail = selectors.application(firm.actor("operator"), uuid=sent.uuid)
    assert detail.differences == {"regon", "city"}
    assert [(item.same, item.status) for item in detail.duplicates] == [(("regon",), "submitted")]
    assert detail.actions == ("approve", "return", "reject")
    waiting = selectors.queue(firm.actor("operator"), wanted=selectors.QueueFilter(), at=world.AT)
    assert waiting.rows[1].number == sent.number


def test_the_applicant_follows_by_a_signed_address() -> None:
    world.operator()
    sent = world.submit()
    path = selectors.status_path(sent.uuid)
    token = path.removeprefix("/applications/").removesuffix("/")
    assert selectors.application_by_token(token=token).number == sent.number
    for wrong in (token[:-1], sent.uuid.hex, f"{UUID(int=0).hex}:{token.partition(':')[2]}", ""):
        with pytest.raises(NotFound):
            selectors.application_by_token(token=wrong)


@pytest.mark.parametrize("status", sorted(states.APPLICATION.statuses))
@pytest.mark.parametrize("action", ["approve", "return", "reject"])
def test_the_whole_matrix_of_the_operators_steps(status: str, action: str) -> None:
    firm = world.operator()
    sent = world.submit()
    models.AccessApplication.objects.update(status=status)
    call = {
        "approve": onboarding.approve_application,
        "return": lambda **where: onboarding.return_application(remark="x", **where),
        "reject": lambda **where: onboarding.reject_application(reason="x", **where),
    }[action]
    where = {"actor": firm.actor("operator"), "application_uuid": sent.uuid, "at": world.AT}
    if status == "submitted":
        call(**where)
    else:
        with pytest.raises(TransitionRefused):
            call(**where)
    target = states.APPLICATION.transitions[action].target
    assert models.AccessApplication.objects.get().status == (target if status == "submitted" else status)
