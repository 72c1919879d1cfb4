"""Several insurers in one installation never see each other: lists, sums, files.

The permission walk asks every page with an object for foreign objects; here every page without one is read,
and every file is opened, by an insurer beside whom another one has everything.
"""

import io
import re
from zipfile import ZipFile

import pytest
import time_machine
from django.db.models import Value
from django.test import Client
from django.urls import reverse
from tests import cast, everything, scenes
from tests.web.test_permission_walk import ROUTES, VALUES

from ols.network import models
from ols.network.selectors import network_list

pytestmark = pytest.mark.django_db
SECRET_FIRM = "Tajna Lecznica (demo)"
SECRET_PERSON = "Tajny Ktoś (demo)"
FILES = ("csv", "xlsx")


@pytest.fixture
def clock():
    with time_machine.travel(cast.AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def rival(clock):
    """The insurer that has everything: clinics, prices, claims, payments, an offer that waits, needs."""
    made = everything.make()
    insurer = made.firms["insurer"]
    waiting = cast.provider(7)
    scenes.finish_stage_two(made.firms["operator"], waiting)
    scenes.offered(waiting, insurer)
    clinics = cast.accounts_models.Organization.objects.filter(kind="provider")
    clinics.update(name=SECRET_FIRM)
    models.Contract.objects.update(contact_name=SECRET_PERSON)
    return insurer


@pytest.fixture
def own(rival):
    """Another insurer, with one clinic of its own."""
    insurer = cast.insurer(3)
    scenes.prepare_insurer(insurer, "CONS")
    clinic = cast.provider(8)
    scenes.finish_stage_two(cast.firm("operator", 2), clinic)
    scenes.offered(clinic, insurer)
    return insurer


def pages():
    """Return the addresses of the insurer's pages that name no object, files once for each kind."""
    for route in ROUTES:
        if route.kind == "insurer" and "<uuid:" not in route.pattern:
            kinds = FILES if "<str:kind>" in route.pattern else ("",)
            for kind in kinds:
                values = {**VALUES, "kind": kind, "code": "cons"}
                found = re.sub(
                    r"<\w+:(\w+)>", lambda part, values=values: str(values[part[1]]), route.pattern
                )
                yield route, f"/{found}"


def text_of(answer) -> str:
    """Return what can be read in an answer, in the cells of a spreadsheet, too."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] != b"PK":
        return content.decode("utf-8", "replace")
    with ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist())


def leaks(insurer) -> dict[str, str]:
    """Read every page and file of the insurer; return where the other's secrets are."""
    clients: dict[str, Client] = {}
    found = {}
    for route, path in pages():
        for role in insurer.people:
            if isinstance(route.permission, str) and not insurer.actor(role).has(route.permission):
                continue
            client = clients.setdefault(role, insurer.client(role))
            answer = client.get(path, {"show": "offers", "sort": "name"})
            if answer.status_code == 200:
                said = text_of(answer)
                seen = [secret for secret in (SECRET_FIRM, SECRET_PERSON) if secret in said]
                found |= {path: seen[0]} if seen else {}
    return found


def test_nothing_of_another_insurer_is_on_any_page_or_in_any_file(own):
    assert leaks(own) == {}


def test_sums_count_ones_own_alone(own):
    client = own.client("network-manager")
    text = client.get(reverse("insurer:offer-list"), {"show": "offers"}).content.decode()
    assert "Oferty współpracy (1)" in text
    csv = client.get(reverse("insurer:contract-export", args=["csv"])).content.decode("utf-8-sig")
    assert len(csv.splitlines()) == 2
    needs = client.get(reverse("insurer:needs-export", args=["csv"])).content.decode("utf-8-sig")
    assert all(row.endswith(";0;;0") for row in needs.splitlines()[1:])


def test_the_reader_sees_a_selector_that_forgets_whose_it_is(own, monkeypatch):
    """Negative control: with the scope taken away, the same reading finds the other's clinics."""

    def everything_there_is(actor, wanted, on):
        return models.Contract.objects.annotate(words=Value(""))

    monkeypatch.setattr(network_list, "_found", everything_there_is)
    listed = ("/insurer/contracts/", "/insurer/contracts/network.csv", "/insurer/contracts/network.xlsx")
    assert leaks(own) == dict.fromkeys(listed, SECRET_FIRM)
