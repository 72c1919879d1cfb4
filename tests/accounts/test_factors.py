"""Second factors: added, removed, reset; whose they are and who must have one."""

import pytest
from django.contrib.auth.hashers import make_password
from django.db import transaction
from tests import cast

from ols.accounts import codes, factors, models, passkeys, services
from ols.audit import selectors as audit
from ols.db.errors import NotFound
from ols.kernel.actor import NotPermitted
from ols.notifications import models as notifications

pytestmark = pytest.mark.django_db
SECRET = codes.secret_from("test")
HASH = make_password("lipa-klon-dab-9")


@pytest.fixture
def clinic():
    return cast.provider()


def adds_codes(actor, at=cast.AT):
    services.add_codes(actor=actor, secret=SECRET, code=codes.current(SECRET, at=at), at=at)


def letters():
    rows = notifications.OutboxMessage.objects.filter(kind="email").order_by("id")
    return [row.payload["template"] for row in rows]


def events(firm, role):
    return [row.event for row in audit.history(subject_uuid=firm.people[role].uuid)]


def test_the_first_factor_brings_recovery_codes(clinic):
    owner = clinic.actor("owner")
    with pytest.raises(services.CodeWrong):
        services.add_codes(actor=owner, secret=SECRET, code="000000", at=cast.AT)
    adds_codes(owner)
    assert [row.kind for row in factors.own_factors(owner)] == [factors.CODES]
    assert factors.own_recovery(owner).left == 10
    with pytest.raises(services.AlreadyThere):
        adds_codes(owner)
    assert letters() == ["security_factor_added"]
    assert "user.add_factor" in events(clinic, "owner")


def test_new_recovery_codes_end_the_old(clinic):
    owner = clinic.actor("owner")
    with pytest.raises(NotFound):
        services.make_recovery_codes(actor=owner, at=cast.AT)
    adds_codes(owner)
    old = factors.own_recovery_codes(owner)
    services.make_recovery_codes(actor=owner, at=cast.AT)
    assert not set(old) & set(factors.own_recovery_codes(owner))
    assert letters()[-1] == "security_recovery_made"


def test_a_factor_is_removed_by_its_person_only(clinic):
    owner = clinic.actor("owner")
    adds_codes(owner)
    row = factors.own_factors(owner)[0]
    with pytest.raises(NotFound):
        services.remove_factor(actor=clinic.actor("receptionist"), factor_id=row.id, at=cast.AT)
    stranger = cast.logged_in(clinic.people["receptionist"])
    assert stranger.post(f"/account/factors/remove/?factor={row.id}").status_code == 404
    services.remove_factor(actor=owner, factor_id=row.id, at=cast.AT)
    assert factors.own_factors(owner) == []
    assert factors.own_recovery(owner) is None
    assert letters()[-1] == "security_factor_removed"


def test_the_last_factor_stays_where_one_is_required():
    insurer = cast.insurer()
    actor = insurer.actor("administrator")
    adds_codes(actor)
    with pytest.raises(services.LastFactor):
        services.remove_factor(actor=actor, factor_id=factors.own_factors(actor)[0].id, at=cast.AT)


def test_a_manager_resets_a_colleague_and_nobody_else(clinic):
    receptionist, owner = clinic.people["receptionist"], clinic.actor("owner")
    with transaction.atomic():
        services.give_codes(user=receptionist, secret=SECRET, at=cast.AT)
        services.give_codes(user=clinic.people["owner"], secret=SECRET, at=cast.AT)
    client = cast.logged_in(receptionist)
    wanted = {"user_uuid": receptionist.uuid, "at": cast.AT}
    for refused, actor in (
        (NotPermitted, clinic.actor("accountant")),
        (NotFound, cast.provider(2).actor("owner")),
    ):
        with pytest.raises(refused):
            services.reset_factors(actor=actor, **wanted)
    with pytest.raises(NotFound):
        services.reset_factors(actor=owner, user_uuid=clinic.people["owner"].uuid, at=cast.AT)
    assert client.get("/panel/").status_code == 200
    services.reset_factors(actor=owner, **wanted)
    assert client.get("/panel/").status_code == 302
    assert not factors.has_factor(user_id=receptionist.pk)
    assert letters()[-1] == "security_factors_reset"
    assert "user.reset_factors" in events(clinic, "receptionist")
    with pytest.raises(NotFound):
        services.reset_factors(actor=owner, **wanted)


def test_the_operator_resets_anybody(clinic):
    operator = cast.operator()
    person = clinic.people["owner"]
    with transaction.atomic():
        services.give_codes(user=person, secret=SECRET, at=cast.AT)
    assert factors.people_with_factor(user_uuids=[person.uuid]) == {person.uuid}
    services.reset_factors(actor=operator.actor("operator"), user_uuid=person.uuid, at=cast.AT)
    assert factors.people_with_factor(user_uuids=[person.uuid]) == set()


def test_passkeys_need_a_name_as_address():
    usable = ("ols.example.org", "ols.example.org:8443", "localhost:8000")
    assert [host for host in usable if not passkeys.usable(host)] == []
    assert [host for host in ("127.0.0.1", "127.0.0.1:8000", "[::1]:8000") if passkeys.usable(host)] == []


@pytest.mark.parametrize("answer", ["", "x", "[]", "{}", '{"id": 1, "response": {}}', "x" * 30_000])
def test_what_is_no_passkey_is_refused(clinic, answer):
    client = cast.logged_in(clinic.people["owner"])
    made = client.post("/account/factors/passkey/", {"name": "x", "credential": answer})
    assert made.status_code == 422
    client.logout()
    client.post("/login/passkey/options/")
    assert client.post("/login/passkey/", {"credential": answer}).url == "/login/"


@pytest.mark.parametrize("language", ["pl", "en"])
def test_account_pages_speak_both_languages_and_show_what_happened(clinic, language):
    models.User.objects.filter(pk=clinic.people["owner"].pk).update(password=HASH)
    clinic.people["owner"].refresh_from_db()
    adds_codes(clinic.actor("owner"))
    client = cast.logged_in(clinic.people["owner"])
    client.cookies.load({"django_language": language})
    words = {"pl": "Dodano drugi składnik logowania", "en": "A second factor was added"}
    assert words[language] in client.get("/account/security/").content.decode()
    assert client.get("/account/security/").headers["Cache-Control"] == "no-store"
    assert client.post("/account/sessions/end/", {"session": "0"}).status_code == 404
    assert client.post("/account/sessions/end/", {"session": "x"}).status_code == 404
