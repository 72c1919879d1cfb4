"""The six questions, asked of every page of the co-operation."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests import cast, scenes
from tests.cast import AT

from ols.accounts.permissions import Role
from ols.catalog import selectors as catalog
from ols.network import models
from ols.registry import models as registry

pytestmark = pytest.mark.django_db

# Page, how it is opened, its arguments, and whether a receptionist may open it.
PAGES = [
    ("home-show", "get", (), True),
    ("service-show", "get", (), True),
    ("service-about", "get", (), True),
    ("service-terms", "get", (), True),
    ("facility-show", "get", (), True),
    ("facility-edit", "get", (), False),
    ("terms-show", "get", ("terms",), True),
    ("terms-print", "get", ("terms",), True),
    ("insurer-list", "get", (), True),
    ("insurer-show", "get", ("insurer",), True),
    ("insurer-join", "get", ("insurer",), False),
    ("contract-show", "get", ("contract",), True),
    ("contract-parameters", "get", ("contract",), False),
    ("contract-documents", "get", ("contract",), False),
    ("contract-document-new", "get", ("contract", "OC"), False),
    ("contract-document", "get", ("contract", "document"), False),
    ("contract-send", "get", ("contract",), False),
    ("contract-withdraw", "post", ("contract",), False),
    ("contract-history", "get", ("contract",), True),
    ("contract-areas", "get", ("contract",), True),
    ("pricelist-list", "get", ("contract",), True),
    ("pricelist-show", "get", ("contract", "list"), True),
    ("pricelist-withdraw", "post", ("contract", "list"), False),
    ("pricelist-file", "get", ("contract", "list", "csv"), True),
    ("pricelist-edit", "get", ("contract", "CONS"), False),
    ("pricelist-save", "post", ("contract", "CONS"), False),
    ("pricelist-check", "get", ("contract", "CONS"), False),
    ("pricelist-import", "get", ("contract", "CONS"), False),
    ("pricelist-export", "get", ("contract", "CONS", "xlsx"), False),
]
OWN = [row for row in PAGES if "contract" in row[2]]
NAMES = [row[0] for row in PAGES]


class World:
    """A clinic with an active contract and a sent price list."""

    def __init__(self) -> None:
        self.insurer, self.clinic, contract = scenes.partners("CONS")
        first = catalog.services(area_id=catalog.area(code="CONS").id)[0]
        price_list = scenes.sent_prices(self.clinic, contract, "CONS", {first.id: 100_00})
        self.known = {
            "contract": contract,
            "list": price_list,
            "insurer": self.insurer.uuid,
            "terms": str(models.TermsVersion.objects.get(kind="general").uuid),
            "document": str(models.ContractDocument.objects.get().document.uuid),
        }

    def ask(self, client: Client, name: str, method: str, args: tuple[str, ...]):
        url = reverse(f"provider:{name}", args=[self.known.get(item, item) for item in args])
        return getattr(client, method)(url)

    def state(self) -> list[object]:
        """Return everything that a refused request must leave alone."""
        return [
            *models.Contract.objects.values_list("status", "starts_on", "iban"),
            *models.PriceList.objects.values_list("status", "valid_from"),
            models.TermsAcceptance.objects.count(),
            models.ContractDocument.objects.count(),
            registry.DataConfirmation.objects.count(),
        ]


@pytest.fixture
def world() -> World:
    with time_machine.travel(AT, tick=False):
        made = World()
        yield made


def test_the_owner_opens_every_page(world: World) -> None:
    owner = world.clinic.client(Role.OWNER)
    answers = {name: world.ask(owner, name, method, args).status_code for name, method, args, _ in PAGES}
    led_on = {"service-terms", "insurer-join", "contract-show", "contract-withdraw", "pricelist-withdraw"}
    assert answers == {name: 302 if name in led_on else 200 for name in NAMES}


def test_a_colleague_gets_the_key_page_where_a_key_is_needed(world: World) -> None:
    before, receptionist = world.state(), world.clinic.client(Role.RECEPTIONIST)
    for name, method, args, everybody in PAGES:
        answer = world.ask(receptionist, name, method, args)
        assert (answer.status_code == 403) is not everybody, name
        assert answer.status_code in {200, 302, 403}, name
    assert world.state() == before


def test_who_may_only_view_the_data_reads_them_and_cannot_confirm(world: World) -> None:
    receptionist = world.clinic.client(Role.RECEPTIONIST)
    shown = world.ask(receptionist, "facility-show", "get", ()).content.decode()
    assert "Dane potwierdza tutaj osoba, która może je edytować." in shown
    assert reverse("provider:facility-edit") not in shown
    before = world.state()
    refused = receptionist.post(reverse("provider:facility-show"), {"confirmed": "on"})
    assert refused.status_code == 403
    assert world.state() == before


def test_another_clinic_finds_nothing(world: World) -> None:
    before, stranger = world.state(), cast.provider(2).client(Role.OWNER)
    for name, method, args, _ in OWN:
        assert world.ask(stranger, name, method, args).status_code == 404, name
    assert world.state() == before


def test_an_insurers_person_lacks_the_key(world: World) -> None:
    before, manager = world.state(), world.insurer.client(Role.NETWORK_MANAGER)
    for name, method, args, _ in PAGES:
        assert world.ask(manager, name, method, args).status_code == 403, name
    assert world.state() == before


def test_anonymous_visitors_go_to_the_login(world: World) -> None:
    before, nobody = world.state(), Client()
    for name, method, args, _ in PAGES:
        answer = world.ask(nobody, name, method, args)
        assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("public:session-new")), name
    assert world.state() == before


def test_a_wrong_verb_is_refused(world: World) -> None:
    before, owner = world.state(), world.clinic.client(Role.OWNER)
    for name, method, args, _ in PAGES:
        assert world.ask(owner, name, "delete", args).status_code == 405, name
        if method == "post":
            assert world.ask(owner, name, "get", args).status_code == 405, name
    assert world.state() == before
