"""Every address says who may open it, and refuses everybody else without changing anything."""

import re
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests import cast, everything

from ols.accounts import factors, permissions, proof
from ols.audit import models as audit
from ols.web import page

# Django's own view; it only sets a cookie.
NOT_OURS = {"set_language"}
# Everybody may open these; each new one is a decision.
PUBLIC = {
    "components:gallery-form",
    "components:gallery-view",
    "public:access-choose",
    "public:app-manifest",
    "public:access-joined",
    "public:access-results",
    "public:access-welcome",
    "public:application-check",
    "public:application-edit",
    "public:application-forget",
    "public:application-new",
    "public:application-resume",
    "public:application-save",
    "public:application-saved",
    "public:application-show",
    "public:factor-verify",
    "public:home-show",
    "public:insurance-view",
    "public:mailbox-detail",
    "public:mailbox-list",
    "public:medicine-show",
    "public:network-clinic",
    "public:network-embed",
    "public:network-list",
    "public:network-near",
    "public:network-show",
    "public:passkey-enter",
    "public:passkey-options",
    "public:password-again",
    "public:password-open",
    "public:password-request",
    "public:password-set",
    "public:robots-show",
    "public:session-end",
    "public:session-new",
    "public:sitemap-network",
    "public:sitemap-show",
    "public:terms-download",
    "public:terms-show",
}
WORKSPACES = {"provider", "insurer", "operator"}
VALUES = {
    "area": "CONS",
    "book": "000000000001",
    "code": "OC",
    "kind": "csv",
    "message_id": 1,
    "position": 1,
    "token": "x",
    "secret": "x",
    "service": "OWN-1",
    "number": 1,
    "slug": "siec",
}
# What a page shows to other organizations, too: published terms, and insurers to choose from.
SHOWN_TO_OTHERS = {
    "provider:insurer-join": {"accounts_organization"},
    "provider:insurer-show": {"accounts_organization"},
    "provider:terms-print": {"network_terms"},
    "provider:terms-show": {"network_terms"},
    "provider:terms-text": {"network_terms"},
}


@dataclass(frozen=True)
class Route:
    name: str
    pattern: str
    permission: object

    @property
    def kind(self):
        """Return the kind of organization whose workspace the page is in."""
        return self.name.partition(":")[0]

    def path(self, *uuids):
        """Return an address of the page with these objects in it."""
        found = iter(uuids)

        def value(part):
            if part[1] == "uuid":
                return str(next(found))
            return "xml" if "invoice" in self.name and part[2] == "kind" else str(VALUES[part[2]])

        return "/" + re.sub(r"<(\w+):(\w+)>", value, self.pattern)

    @property
    def objects(self):
        return self.pattern.count("<uuid:")


def routes(resolver=None, prefix="", space=""):
    found = []
    for item in (resolver or get_resolver()).url_patterns:
        if isinstance(item, URLResolver):
            found += routes(item, prefix + str(item.pattern), item.namespace or space)
        elif isinstance(item, URLPattern):
            name = f"{space}:{item.name}" if space else item.name
            permission = getattr(item.callback, "page_permission", None)
            found.append(Route(name, prefix + str(item.pattern), permission))
    return found


ROUTES = [route for route in routes() if route.name not in NOT_OURS]
CLOSED = [route for route in ROUTES if route.permission is not page.PUBLIC and route.kind != "api"]
WITH_OBJECTS = [route for route in CLOSED if route.objects]
VERBS = ("get", "post")


@pytest.fixture(autouse=True)
def quiet(caplog):
    """Refusals are expected here by the thousand."""
    caplog.set_level("CRITICAL", logger="django.request")


@pytest.fixture
def world(db):
    with time_machine.travel(cast.AT):
        yield everything.make()


def answers(client, route, *uuids):
    """Return what the page answers to each verb it knows."""
    found = {verb: getattr(client, verb)(route.path(*uuids)).status_code for verb in VERBS}
    return {verb: status for verb, status in found.items() if status != HTTPStatus.METHOD_NOT_ALLOWED}


def holders(route):
    """Return the roles of the workspace that may open the page."""
    roles = permissions.ROLES_OF[route.kind]
    if route.permission is page.SIGNED_IN:
        return roles
    return tuple(role for role in roles if route.permission in permissions.ROLE_PERMISSIONS[role])


def stranger_owns(firm):
    return {UUID(firm.uuid), *(person.uuid for person in firm.people.values())}


def any_uuids(route):
    return [uuid4() for _ in range(route.objects)]


def written():
    return (audit.Event.objects.count(), len(everything.uuids()))


def test_every_address_says_who_may_open_it():
    assert [route.name for route in ROUTES if route.permission is None] == []
    assert {route.name for route in ROUTES if route.permission is page.PUBLIC} == PUBLIC


def test_addresses_are_named_by_noun_and_verb():
    assert [route.name for route in ROUTES if not re.fullmatch(r"[a-z]+:[a-z]+(-[a-z]+)+", route.name)] == []


def test_every_closed_page_has_somebody_who_may_open_it():
    assert [route.name for route in CLOSED if route.kind in WORKSPACES and not holders(route)] == []


def test_nobody_logged_in_is_sent_to_the_login(db):
    nobody = Client()
    login = reverse("public:session-new")
    wrong = {}
    for route in CLOSED:
        for verb in VERBS:
            answer = getattr(nobody, verb)(route.path(*any_uuids(route)))
            sent = answer.status_code == HTTPStatus.FOUND and answer.url.startswith(login)
            if not sent and answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
                wrong[f"{verb} {route.name}"] = answer.status_code
    assert wrong == {}


def test_a_colleague_without_the_permission_is_refused_and_nothing_changes(world):
    before = written()
    wrong = {}
    for kind, firm in world.firms.items():
        for role in permissions.ROLES_OF[kind]:
            client = firm.client(role)
            for route in CLOSED:
                if isinstance(route.permission, str) and not firm.actor(role).has(route.permission):
                    found = answers(client, route, *any_uuids(route))
                    if set(found.values()) != {HTTPStatus.FORBIDDEN}:
                        wrong[f"{role}: {route.name}"] = found
    assert wrong == {}
    assert written() == before


def test_staff_who_must_have_a_second_factor_open_nothing_before_it(world):
    wrong = {}
    for kind in sorted(factors.REQUIRED_FOR):
        client = Client()
        client.force_login(next(iter(world.firms[kind].people.values())))
        for route in CLOSED:
            if route.permission is not page.BEFORE_FACTOR:
                for verb in VERBS:
                    answer = getattr(client, verb)(route.path(*any_uuids(route)))
                    is_sent = getattr(answer, "url", "") == reverse("public:factor-start")
                    if not is_sent and answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
                        wrong[f"{kind}: {verb} {route.name}"] = answer.status_code
    assert wrong == {}


def test_without_the_check_the_walk_sees_open_pages(world, monkeypatch):
    """Negative control of the test above."""
    monkeypatch.setattr(proof, "is_missing", lambda *_: False)
    client = Client()
    client.force_login(world.firms["operator"].people["operator"])
    assert client.get(reverse("operator:home-show")).status_code == HTTPStatus.OK


def test_only_these_pages_open_before_the_second_factor():
    """Each new one is a decision, like the public ones."""
    assert {route.name for route in CLOSED if route.permission is page.BEFORE_FACTOR} == {
        "public:factor-code",
        "public:factor-passkey",
        "public:factor-start",
        "public:identity-confirm",
        "public:identity-passkey",
        "public:organization-choose",
        "public:session-home",
    }


def test_every_page_refuses_wrong_verbs(world):
    wrong = {}
    for route in CLOSED:
        if route.kind in WORKSPACES:
            client = world.firms[route.kind].client(holders(route)[0])
            for verb in ("put", "delete", "patch"):
                status = getattr(client, verb)(route.path(*any_uuids(route))).status_code
                if status != HTTPStatus.METHOD_NOT_ALLOWED:
                    wrong[f"{verb} {route.name}"] = status
    assert wrong == {}


def test_unknown_objects_are_not_found(world):
    wrong = {}
    for route in WITH_OBJECTS:
        for role in holders(route):
            found = answers(world.firms[route.kind].client(role), route, *any_uuids(route))
            if set(found.values()) != {HTTPStatus.NOT_FOUND}:
                wrong[f"{role}: {route.name}"] = found
    assert wrong == {}


def test_objects_of_others_are_not_found_and_their_owner_sees_them(world):
    """Every page is asked for every object there is, by somebody of another organization with the role."""
    everywhere = everything.uuids(most=1)
    everywhere |= {UUID(firm.uuid): "accounts_organization" for firm in world.firms.values()}
    leaks = {}
    for route in WITH_OBJECTS:
        if route.kind not in world.strangers:
            continue
        stranger = world.strangers[route.kind]
        client = stranger.client(holders(route)[0])
        for uuid in everywhere.keys() - stranger_owns(stranger):
            found = answers(client, route, *[uuid] * route.objects)
            if set(found.values()) != {HTTPStatus.NOT_FOUND}:
                leaks.setdefault(route.name, set()).add(everywhere[uuid])
    beyond = {name: tables - SHOWN_TO_OTHERS.get(name, set()) for name, tables in leaks.items()}
    assert {name: tables for name, tables in beyond.items() if tables} == {}
    # The pages that do show something to others prove that the walk can see a leak.
    assert set(leaks) >= {"provider:terms-print", "provider:terms-show"}


def test_the_walk_reaches_real_objects(world):
    """Negative control: for every page with one object, its rightful reader finds one to see."""
    unseen = []
    for route in WITH_OBJECTS:
        if route.objects == 1 and route.kind in WORKSPACES:
            client = world.firms[route.kind].client(holders(route)[0])
            people = [person.uuid for person in world.firms[route.kind].people.values()]
            shown = (client.get(route.path(uuid)).status_code for uuid in (*everything.uuids(), *people))
            if all(status == HTTPStatus.NOT_FOUND for status in shown):
                unseen.append(route.name)
    assert unseen == []
