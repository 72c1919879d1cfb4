"""The operator's desk: the queue, the decision on an application, the register and its alerts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections, transaction
from tests import cast, scenes
from tests.browser.stage import PASSWORD, PHONE, Person, Stage, polish
from tests.onboarding import world
from tests.registry import register_files as files

from ols.accounts import services as accounts
from ols.accounts.permissions import Role
from ols.onboarding import models as onboarding_models
from ols.registry import models as registry_models

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "/operator/applications/"
BOOK = "000000000002"


@pytest.fixture
def operator(transactional_db) -> cast.Firm:
    """Make the operator with two people before the browser starts."""
    firm = cast.operator()
    scenes.publish(firm, "platform")
    with transaction.atomic():
        firm.people["second"] = accounts.add_member(
            actor=cast.SYSTEM, organization_id=firm.id, email="druga@example.org",
            name="Druga Operatorka (demo)", roles=[Role.OPERATOR], at=cast.AT,
        )  # fmt: skip
    for person in firm.people.values():
        person.set_password(PASSWORD)
        person.save()
    return firm


@pytest.fixture
def application(operator) -> str:
    """Let a clinic of the register apply with another street; return the address of its page."""
    files.load(files.rows(3))
    entry = registry_models.RegisterEntry.objects.get(register_book_no=BOOK)
    sent = world.submit(
        register_book_no=entry.register_book_no, nip=entry.nip, regon=entry.regon, krs=entry.krs,
        legal_form=entry.legal_form, name=entry.name, street="ul. Zmyślona 99", postal_code=entry.postal_code,
        city=entry.city,
    )  # fmt: skip
    return f"{LIST}{sent.uuid}/"


@pytest.fixture
def late(application) -> None:
    onboarding_models.AccessApplication.objects.update(due_at=cast.AT - timedelta(days=1, hours=2))


@pytest.fixture
def gone(operator) -> None:
    """Let a clinic with access vanish from the register."""
    lines = files.rows(3)
    files.load(lines)
    clinic = cast.provider()
    entry = registry_models.RegisterEntry.objects.get(register_book_no=BOOK)
    registry_models.Facility.objects.filter(organization_id=clinic.id).update(entry=entry)
    lines[0]["name"] = "Przychodnia Łąkowa (demo)"
    files.load(line for line in lines if line["register_book_no"] != BOOK)


def desk(stage: Stage, operator: cast.Firm, name: str = "operator") -> Person:
    person = stage.person(name)
    person.logs_in(operator.people[name].email)
    return person


def stored() -> onboarding_models.AccessApplication:
    """Read the application in a thread of its own: the browser's loop has taken this one."""

    def read() -> onboarding_models.AccessApplication:
        try:
            return onboarding_models.AccessApplication.objects.get()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(read).result()


def forgives_refusals(stage: Stage) -> None:
    """Forget that wrong input was refused: that was meant."""
    stage.said[:] = [line for line in stage.said if "422" not in line]


def folds_out(person: Person, words: str) -> None:
    person.page.locator("summary", has_text=words).click()


def test_the_queue_is_searched_narrowed_and_remembered(operator, late, stage: Stage):
    person = desk(stage, operator)
    person.goes("/operator/", see="1 wniosek jest po terminie.", phone=True)
    with person.page.expect_navigation():
        person.page.locator("#overdue a").click()
    person.looks("po terminie od 1 dnia", phone=True)
    person.fills(text="nie ma takiego")
    person.presses("Pokaż", see=polish("Nothing found"), phone=True)
    person.goes(LIST, see=polish("Nothing found"))
    person.presses(polish("Clear the filters"), see="Oczekujące (1)")
    assert person.page.url.endswith(LIST)
    person.opens("thead a")
    assert person.page.locator("th[aria-sort=ascending]").count() == 1
    assert b"po terminie od 1 dnia" in person.downloads("CSV").decode("utf-8-sig").encode()
    assert person.downloads("XLSX").startswith(b"PK")
    person.goes(f"{LIST}?show=returned", see=polish("Nobody completes anything now"))
    person.goes(f"{LIST}?show=answered", see=polish("Nothing answered yet"))


def test_asking_for_single_fields_by_keyboard(operator, application, stage: Stage):
    person = desk(stage, operator)
    person.goes(application, see="Sprawdzono w rejestrze dnia", phone=True)
    assert person.page.locator("mark").all_inner_texts()[0] == "Zmyślona 99"
    # By keyboard alone: fold the form out, take the prefilled tick off, ask for another field.
    summary = person.page.locator("summary", has_text="Poproś o uzupełnienie")
    summary.focus()
    person.page.keyboard.press("Enter")
    person.looks(phone=True)
    street, krs = (person.page.locator(f"[name=ask_{name}]") for name in ("street", "krs"))
    assert street.is_checked()
    assert person.page.locator("[name=why_street]").is_visible()
    assert not person.page.locator("[name=why_krs]").is_visible()
    street.focus()
    person.page.keyboard.press("Space")
    assert not person.page.locator("[name=why_street]").is_visible()
    krs.focus()
    person.page.keyboard.press("Space")
    person.presses("Poproś o uzupełnienie", see="KRS: wybierz gotową uwagę", phone=True)
    forgives_refusals(stage)
    assert krs.is_checked()
    krs.focus()
    person.page.keyboard.press("Tab")
    person.page.keyboard.press("ArrowDown")
    person.presses(
        "Poproś o uzupełnienie", see=polish("The applicant was asked to complete the application.")
    )
    row = stored()
    assert row.asked_remarks == {"krs": "Podaj numer KRS spółki."}
    person.goes(f"{LIST}?show=returned", see="czas stoi", phone=True)


def test_two_operators_and_one_application(operator, application, stage: Stage):
    first, second = desk(stage, operator), desk(stage, operator, "second")
    first.goes(application)
    second.goes(application, see="Ogląda teraz:", phone=True)
    folds_out(first, "Odrzuć")
    first.presses("Odrzuć", see=polish("Choose the reason for rejecting."), phone=True)
    forgives_refusals(stage)
    first.page.locator("[name=code]").select_option("not-verified")
    first.fills(reason="Wypis innej placówki (demo)")
    first.presses("Odrzuć", see=polish("The application was rejected."))
    second.presses("Zatwierdź", see="Decyzja już zapadła. Operator 1 (demo): Wniosek odrzucony")
    assert second.page.get_by_role("button", name="Zatwierdź").count() == 0
    # The same application opened anew in another tab has nothing left to decide.
    first.goes(application, see="Wypis innej placówki (demo)")
    assert first.page.get_by_role("button", name="Zatwierdź").count() == 0
    assert stored().status == "rejected"


def test_approving_lets_the_clinic_in_once(operator, application, stage: Stage):
    person = desk(stage, operator)
    person.goes(application, see="Spójrz, zanim zatwierdzisz:")
    person.presses(
        "Zatwierdź",
        see=polish("Access was given. The e-mail with the link for setting the password is on its way."),
    )
    assert stored().status == "approved"
    person.page.reload()
    person.looks(phone=True)
    assert person.page.get_by_role("button", name="Zatwierdź").count() == 0


def test_what_an_import_changed_and_an_alert_handled(operator, gone, stage: Stage):
    person = desk(stage, operator)
    person.goes("/operator/", see="1 placówki z dostępem nie ma już w rejestrze.", phone=True)
    person.presses(polish("Show the alerts"), phone=True)
    person.opens("tbody th a", phone=True)
    person.presses("Zapisz, co zrobiono", see="Napisz, co zostało zrobione.", phone=True)
    forgives_refusals(stage)
    person.fills(remark="Rozmowa z placówką (demo)")
    person.presses("Zapisz, co zrobiono", see="Rozmowa z placówką (demo)")
    person.goes("/operator/register/alerts/", see="Każda placówka z dostępem jest w rejestrze", phone=True)
    person.goes("/operator/register/", phone=True)
    person.opens("#imports-caption ~ * a, table:has(#imports-caption) tbody th a", phone=True)
    assert "Przychodnia Łąkowa (demo)" in person.page.locator("ins").all_inner_texts()
    person.presses("Zniknął (1)")
    assert person.page.locator("table:has(#changes-caption) tbody tr").count() == 1
    assert person.downloads("XLSX").startswith(b"PK")
    person.opens("table:has(#changes-caption) tbody th a", phone=True)
    person.looks("Sprawdzono w rejestrze dnia")


def test_the_desk_is_closed_to_others_and_speaks_english(operator, application, stage: Stage):
    visitor = stage.person("visitor")
    visitor.page.goto(application)
    assert "/login/" in visitor.page.url
    person = desk(stage, operator)
    person.goes(application)
    person.page.locator("footer button", has_text="English").click()
    person.looks("Ask for completion", phone=True)
    person.page.set_viewport_size({"width": PHONE, "height": 900})
    person.goes(LIST, see="Waiting (1)")
    person.page.locator("footer button", has_text="polski").click()
    person.looks()
