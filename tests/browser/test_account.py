"""The security of one's own account in a browser: every path, and the forbidden ones."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests import cast, scenes
from tests.browser.stage import PASSWORD, Person, Stage, polish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OTHER_PASSWORD = "zielony kot pije kawę"


@pytest.fixture
def operator(transactional_db) -> cast.Firm:
    """Make the firms before the browser starts: its event loop would open a connection of its own."""
    firm = cast.operator()
    scenes.publish(firm, "platform")
    with_passwords(firm)
    return firm


@pytest.fixture
def clinic(transactional_db) -> cast.Firm:
    firm = cast.provider()
    with_passwords(firm)
    return firm


def with_passwords(firm: cast.Firm) -> None:
    for person in firm.people.values():
        person.set_password(PASSWORD)
        person.save()


def tries(person: Person, email: str, password: str) -> None:
    person.page.goto("/login/")
    person.fills(email=email, password=password)
    person.page.locator("main form").first.get_by_role("button", name=polish("Log in")).click()
    person.page.wait_for_load_state()


def types_code(person: Person, code: str) -> None:
    person.fills(code=code)
    person.page.get_by_role("main").get_by_role("button", name=polish("Log in")).click()
    person.page.wait_for_load_state()


def gives_authenticator(person: Person) -> None:
    """Plug a security key into the person's computer: Chromium's own virtual one."""
    session = person.page.context.new_cdp_session(person.page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_codes_recovery_codes_and_what_is_refused(operator: cast.Firm, stage: Stage):
    email = operator.people["operator"].email
    person = stage.person("operator")
    person.logs_in(email)
    person.goes("/operator/", phone=True)
    person.goes("/account/security/", see=polish("Application with codes"), phone=True)
    used = stage.last_codes[email]
    other = stage.person("other")
    tries(other, email, PASSWORD)
    other.looks(polish("Second step of logging in"), phone=True)
    other.page.goto("/operator/")
    assert "/login/" in other.page.url
    other.page.goto("/login/code/")
    with stage.refusing(422):
        for wrong in ("000000", used, "abc"):
            types_code(other, wrong)
            expect(other.page.locator("#id_code")).to_have_attribute("aria-invalid", "true")
        other.looks(polish("The code is wrong or was used already. Type the one shown now."), phone=True)
    kept = stage.recovery_codes[email][0]
    types_code(other, kept)
    other.goes("/account/security/", see=polish("A recovery code was used"))
    third = stage.person("third")
    tries(third, email, PASSWORD)
    with stage.refusing(422):
        types_code(third, kept)
        third.looks(polish("The code is wrong or was used already. Type the one shown now."))
    types_code(third, stage.recovery_codes[email][1])
    third.goes("/operator/")


def test_a_passkey_as_second_factor_and_without_a_password(clinic: cast.Firm, stage: Stage):
    email = clinic.people["owner"].email
    stage.address = stage.address.replace("127.0.0.1", "localhost")
    person = stage.person("owner")
    gives_authenticator(person)
    tries(person, email, PASSWORD)
    person.goes("/account/security/", phone=True)
    person.presses(polish("Add a passkey"), phone=True)
    person.fills(name="Laptop (demo)")
    person.presses(polish("Add a passkey"), see=polish("Your recovery codes"), phone=True)
    person.presses(polish("I have kept them, go on"))
    leaves(person)
    tries(person, email, PASSWORD)
    assert person.page.url.endswith("/login/code/")
    person.presses(polish("Use a passkey"))
    assert person.page.url.endswith("/panel/")
    leaves(person)
    person.goes("/login/", phone=True)
    person.presses(polish("Use a passkey"))
    assert person.page.url.endswith("/panel/")
    person.goes("/account/security/", see="Laptop (demo)")
    person.presses(polish("Remove"), see=polish("Remove this factor?"))
    person.presses(polish("Remove"), see=polish("The factor was removed."))
    leaves(person)
    person.goes("/login/")
    person.presses(polish("Use a passkey"))
    person.looks(polish("This passkey was not accepted. Try again, or log in another way."))
    tries(person, email, PASSWORD)
    assert person.page.url.endswith("/panel/")


def test_a_browser_without_passkeys_says_so(clinic: cast.Firm, stage: Stage):
    stage.address = stage.address.replace("127.0.0.1", "localhost")
    person = stage.person("owner")
    person.goes("/login/")
    person.page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error()); }")
    person.page.get_by_role("button", name=polish("Use a passkey")).click()
    person.looks(polish("The passkey was not used. Try again, or choose another way."), phone=True)


def leaves(person: Person) -> None:
    person.page.get_by_role("button", name=polish("Log out"), exact=True).click()
    person.page.wait_for_url(re.compile(r"/$"))


def test_ten_wrong_passwords(clinic: cast.Firm, stage: Stage):
    email = clinic.people["owner"].email
    known, stranger = stage.person("owner"), stage.person("stranger")
    tries(known, email, PASSWORD)
    leaves(known)
    with stage.refusing(422):
        for number in range(10):
            tries(stranger, email, f"zle-haslo-numer-{number}")
        stranger.looks(polish("Too many attempts. The next one is possible at %(time)s.").partition("%")[0])
        tries(stranger, email, PASSWORD)
        stranger.looks(polish("Too many attempts. The next one is possible at %(time)s.").partition("%")[0])
    tries(known, email, PASSWORD)
    assert known.page.url.endswith("/panel/")
    known.goes("/account/security/", see=polish("Attempts to log in were held up"))
    known.follows_mail(email, "logowanie wstrzymane")


def test_links_that_are_used_replaced_or_foreign(clinic: cast.Firm, stage: Stage):
    email = clinic.people["accountant"].email
    person = stage.person("accountant")
    person.goes("/password/", phone=True)
    person.fills(email=email)
    person.presses(polish("Send the link"))
    person.follows_mail(email, "")
    assert person.page.url.endswith("/password/new/")
    person.looks(phone=True)
    with stage.refusing(422):
        person.fills(password="haslohaslohaslo", repeated="haslohaslohaslo")
        person.presses(polish("Set the password and log in"), phone=True)
    person.fills(password=OTHER_PASSWORD)
    expect(person.page.locator(".strength")).to_have_text(polish("Strong."))
    person.page.locator("[data-show-password=id_password]").click()
    expect(person.page.locator("#id_password")).to_have_attribute("type", "text")
    person.fills(repeated=OTHER_PASSWORD)
    person.presses(polish("Set the password and log in"), see=polish("The password is set."))
    other = stage.person("other")
    with stage.refusing(410):
        other.goes("/mailbox/")
        other.page.get_by_role("row").filter(has_text=email).last.get_by_role("link").click()
        other.opens("#message a")
        other.looks(polish("The link does not work any more"), phone=True)
        other.presses(
            polish("Send a new link"),
            see=polish("If the address is known here, a link is on its way. It works for 24 hours."),
        )
        other.goes("/password/" + "x" * 43 + "/", see=polish("The link does not work any more"))


def test_out_everywhere_and_nothing_left_behind(clinic: cast.Firm, stage: Stage):
    email = clinic.people["owner"].email
    here, there = stage.person("here"), stage.person("there")
    for person in (here, there):
        tries(person, email, PASSWORD)
    there.goes("/panel/insurers/")
    here.goes("/account/security/")
    assert here.page.locator("#sessions-caption").count() == 1
    here.presses(polish("Log out everywhere"), see=polish("You are logged out everywhere."))
    there.page.goto("/panel/")
    assert "/login/?next=/panel/" in there.page.url
    there.page.go_back()
    there.page.wait_for_load_state()
    assert "/login/" in there.page.url
    tries(there, email, PASSWORD)
    there.goes("/panel/insurers/")
    leaves(there)
    there.page.go_back()
    there.page.wait_for_load_state()
    assert "/login/" in there.page.url


def test_one_session_is_ended_from_another(clinic: cast.Firm, stage: Stage):
    email = clinic.people["owner"].email
    here, there = stage.person("here"), stage.person("there")
    for person in (there, here):
        tries(person, email, PASSWORD)
    here.goes("/account/security/")
    here.presses(polish("End"), see=polish("The session was ended."))
    there.page.goto("/panel/")
    assert "/login/" in there.page.url
    for path in ("/account/password/", "/account/confirm/", "/account/factors/", "/account/security/"):
        here.goes(path, phone=True)
    with stage.refusing(422):
        here.goes("/account/password/")
        here.fills(present="x", password=OTHER_PASSWORD, repeated=OTHER_PASSWORD)
        here.presses(polish("Change the password"), see=polish("This is not your present password."))
    here.fills(present=PASSWORD, password=OTHER_PASSWORD, repeated=OTHER_PASSWORD)
    here.presses(
        polish("Change the password"), see=polish("The password was changed. Every other session was ended.")
    )


def test_the_session_that_is_about_to_end_goes_on_by_one_button(clinic: cast.Firm, stage: Stage):
    person = stage.person("owner")
    tries(person, clinic.people["owner"].email, PASSWORD)
    person.page.clock.install()
    person.page.goto("/account/security/")
    dialog = person.page.get_by_role("dialog")
    person.page.clock.run_for(timedelta(minutes=24, seconds=50).total_seconds() * 1000)
    expect(dialog).to_be_hidden()
    person.page.clock.run_for(20_000)
    expect(dialog).to_be_visible()
    person.looks(polish("You will be logged out in 5 minutes"), phone=True)
    expect(person.page.get_by_role("button", name=polish("Stay logged in"))).to_be_focused()
    with person.page.expect_request(lambda request: request.method == "HEAD"):
        person.page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()


def test_without_scripts(operator: cast.Firm, stage: Stage):
    person = stage.person("operator", scripts=False)
    email = operator.people["operator"].email
    tries(person, email, PASSWORD)
    assert person.page.url.endswith("/account/factors/")
    person.page.goto("/account/factors/code/")
    secret = person.page.locator("#secret [data-copy]").get_attribute("data-copy")
    stage.telephones[email] = secret
    person.fills(code=person.next_code(email))
    person.page.get_by_role("button", name=polish("Confirm")).click()
    person.page.get_by_role("button", name=polish("I have kept them, go on")).click()
    person.page.goto("/operator/")
    assert person.page.url.endswith("/operator/")
