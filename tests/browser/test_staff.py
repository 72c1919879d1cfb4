"""People of a clinic: invited, asked for, removed while they work; two organizations in two tabs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from tests import cast
from tests.browser.stage import PASSWORD, Person, Stage, polish

from ols.accounts import services
from ols.accounts.permissions import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NEW = "nowa@example.org"
STAFF = "/panel/staff/"


@contextmanager
def refused(stage: Stage, status: int) -> Iterator[None]:
    """Expect the answer to be a refusal, which browsers complain about; anything else stays an error."""
    before = len(stage.said)
    with stage.refusing(status):
        yield
        stage.people[-1].page.wait_for_timeout(100)
        assert any(f": {status} " in said for said in stage.said[before:]), stage.said[before:]


def with_password(firm: cast.Firm) -> cast.Firm:
    for person in firm.people.values():
        person.set_password(PASSWORD)
        person.save()
    return firm


@pytest.fixture
def clinic(transactional_db) -> cast.Firm:
    """Make the clinic before the browser starts: its event loop would open a connection of its own."""
    return with_password(cast.provider())


@pytest.fixture
def second(clinic) -> cast.Firm:
    """Make another clinic in which the first one's owner is an owner, too."""
    firm = with_password(cast.provider(2))
    services.invite_member(
        actor=firm.actor("owner"),
        email=clinic.people["owner"].email,
        name="x",
        roles=[Role.OWNER],
        at=cast.AT,
    )
    return firm


def works(stage: Stage, clinic: cast.Firm, role: str) -> Person:
    person = stage.person(role)
    person.logs_in(clinic.people[role].email)
    return person


def invites(owner: Person) -> None:
    owner.goes(f"{STAFF}new/", phone=True)
    owner.fills(name="Nowa Osoba (demo)", email=NEW)
    owner.page.get_by_role("button", name=polish("Accounting"), exact=True).click()
    assert owner.page.locator("[name=roles]:checked").evaluate_all("all => all.map((one) => one.value)") == [
        "accountant"
    ]
    owner.presses(polish("Send invitation"), see=polish("The invitation is on its way."), phone=True)


def link_in_mail(stage: Stage, *, nth: int = 0) -> tuple[Person, str]:
    """Open the newest (or an older) letter to the invited person; return who reads it and the link in it."""
    reader = stage.person("invited")
    row = reader.page.get_by_role("row").filter(has_text=NEW)
    for _ in range(50):
        reader.page.goto("/mailbox/")
        if row.count() > nth:
            break
        reader.page.wait_for_timeout(200)
    with reader.page.expect_navigation():
        row.nth(nth).get_by_role("link").click()
    return reader, reader.page.locator("#message a").first.get_attribute("href") or ""


def opens_person(owner: Person, name: str) -> None:
    owner.goes(STAFF)
    with owner.page.expect_navigation():
        owner.page.locator("main").get_by_role("link", name=name).first.click()
    owner.looks(phone=True)


def test_an_invitation_is_used_once_and_never_again(clinic, stage: Stage):
    owner = works(stage, clinic, "owner")
    owner.goes(STAFF, phone=True)
    invites(owner)
    invited, link = link_in_mail(stage)
    invited.goes(link)
    invited.sets_password()
    invited.goes("/panel/settlements/", phone=True)
    other = stage.person("replay")
    with refused(stage, 410):
        other.page.goto(link)
    opens_person(owner, "Nowa Osoba (demo)")
    assert owner.page.get_by_role("button", name=polish("Send again")).count() == 0
    owner.goes(f"{STAFF}history/", see="Nowa Osoba (demo)", phone=True)
    # Back to the sent form and forward again: nothing is sent a second time.
    owner.goes(STAFF)
    owner.page.go_back()
    owner.goes(STAFF)
    assert owner.page.locator("tbody tr").count() == 4


def test_an_invitation_expires_is_sent_again_and_withdrawn(clinic, stage: Stage):
    owner = works(stage, clinic, "owner")
    invites(owner)
    invited, old = link_in_mail(stage)
    with time_machine.travel(cast.AT + timedelta(hours=25)):
        with refused(stage, 410):
            invited.page.goto(old)
        owner.logs_in(clinic.people["owner"].email)
        owner.goes(STAFF, see=polish("Invitation expired"))
        opens_person(owner, "Nowa Osoba (demo)")
        owner.presses(
            polish("Send again"),
            see=polish("The invitation is on its way again. The link before it is void."),
        )
        reader, link = link_in_mail(stage)
        assert link != old
        reader.goes(link)
        opens_person(owner, "Nowa Osoba (demo)")
        owner.presses(polish("Withdraw the invitation"), phone=True)
        with refused(stage, 410):
            reader.page.goto(link)


def test_a_missing_key_is_asked_for_and_given(clinic, stage: Stage):
    receptionist = works(stage, clinic, "receptionist")
    with refused(stage, 403):
        receptionist.goes("/panel/settlements/", see=polish("Ask for access"), phone=True)
    receptionist.presses(
        polish("Ask for access"), see=polish("Your request was sent. The answer comes by e-mail.")
    )
    with refused(stage, 403):
        receptionist.goes("/panel/settlements/", phone=True)
    assert receptionist.page.get_by_role("button", name=polish("Ask for access")).count() == 0
    owner = works(stage, clinic, "owner")
    owner.goes("/panel/", phone=True)
    owner.goes(STAFF, see=polish("Requests for access"), phone=True)
    with owner.page.expect_navigation():
        owner.page.locator("#requests button[name=role]").click()
    owner.looks(polish("Granted. It counts from the person's next click."))
    receptionist.goes("/panel/settlements/")


def test_who_is_removed_while_working_is_out_with_the_next_click(clinic, stage: Stage):
    receptionist, owner = works(stage, clinic, "receptionist"), works(stage, clinic, "owner")
    receptionist.goes("/panel/claims/")
    opens_person(owner, "Receptionist 1 (demo)")
    owner.presses(polish("Remove from staff"), see=polish("What will happen"), phone=True)
    owner.presses(polish("Remove from staff"), phone=True)
    assert owner.page.get_by_role("link", name="Receptionist 1 (demo)").count() == 0
    with receptionist.page.expect_navigation():
        receptionist.page.get_by_role("link", name=polish("Panel")).first.click()
    assert "/login/" in receptionist.page.url
    receptionist.page.go_back()
    receptionist.page.reload()
    assert "/login/" in receptionist.page.url
    # The owner goes back to the page of a person who is gone, and does nothing by it.
    with refused(stage, 404):
        owner.page.go_back()
        owner.page.reload()


def test_the_last_manager_stays(clinic, stage: Stage):
    owner = works(stage, clinic, "owner")
    opens_person(owner, "Owner 1 (demo)")
    owner.presses(polish("Remove from staff"), see=polish("This is not possible."), phone=True)
    assert owner.page.get_by_role("button", name=polish("Remove from staff")).count() == 0
    owner.page.go_back()
    owner.page.locator("[value=owner]").uncheck()
    owner.page.locator("[value=accountant]").check()
    with refused(stage, 422):
        owner.presses(polish("Save"), phone=True)
    assert owner.page.locator(".error-summary").count() == 1


def switches(person: Person, to: cast.Firm) -> None:
    """Choose another organization at the top of the page, by keyboard."""
    person.page.locator("button.org").focus()
    person.page.keyboard.press("Enter")
    person.looks(phone=True)
    with person.page.expect_navigation():
        person.page.locator("#workplaces").get_by_role("button", name=to.name).press("Enter")
    person.looks(polish("You act for %(organization)s now.") % {"organization": to.name}, phone=True)


def test_two_tabs_in_two_clinics_never_act_for_the_wrong_one(clinic, second, stage: Stage):
    owner = works(stage, clinic, "owner")
    owner.looks(polish("For whom do you act now?"), phone=True)
    owner.presses(clinic.name)
    owner.goes(f"{STAFF}new/")
    owner.fills(name="Nowa Osoba (demo)", email=NEW)
    owner.page.locator("[value=accountant]").check()
    tab = stage.window("owner-tab", owner.page.context)
    tab.goes("/panel/")
    switches(tab, second)
    with refused(stage, 409):
        owner.presses(
            polish("Send invitation"), see=polish("Nothing was saved and nothing was sent."), phone=True
        )
    tab.goes(STAFF)
    assert tab.page.get_by_text(NEW).count() == 0
    owner.presses(clinic.name, see=polish("The invitation is on its way."))
    assert owner.page.get_by_text(NEW).count() == 1
    assert owner.page.locator(".org b").inner_text() == clinic.name
    # The other tab's page was made for the second clinic: now it is the old one.
    with refused(stage, 404):
        tab.goes(f"{STAFF}{second.people['accountant'].uuid}/", phone=True)
    tab.presses(second.name)
    assert tab.page.get_by_text("Accountant 2 (demo)").count() > 0


def test_without_scripts_sets_of_ticks_and_the_switch_work_too(clinic, second, stage: Stage):
    owner = works(stage, clinic, "owner")
    context = stage.browser.new_context(
        java_script_enabled=False,
        locale="pl-PL",
        base_url=stage.address,
        storage_state=owner.page.context.storage_state(),
    )
    page = context.new_page()
    page.goto("/organization/")
    page.locator("main").get_by_role("button", name=second.name).click()
    page.goto(f"{STAFF}new/")
    assert page.locator(".org b").inner_text() == second.name
    page.fill("[name=email]", NEW)
    page.get_by_role("button", name=polish("Manager"), exact=True).click()
    assert page.locator("[name=email]").input_value() == NEW
    assert page.locator("[value=owner]").is_checked()
    page.fill("[name=name]", "Nowa Osoba (demo)")
    page.locator("[name=name]").press("Enter")
    page.get_by_text(polish("The invitation is on its way.")).wait_for()
    context.close()
