"""Co-operation in browsers: an offer returned and mended, a changed account with two people at once."""

from datetime import timedelta

import pytest
import time_machine
from tests import cast, scenes
from tests.browser.stage import PASSWORD, Person, Stage, polish
from tests.browser.test_terms import publishes
from tests.network.steps import OTHER_IBAN, second_owner

from ols.accounts import models as accounts
from ols.accounts.permissions import Role
from ols.kernel.identifiers import format_nrb
from ols.network import services

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECOND = "second.owner@example.org"


def with_password(firm: cast.Firm) -> cast.Firm:
    for person in firm.people.values():
        person.set_password(PASSWORD)
        person.save()
    return firm


@pytest.fixture
def insurer(operator) -> cast.Firm:
    made = with_password(cast.insurer())
    scenes.prepare_insurer(made)
    return made


@pytest.fixture
def clinic(operator) -> cast.Firm:
    made = with_password(cast.provider())
    scenes.finish_stage_two(operator, made)
    return made


@pytest.fixture
def second(clinic) -> cast.Firm:
    second_owner(clinic)
    person = accounts.User.objects.get(email=SECOND)
    person.set_password(PASSWORD)
    person.save()
    return clinic


def comes(stage: Stage, name: str, email: str, *, scripts: bool = True) -> Person:
    person = stage.person(name, scripts=scripts)
    person.logs_in(email)
    return person


def owner_of(stage: Stage, clinic: cast.Firm) -> Person:
    return comes(stage, "owner", clinic.people[Role.OWNER].email)


def manager_of(stage: Stage, insurer: cast.Firm) -> Person:
    return comes(stage, "manager", insurer.people[Role.NETWORK_MANAGER].email)


@pytest.fixture
def returned(clinic, insurer) -> str:
    uuid = scenes.offered(clinic, insurer)
    services.return_offer(
        actor=insurer.actor(Role.NETWORK_MANAGER), contract_uuid=uuid, remark="Inny rachunek", at=cast.AT
    )
    return uuid


@pytest.fixture
def active(clinic, insurer) -> str:
    return scenes.active(clinic, insurer)


def test_a_returned_offer_is_mended_sent_again_and_accepted(clinic, insurer, returned, stage) -> None:
    owner = owner_of(stage, clinic)
    owner.goes(f"/panel/contracts/{returned}/parameters/", see="Inny rachunek", phone=True)
    owner.fills(iban="61 1090 1014 0000 0712 1981 2875", starts_on="22.11.2026")
    with stage.refusing(422):
        owner.presses(polish("Save and continue"), phone=True)
    assert owner.page.locator("[name=iban]").input_value() == "61 1090 1014 0000 0712 1981 2875"
    assert owner.page.locator("[name=starts_on]").input_value() == "22.11.2026"
    assert owner.page.locator(".field.error").count() == 2
    owner.fills(iban=format_nrb(OTHER_IBAN), starts_on="1.12.26")
    owner.page.locator("#bank").get_by_text("mBank").wait_for()
    owner.looks("BREXPLPW")
    owner.presses(polish("Save and continue"))
    owner.goes(f"/panel/contracts/{returned}/send/")
    owner.presses(polish("Send the offer of co-operation"), see=polish("Offer sent, waiting for an answer"))
    manager = manager_of(stage, insurer)
    manager.goes(f"/insurer/contracts/{returned}/history/")
    manager.looks("Zmieniono: Bank, Rachunek bankowy, Współpraca od dnia.", phone=True)
    manager.goes(f"/insurer/contracts/{returned}/")
    manager.presses(polish("Accept offer"))
    owner.goes(f"/panel/contracts/{returned}/history/", see="Przyjęta, zaczyna się 01.12.2026", phone=True)


def test_a_changed_account_with_two_people_at_once(second, insurer, active, stage) -> None:
    owner, colleague = owner_of(stage, second), comes(stage, "second", SECOND)
    owner.goes(f"/panel/contracts/{active}/account/", phone=True)
    owner.fills(iban=format_nrb(OTHER_IBAN), reason="Zmieniliśmy bank")
    owner.page.locator("#bank").get_by_text("mBank").wait_for()
    owner.presses(polish("Ask for the change"), see=polish("Waiting for confirmation", "change of account"))
    change = owner.page.url.partition("/panel/")[2]
    colleague.goes(f"/panel/{change}", phone=True)
    manager = manager_of(stage, insurer)
    manager.goes(f"/insurer/{change}", phone=True)
    colleague.presses(polish("Confirm the new account"), see=polish("Confirmed", "change of account"))
    # The manager's page is older than the decision.
    manager.page.get_by_text(polish("Refuse the change")).click()
    manager.fills(reason="Nie znamy tego rachunku")
    manager.presses(polish("Refuse"), see=polish("The change was decided meanwhile. Its result is below."))
    owner.goes(f"/panel/contracts/{active}/parameters/", see=format_nrb(OTHER_IBAN).removeprefix("PL"))
    owner.goes(f"/panel/contracts/{active}/history/", see="Rachunek …2874, nowy rachunek …5387.")
    assert b"5387" in owner.downloads("CSV")
    owner.page.emulate_media(media="print")
    assert not owner.page.get_by_role("link", name="CSV").is_visible()


def test_a_new_version_of_terms_in_the_middle_of_an_offer(clinic, insurer, returned, stage) -> None:
    publishes(manager_of(stage, insurer), "Treść", "Tekst")
    send = f"/panel/contracts/{returned}/send/"
    with time_machine.travel(cast.AT + timedelta(days=2)):
        owner = owner_of(stage, clinic)
        owner.goes(send, see=polish("The general terms have a new version."), phone=True)
        owner.goes(f"/panel/contracts/{returned}/parameters/")
        owner.fills(starts_on="26.11.2026")
        owner.presses(polish("Save and continue"))
        owner.goes(send)
        with stage.refusing(422):
            owner.presses(polish("Send the offer of co-operation"), see=polish("The offer was not sent."))
        owner.presses(polish("Compare and accept"), see=polish("What changes"))
        owner.ticks("accepted")
        owner.presses(polish("I accept the new version of the terms"))
        owner.goes(send)
        assert owner.page.get_by_text(polish("The general terms have a new version.")).count() == 0
        owner.presses(polish("Send the offer of co-operation"))
        assert owner.page.url.endswith("/history/")


def test_suspended_resumed_and_ended_without_scripts(clinic, insurer, active, stage) -> None:
    manager = comes(stage, "manager", insurer.people[Role.NETWORK_MANAGER].email)
    manager.goes(f"/insurer/contracts/{active}/", phone=True)
    manager.presses(polish("Suspend"), phone=True)
    manager.fills(reason="Polisa wygasła")
    manager.presses(polish("Suspend"), see="Powód: Polisa wygasła", phone=True)
    plain = comes(stage, "owner", clinic.people[Role.OWNER].email, scripts=False)
    plain.page.goto(f"/panel/contracts/{active}/history/")
    assert "Powód: Polisa wygasła" in plain.page.inner_text("#status")
    manager.presses(polish("Resume"))
    manager.presses(polish("Resume"), see="Współpraca trwa od 23.11.2026.")
    plain.page.goto(f"/panel/contracts/{active}/notice/")
    plain.fills(ends_on="23.12.2026", reason="Zamykamy poradnię")
    plain.page.get_by_role("button", name=polish("Continue")).click()
    plain.page.get_by_role("button", name=polish("Give notice")).click()
    assert "Ostatni dzień współpracy: 22.12.2026." in plain.page.inner_text("#status")
    plain.page.get_by_role("button", name=polish("Take the notice back")).click()
    assert "Współpraca trwa od 23.11.2026." in plain.page.inner_text("#status")
    manager.goes(f"/insurer/contracts/{active}/end/", phone=True)
    manager.fills(ends_on="23.11.2026", reason="Zmiana sieci")
    manager.presses(polish("Continue"), see=polish("Check the notice"), phone=True)
    manager.presses(polish("End the co-operation"), see="Współpraca się zakończyła", phone=True)
    plain.page.goto(f"/panel/contracts/{active}/history/")
    plain.page.get_by_role("link", name=polish("Begin the co-operation anew")).click()
    assert polish("Start co-operation") in plain.page.inner_text("h1")
