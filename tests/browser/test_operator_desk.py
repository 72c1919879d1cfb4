"""The operator's desk: organizations and people, the log of everything, versions of terms."""

import pytest
from django.db import transaction
from tests import cast, scenes
from tests.browser.stage import PASSWORD, Person, Stage, polish

from ols.accounts import services as accounts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REASON = "Powtarzające się skargi (demo)."


def let_in(person) -> None:
    person.set_password(PASSWORD)
    person.save()


@pytest.fixture
def operator(transactional_db) -> cast.Firm:
    """Make everybody before the browser starts: its event loop would open a connection of its own."""
    firm = cast.operator()
    scenes.publish(firm, "platform")
    with transaction.atomic():
        firm.people["second"] = accounts.add_member(
            actor=cast.SYSTEM,
            organization_id=firm.id,
            email="second@example.org",
            name="Drugi Operator (demo)",
            roles=["operator"],
            at=cast.AT,
        )
    let_in(firm.people["operator"])
    let_in(firm.people["second"])
    return firm


@pytest.fixture
def clinic(operator) -> cast.Firm:
    firm = cast.provider()
    let_in(firm.people["owner"])
    return firm


def desk(stage: Stage, operator: cast.Firm, role: str = "operator") -> Person:
    person = stage.person(role)
    person.logs_in(operator.people[role].email)
    return person


def test_an_organization_is_blocked_and_let_in_again(operator, clinic, stage: Stage):
    owner = stage.person("owner")
    owner.logs_in(clinic.people["owner"].email)
    person = desk(stage, operator)
    person.goes(f"/operator/organizations/?text={clinic.nip}", phone=True)
    person.opens("tbody th a", phone=True)
    address = person.page.url
    with stage.refusing(422):
        person.presses("Zablokuj", see=polish("Reason: write why, in a sentence."), phone=True)
    person.fills(reason=REASON)
    person.presses("Zablokuj", see=REASON, phone=True)
    # Who works there is out with the next click, and is told whom to call.
    with stage.refusing(403):
        owner.goes("/panel/", see=polish("Access is blocked"), phone=True)
        assert clinic.name in owner.page.inner_text("main")
    # A reload repeats nothing.
    person.page.reload()
    person.page.goto(address)
    person.looks(REASON)
    person.fills(reason="Wyjaśnione (demo).")
    person.presses("Odblokuj", see=polish("Access is given back. The managers were told."))
    owner.goes("/panel/")
    owner.page.goto("/mailbox/")
    subjects = owner.page.inner_text("main")
    assert "dostęp zablokowany" in subjects
    assert "dostęp przywrócony" in subjects


def test_a_person_is_helped_and_blocked(operator, clinic, stage: Stage):
    owner = stage.person("owner")
    owner.logs_in(clinic.people["owner"].email)
    person = desk(stage, operator)
    person.goes(f"/operator/organizations/{clinic.uuid}/")
    person.page.get_by_role("link", name=clinic.people["owner"].name).click()
    person.looks(polish("Send a link to set a password"), phone=True)
    person.presses(
        "Wyślij link do ustawienia hasła",
        see=polish("The link is on its way. Older links do not work any more."),
    )
    person.presses("Zakończ wszystkie sesje", see=polish("All sessions of the person are ended."))
    owner.page.goto("/panel/")
    owner.looks(polish("Log in"))
    person.fills(reason=REASON)
    person.presses("Zablokuj", see=REASON)
    owner.fills(email=clinic.people["owner"].email, password=PASSWORD)
    with stage.refusing(403):
        owner.presses(polish("Log in"), see=polish("Your account is blocked"), phone=True)
    # Two tabs: the colleague's was opened before, and is told.
    second = desk(stage, operator, "second")
    second.goes(f"/operator/people/{clinic.people['owner'].uuid}/")
    person.fills(reason="Wyjaśnione (demo).")
    person.presses("Odblokuj", see=polish("The person can log in again."))
    second.fills(reason="Też odblokowuję (demo).")
    second.presses("Odblokuj", see="Nic nie zmieniono.")
    # Nobody finds a button to shut themselves out.
    person.goes(f"/operator/people/{operator.people['operator'].uuid}/")
    assert person.page.get_by_role("button", name="Zablokuj").count() == 0


def test_the_log_is_searched_and_taken_away(operator, clinic, stage: Stage):
    person = desk(stage, operator)
    person.goes("/operator/log/", see=polish("Events, the newest first"), phone=True)
    with stage.refusing(422):
        person.fills(since="32.1.2026", ip="192.0.2")
        person.presses(polish("Show"), see=polish("Network address: enter one like 192.0.2.7."), phone=True)
    assert person.page.locator("[name='since']").input_value() == "32.1.2026"
    person.fills(since="1.11.2026", ip="")
    person.page.locator("[name='subject_kind']").select_option("organization")
    person.presses(polish("Show"))
    assert person.page.locator("tbody tr").count() == 2
    assert b"Za\xc5\x82o\xc5\xbcono organizacj" in person.downloads("CSV")
    assert person.downloads("XLSX").startswith(b"PK")
    person.opens("tbody td a", phone=True)
    person.presses(polish("Everything that happened to this subject"))
    person.goes("/operator/log/?looking=on", see="Wyeksportowano dziennik")
    person.goes("/operator/log/?person=nikt-taki", see=polish("Nothing found"))
    owner = stage.person("owner")
    owner.logs_in(clinic.people["owner"].email)
    with stage.refusing(403):
        owner.goes("/operator/log/", see=polish("A key is needed"))


def test_a_version_is_prepared_by_two_and_published_once(operator, stage: Stage):
    person, second = desk(stage, operator), desk(stage, operator, "second")
    person.goes("/operator/terms/", phone=True)
    person.presses("Przygotuj nową wersję", phone=True)
    second.goes(person.page.url.removeprefix(stage.address))
    person.fills(valid_from="24.11.2026", body="## Postanowienia\n\nTreść regulaminu platform, wersja druga.")
    person.presses("Podgląd", see="Treść regulaminu platform, wersja druga.", phone=True)
    second.fills(body="Tekst drugiego operatora.")
    with stage.refusing(422):
        second.presses("Zapisz", see=polish("A colleague was here."), phone=True)
    assert second.page.locator("[name='body']").input_value().strip() == "Tekst drugiego operatora."
    with stage.refusing(422):
        person.fills(valid_from="1.1.2020")
        person.presses("Sprawdź i opublikuj", see=polish("In force from: choose today or a later day."))
    person.fills(valid_from="24.11.2026")
    person.presses("Sprawdź i opublikuj", see=polish("What changes"), phone=True)
    assert person.page.locator("del").count() >= 1
    assert person.page.locator("ins").count() >= 1
    late = person.page.url
    person.presses(
        "Opublikuj", see=polish("The version is published. It cannot be changed any more."), phone=True
    )
    person.presses("Porównaj z wersją 1.0", phone=True)
    # The colleague who checks the same draft afterwards is told what happened.
    second.goes(late.removeprefix(stage.address), see="Opublikowano roboczą wersję regulaminu")
    assert second.page.locator("#text-platform tbody tr").count() == 2
    second.presses("Przygotuj nową wersję")
    second.presses("Usuń", see=polish("The draft is thrown away. Published versions stay."))


def test_the_desk_speaks_english(operator, clinic, stage: Stage):
    person = desk(stage, operator)
    person.page.get_by_role("button", name="English").click()
    for path in ("organizations/", f"organizations/{clinic.uuid}/", "log/", "terms/"):
        person.page.goto(f"/operator/{path}")
        text = person.page.inner_text("main")
        assert not any(letter in text for letter in "ąęłśżź"), (path, text)
