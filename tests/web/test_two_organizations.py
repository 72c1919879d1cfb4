"""One person, two organizations: a visible switch; nothing is done for the wrong one from an old page."""

import re

import pytest
from django.template import defaulttags, engines
from tests import cast

from ols.accounts import models, services
from ols.accounts.permissions import Role
from ols.web import acting
from ols.web.components.templatetags import ols

pytestmark = pytest.mark.django_db

NEW = {"name": "Nowa (demo)", "email": "new@example.org", "roles": ["accountant"]}


class TwoTabs:
    """Somebody who manages the staff of two clinics, in one browser."""

    def __init__(self) -> None:
        self.first, self.second = cast.provider(1), cast.provider(2)
        person = self.first.people["owner"]
        services.invite_member(
            actor=self.second.actor("owner"), email=person.email, name="x", roles=[Role.OWNER], at=cast.AT
        )
        self.client = cast.logged_in(person)
        self.chooses(self.first)

    def chooses(self, firm: cast.Firm, **data: str):
        """Switch as the menu does."""
        return self.client.post("/organization/", {"organization": self.mark(firm), **data})

    def mark(self, firm: cast.Firm) -> str:
        """Return the mark of a page that the person opened for the firm."""
        return acting.mark(firm.id, self.first.people["owner"].id)

    def form(self, path: str) -> dict[str, str]:
        """Open a page and return the hidden fields of its main form."""
        content = self.client.get(path).content.decode().split("<main")[1]
        found = re.findall(r'<input type="hidden" name="([\w]+)" value="([^"]*)"', content)
        return {name: value for name, value in found if name != "csrfmiddlewaretoken"}

    def invited(self) -> list[str]:
        """Return the clinics in which the new person is."""
        rows = models.Membership.objects.filter(user__email="new@example.org")
        return sorted(rows.values_list("organization__name", flat=True))


@pytest.fixture
def tabs():
    return TwoTabs()


def test_every_page_names_the_organization_and_offers_the_others(tabs):
    text = tabs.client.get("/panel/").content.decode()
    assert f"<b>{tabs.first.name}</b>" in text
    assert f'<button class="place">{tabs.second.name}</button>' in text
    answer = tabs.chooses(tabs.second)
    assert answer.url == "/home/"
    assert f"Pracujesz teraz dla: {tabs.second.name}." in tabs.client.get("/panel/").content.decode()


def test_who_works_in_one_place_sees_no_switch():
    text = cast.provider().client("owner").get("/panel/").content.decode()
    assert 'popovertarget="workplaces"' not in text


def test_switching_goes_back_to_the_page_but_never_to_another_site(tabs):
    assert tabs.chooses(tabs.second, next="/panel/staff/").url == "/panel/staff/"
    assert tabs.chooses(tabs.second, next="https://evil.example.org/").url == "/home/"


def test_a_page_left_open_does_nothing_for_the_other_organization(tabs):
    old = tabs.form("/panel/staff/new/")
    tabs.chooses(tabs.second)
    answer = tabs.client.post("/panel/staff/new/", {**old, **NEW})
    assert answer.status_code == 409
    assert tabs.invited() == []
    text = answer.content.decode()
    assert "Nic nie zostało zapisane ani wysłane." in text
    assert tabs.first.name in text
    assert 'name="email" value="new@example.org"' in text


def test_negative_control_without_the_mark_it_would_have_been_done_for_the_wrong_one(tabs, monkeypatch):
    old = tabs.form("/panel/staff/new/")
    tabs.chooses(tabs.second)
    monkeypatch.setattr(acting, "is_stale", lambda _request, _actor: False)
    tabs.client.post("/panel/staff/new/", {**old, **NEW})
    assert tabs.invited() == [tabs.second.name]


def test_the_person_may_go_over_and_carry_on_with_what_was_typed(tabs):
    old = tabs.form("/panel/staff/new/")
    tabs.chooses(tabs.second)
    answer = tabs.client.post("/panel/staff/new/", {**old, **NEW, acting.SWITCH: "1"})
    assert answer.status_code == 302
    assert tabs.invited() == [tabs.first.name]
    assert f"<b>{tabs.first.name}</b>" in tabs.client.get("/panel/").content.decode()


def test_a_form_that_a_colleague_left_open_is_not_sent_by_the_next_person(tabs):
    colleague = tabs.first.people["accountant"]
    foreign = {**NEW, acting.MARK: acting.mark(tabs.first.id, colleague.id)}
    assert tabs.client.post("/panel/staff/new/", foreign).status_code == 409
    assert tabs.invited() == []


def test_a_form_without_a_mark_is_refused_to_who_works_in_two_places(tabs):
    assert tabs.client.post("/panel/staff/new/", NEW).status_code == 409
    assert tabs.client.post("/panel/staff/new/", {**NEW, acting.MARK: "ffff"}).status_code == 409
    assert tabs.invited() == []


def test_going_over_is_only_for_members_and_what_they_may_do_there(tabs):
    stranger = cast.provider(3)
    forged = {**NEW, acting.MARK: tabs.mark(stranger), acting.SWITCH: "1"}
    assert tabs.client.post("/panel/staff/new/", forged).status_code == 409
    person = tabs.first.people["owner"]
    models.Membership.objects.filter(user=person, organization_id=tabs.second.id).update(
        roles=[Role.ACCOUNTANT]
    )
    other = {**NEW, acting.MARK: tabs.mark(tabs.second), acting.SWITCH: "1"}
    assert tabs.client.post("/panel/staff/new/", other).status_code == 403
    assert tabs.invited() == []


def test_asking_for_access_is_for_the_organization_of_the_page(tabs):
    tabs.chooses(tabs.second)
    data = {acting.MARK: tabs.mark(tabs.first), "permission": "settlement:view"}
    assert tabs.client.post("/panel/staff/requests/", data).status_code == 409


def test_after_the_removal_from_one_its_open_page_does_nothing_for_the_other(tabs):
    tabs.chooses(tabs.second)
    old = tabs.form("/panel/staff/new/")
    person = tabs.first.people["owner"]
    services.remove_member(actor=tabs.second.actor("owner"), user_uuid=person.uuid, at=cast.AT)
    person.refresh_from_db()
    cast.logged_in(person, tabs.client)
    answer = tabs.client.post("/panel/staff/new/", {**old, **NEW})
    assert answer.status_code == 409
    assert "w której już nie pracujesz" in answer.content.decode()
    assert tabs.invited() == []


def test_a_page_that_is_not_found_offers_the_other_organization_whatever_is_there(tabs):
    theirs = tabs.second.people["accountant"].uuid
    for uuid in (theirs, tabs.first.uuid):
        text = tabs.client.get(f"/panel/staff/{uuid}/").content.decode()
        assert f"Przejdź do: {tabs.second.name}" in text
        assert f'name="next" value="/panel/staff/{uuid}/"' in text
    answer = tabs.chooses(tabs.second, next=f"/panel/staff/{theirs}/")
    assert tabs.client.get(answer.url).status_code == 200


def test_a_missing_key_that_one_holds_elsewhere_is_offered_there(tabs):
    models.Membership.objects.filter(organization_id=tabs.first.id).update(roles=[Role.RECEPTIONIST])
    answer = tabs.client.get("/panel/staff/")
    assert answer.status_code == 403
    assert f"Przejdź do: {tabs.second.name}" in answer.content.decode()


def test_no_form_of_ours_can_forget_the_mark():
    template = engines["django"].from_string("{% csrf_token %}")
    actor = cast.provider().actor("owner")
    text = template.render({"csrf_token": "x" * 64, "actor": actor})
    assert f'name="{acting.MARK}" value="{acting.mark(actor.organization_id, actor.user_id)}"' in text
    assert isinstance(template.template.nodelist[0], ols.MarkedToken)
    assert issubclass(ols.MarkedToken, defaulttags.CsrfTokenNode)
