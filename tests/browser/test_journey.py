"""The whole journey in a browser: from the register of facilities to money in a clinic's account.

Everybody acts in their own window; nothing is done by a script or in the database once the firms exist.
"""

import random
import re
from dataclasses import dataclass
from datetime import date

import pytest
from tests import cast, scenes
from tests.browser.stage import PASSWORD, Person, Stage, pdf, polish
from tests.settlement import mock_bank

from ols.accounts import models as accounts
from ols.kernel import days, generated, identifiers
from ols.kernel.identifiers import parse_nrb
from ols.registry import sample
from ols.settlement.formats import fa3, pain001

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RNG = random.Random(2026)
INSURER_IBAN = parse_nrb("27 1140 2004 0000 3002 0135 5387")
CLINIC_IBAN = "61 1090 1014 0000 0712 1981 2874"
PESEL = generated.make_pesel(RNG, birth=date(1985, 7, 15), sex="F")
OWNER = "wlasciciel@example.org"
TODAY = days.format_date(cast.TODAY)
POLICIES = (
    "policy_number;plan_code;holder_name;card_number;pesel;first_name;last_name;cover_from;cover_to\n"
    f"P/1;KOMFORT;Firma (demo);K-1;{PESEL};Anna;Kowalska (demo);01.01.2026;31.12.2026\n"
)


@dataclass
class World:
    """The firms there are before the journey begins, and what it leads to."""

    operator: cast.Firm
    insurer: cast.Firm
    nip: str
    register: bytes


@pytest.fixture
def world(transactional_db, tmp_path) -> World:
    """Make the firms before the browser starts: its event loop would open a connection of its own."""
    operator, insurer = cast.operator(), cast.insurer()
    accounts.Organization.objects.filter(pk=insurer.id).update(iban=INSURER_IBAN)
    scenes.publish(operator, "platform")
    scenes.publish(operator, "insurance-service")
    scenes.prepare_insurer(insurer, "CONS")
    for firm in (operator, insurer):
        for person in firm.people.values():
            person.set_password(PASSWORD)
            person.save()
    file = tmp_path / "register.csv"
    sample.write_register(file, entities=20, seed=7)
    entity = next(iter(sample.register_rows(entities=20, seed=7)))
    return World(operator, insurer, entity["nip"], file.read_bytes())


def test_from_the_register_to_the_money(world: World, stage: Stage):
    import_register(stage, world)
    owner = join(stage, world)
    accept_service(owner)
    contract = cooperate(stage, world, owner)
    promise(stage, world)
    agree_prices(stage, world, owner, contract)
    receptionist = invite(stage, owner, "recepcja@example.org", "receptionist")
    accountant = invite(stage, owner, "ksiegowosc@example.org", "accountant")
    claim(receptionist)
    report = settle(accountant)
    pay(stage, world)
    accountant.goes(report, phone=True)
    assert re.search(r"opłacone\s+2[3-7]\.11\.2026", accountant.page.inner_text("main"), re.IGNORECASE)


def staff(stage: Stage, firm: cast.Firm, role: str) -> Person:
    """Log one of the firm's people in."""
    person = stage.person(role)
    person.logs_in(firm.people[role].email)
    return person


def import_register(stage: Stage, world: World) -> None:
    """Step 1: the operator uploads the register."""
    operator = staff(stage, world.operator, "operator")
    operator.goes("/operator/register/")
    operator.adds_file("file", "rejestr.csv", world.register)
    operator.presses(polish("Import"), see=polish("Every line was imported."))
    operator.page.context.close()


def join(stage: Stage, world: World) -> Person:
    """Step 2: a clinic finds itself and asks for access; the link from the e-mail leads to the panel."""
    owner = stage.person("owner")
    owner.goes("/", phone=True)
    owner.goes("/medicine/")
    owner.goes("/medicine/insurance/")
    owner.presses(polish("Get access"), phone=True)
    owner.fills(text=identifiers.format_nip(world.nip))
    owner.presses(polish("Search"))
    owner.presses("Wybierz")
    owner.fills(
        representative_name="Maria Przykładowa (demo)",
        representative_function="właścicielka",
        email=OWNER,
        phone="600 000 021",
    )
    owner.ticks("accepted")
    owner.presses(polish("Continue"), phone=True)
    owner.presses("Wyślij wniosek", see=polish("The application was sent"))
    operator = staff(stage, world.operator, "operator")
    operator.looks(phone=True)
    operator.goes("/operator/applications/")
    operator.opens("tbody th a")
    operator.presses("Zatwierdź")
    operator.page.context.close()
    owner.follows_mail(OWNER, "")
    owner.sets_password()
    return owner


def accept_service(owner: Person) -> None:
    """Step 3, first half: own data confirmed, terms of the service accepted."""
    owner.goes("/panel/", phone=True)
    owner.goes("/panel/insurance/")
    owner.presses("Informacje")
    owner.presses("Przejdź do akceptacji regulaminu")
    owner.ticks("confirmed")
    owner.presses("Dalej")
    owner.ticks("accepted")
    owner.presses("Akceptuj", phone=True)


def cooperate(stage: Stage, world: World, owner: Person) -> str:
    """Step 3, second half: an offer with parameters and a document; the insurer accepts."""
    owner.goes("/panel/insurers/")
    owner.presses(world.insurer.name)
    owner.presses("Nawiąż współpracę")
    join_page = owner.page.url
    owner.presses(polish("See the terms"))
    owner.goes(join_page)
    owner.ticks("joined")
    owner.presses("Akceptuję regulamin i chcę nawiązać współpracę")
    owner.fills(
        starts_on=TODAY,
        iban=CLINIC_IBAN,
        contact_name="Maria Przykładowa (demo)",
        contact_email=OWNER,
        contact_phone="600 000 021",
    )
    owner.presses(polish("Save and continue"))
    contract = "/" + "/".join(owner.page.url.split("/")[3:6]) + "/"
    owner.goes(f"{contract}documents/", phone=True)
    owner.presses("Dodaj")
    owner.adds_file("file", "polisa.pdf", pdf())
    owner.presses("Dodaj")
    owner.presses(polish("Go on to sending the offer"))
    owner.presses("Wyślij ofertę współpracy")
    manager = staff(stage, world.insurer, "network-manager")
    manager.goes("/insurer/offers/", phone=True)
    manager.opens("tbody th a", phone=True)
    manager.presses(polish("Accept offer"))
    manager.page.context.close()
    owner.goes(f"{contract}history/")
    return contract


def promise(stage: Stage, world: World) -> None:
    """Step 4, the insurer's half: price limits, a plan with benefits, insured people."""
    manager = staff(stage, world.insurer, "plan-manager")
    manager.goes("/insurer/price-limits/")
    manager.goes("/insurer/price-limits/cons/", phone=True)
    limits = manager.page.locator("input[name^='limit-']")
    for number in range(10):
        limits.nth(number).fill("200,00")
    manager.presses(polish("Look at the change"))
    manager.presses(polish("Save limits"))
    manager.goes("/insurer/plans/")
    manager.goes("/insurer/plans/new/")
    manager.fills(code="KOMFORT", name="Komfort (demo)")
    manager.presses(polish("Create plan"))
    manager.presses(polish("Draft the first terms"))
    manager.fills(valid_from="01.01.2026")
    manager.presses(polish("Save draft"))
    manager.presses(polish("Add benefit"))
    manager.fills(code="KONS", name="Konsultacje", count_limit="5", copay_gr="10,00", waiting_days="30")
    offered = manager.page.locator("input[name='service_ids']")
    for number in range(10):
        offered.nth(number).check()
    manager.presses(polish("Save benefit"))
    manager.presses(polish("Publish terms"), phone=True)
    manager.goes("/insurer/policies/")
    manager.goes("/insurer/policies/import/")
    manager.adds_file("file", "polisy.csv", POLICIES.encode())
    manager.presses(polish("Import"), see=polish("Every line was imported."))
    manager.goes("/insurer/policies/", phone=True)
    manager.page.context.close()


def agree_prices(stage: Stage, world: World, owner: Person, contract: str) -> None:
    """Step 4, the clinic's half: thematic terms and ten prices, which the insurer accepts."""
    owner.goes(f"{contract}terms/")
    owner.opens("tbody td a")
    owner.ticks("accepted")
    owner.presses("Akceptuj")
    owner.goes(f"{contract}areas/CONS/prices/", phone=True)
    owner.fills(valid_from=TODAY)
    prices = owner.page.locator("input[name^='price-']")
    for number in range(10):
        prices.nth(number).fill(f"{190 + 5 * number},00")
    owner.presses("Sprawdź i wyślij", phone=True)
    owner.presses("Wyślij")
    manager = staff(stage, world.insurer, "network-manager")
    manager.goes("/insurer/offers/?show=lists")
    manager.opens("tbody th a", phone=True)
    manager.presses(polish("Accept price list"))
    manager.page.context.close()
    owner.goes(f"{contract}prices/")
    owner.goes("/panel/", phone=True)


def invite(stage: Stage, owner: Person, email: str, role: str) -> Person:
    """The owner gives a colleague an account; the colleague sets a password from the e-mail."""
    owner.goes("/panel/staff/")
    owner.goes("/panel/staff/new/")
    owner.fills(name=f"{email.partition('@')[0].capitalize()} (demo)", email=email)
    owner.page.locator(f"[name='roles'][value='{role}']").check()
    owner.presses(polish("Send invitation"))
    colleague = stage.person(role)
    colleague.follows_mail(email, "")
    colleague.sets_password()
    return colleague


def claim(receptionist: Person) -> None:
    """Step 5: cover found by PESEL, three services, estimate, decision, performance confirmed."""
    page = receptionist.page
    receptionist.goes("/panel/claims/")
    receptionist.goes("/panel/claims/new/", phone=True)
    receptionist.fills(number=PESEL)
    page.keyboard.press("Enter")
    page.locator("#id_query").wait_for()
    receptionist.looks("Anna K.")
    assert PESEL not in page.url
    for position, code in enumerate(("CONS-001", "CONS-002", "CONS-004")):
        page.locator("#id_query").fill(code)
        page.keyboard.press("Enter")
        page.locator(f"[name='line-{position}-code']").wait_for(state="attached")
    receptionist.looks(polish("The patient pays"), phone=True)
    receptionist.presses("Udziel świadczenia", phone=True)
    receptionist.presses("Potwierdź wykonanie", phone=True)
    receptionist.looks("2 z 5")
    receptionist.goes("/panel/claims/", phone=True)


def settle(accountant: Person) -> str:
    """Step 6: the report of the period, its invoice as PDF and as a KSeF file."""
    accountant.goes("/panel/settlements/", phone=True)
    accountant.presses("Nowy raport")
    accountant.fills(period_from=TODAY, period_to=TODAY)
    accountant.presses("Pokaż raport")
    accountant.presses("Zatwierdź raport", phone=True)
    assert accountant.downloads(polish("Invoice (PDF)")).startswith(b"%PDF")
    assert fa3.validate(accountant.downloads(polish("KSeF file (XML)"))) == []
    return accountant.page.url


def pay(stage: Stage, world: World) -> None:
    """Step 7: the payment file of one person, the approval of another, the bank's statement."""
    preparer = staff(stage, world.insurer, "finance-preparer")
    preparer.goes("/insurer/payments/", phone=True)
    preparer.page.locator("[name='statements']").check()
    preparer.presses(polish("Prepare the payment file"), phone=True)
    batch = preparer.page.url
    approver = staff(stage, world.insurer, "finance-approver")
    approver.goes(batch)
    approver.presses(polish("Approve the payment file"))
    preparer.goes(batch)
    file = preparer.downloads(polish("Download the file for the bank (pain.001)"))
    assert pain001.validate(file) == []
    with mock_bank.opened(iban=INSURER_IBAN, name="TU (demo)", now="2026-11-23T10:00") as bank:
        bank.pay(file)
        (statement,) = bank.statements()
    preparer.goes("/insurer/bank-statements/")
    preparer.adds_file("file", "wyciag.xml", statement)
    preparer.presses(polish("Import the statement"))
    preparer.goes("/insurer/payments/", see=polish("The ledger balances to 0"), phone=True)
