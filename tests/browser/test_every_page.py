"""Every page there is, opened by somebody who may: accessible, whole on a desk and a phone, silent.

Taken from the addresses themselves, so that a new page is looked at without being written down here.
"""

from http import HTTPStatus

import pytest
from django.db import connections
from django.test import Client
from tests import everything
from tests.web.test_permission_walk import PUBLIC, ROUTES, WORKSPACES, holders

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Put into a page that is open; nobody opens them alone.
PIECES = {"insurer:procedure-find"}


@pytest.fixture(autouse=True)
def database(stage, monkeypatch):
    """Let the test ask the product, too; the event loop of the browser has connections of its own."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    yield
    connections.close_all()


def shown(client, route, uuids):
    """Return an address at which the page shows something; None for what only takes or sends."""
    objects = [(uuid,) * route.objects for uuid in uuids] if route.objects else [()]
    for chosen in objects:
        answer = client.get(route.path(*chosen))
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return None
        if answer.status_code == HTTPStatus.OK and answer["Content-Type"].startswith("text/html"):
            return route.path(*chosen)
    return None


def opened(stage, name, client):
    """Return a window in which the client's person is logged in."""
    person = stage.person(name)
    cookies = [{"name": key, "value": found.value} for key, found in client.cookies.items()]
    person.page.context.add_cookies([cookie | {"url": stage.address} for cookie in cookies])
    return person


def look_at_all(person, client, routes, uuids):
    """Look at each page at both widths; return for each that shows something what is wrong with it, or ""."""
    seen = {}
    for route in routes:
        path = shown(client, route, uuids)
        if path is not None:
            try:
                person.goes(path, phone=True)
                seen[route.name] = ""
            except AssertionError as fault:
                seen[route.name] = str(fault)
    return seen


def faults(seen):
    return {name: fault for name, fault in seen.items() if fault}


@pytest.mark.parametrize("kind", sorted(WORKSPACES))
def test_every_page_of_a_workspace(stage, kind):
    firm = everything.make().firms[kind]
    uuids = [*everything.uuids(), *(person.uuid for person in firm.people.values())]
    by_role = {}
    for route in ROUTES:
        if route.kind == kind and route.name not in PIECES:
            by_role.setdefault(holders(route)[0], []).append(route)
    seen = {}
    for role, routes in by_role.items():
        client = firm.client(role)
        seen |= look_at_all(opened(stage, role, client), client, routes, uuids)
    assert faults(seen) == {}
    assert {f"{kind}:home-show", f"{kind}:staff-edit"} <= set(seen)


def test_every_page_for_everybody(stage):
    everything.make()
    client = Client()
    routes = [route for route in ROUTES if route.name in PUBLIC]
    seen = look_at_all(opened(stage, "visitor", client), client, routes, [])
    assert faults(seen) == {}
    assert {"public:access-welcome", "public:home-show", "public:session-new"} <= set(seen)


def test_every_page_of_ones_own_account(stage):
    client = everything.make().firms["provider"].client("owner")
    routes = [route for route in ROUTES if route.kind == "public" and route.name not in PUBLIC]
    seen = look_at_all(opened(stage, "owner", client), client, routes, [])
    assert faults(seen) == {}
    assert {"public:security-show", "public:factor-start"} <= set(seen)


def test_the_look_catches_a_page_that_is_not_accessible(stage):
    """Negative control: a field without a name, and a page wider than the phone."""
    person = stage.person("visitor")
    whole = "<html lang='pl'><title>x</title><main><h1>x</h1>{}</main></html>"
    person.page.set_content(whole.format("<input>"))
    with pytest.raises(AssertionError):
        person.looks()
    person.page.set_content(whole.format("<p style='width: 2000px'>x</p>"))
    with pytest.raises(AssertionError):
        person.looks(phone=True)
