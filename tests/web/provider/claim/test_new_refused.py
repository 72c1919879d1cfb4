"""A new claim: who may not open its pages, and whatever else may be sent to them."""

import pytest
from django.urls import reverse
from tests.web.provider.claim.reading import lines

from ols.accounts.permissions import Role
from ols.claims import models as claims

NEW = "/panel/claims/new/"
DAY = "20.11.2026"


PAGES = [
    ("", "get", "put"),
    ("{draft}", "get", "put"),
    ("{draft}services/", "get", "post"),
    ("{draft}discard/", "post", "get"),
    ("cover/", "post", "get"),
]


@pytest.mark.parametrize(("address", "method", "wrong"), PAGES)
def test_six_questions(desk, begin, client, address, method, wrong):
    here = begin(desk.client())
    path = address.replace("{draft}", here) if "{draft}" in address else NEW + address
    before = list(claims.KeptDraft.objects.values_list())
    anonymous = getattr(client, method)(path)
    assert anonymous.status_code == 302
    assert anonymous["Location"].startswith("/login/?next=")
    accountant = getattr(desk.client(Role.ACCOUNTANT), method)(path)
    assert accountant.status_code == 403
    assert b"Claims for benefits" in accountant.content
    assert getattr(desk.client(), wrong)(path).status_code == 405
    if "{draft}" in address:
        assert getattr(desk.client(number=1), method)(path).status_code == 404
        assert getattr(desk.client(Role.OWNER), method)(path).status_code == 404  # drafts are personal
    assert list(claims.KeptDraft.objects.values_list()) == before
    if address != "cover/":
        assert getattr(desk.client(), method)(path).status_code in {200, 302}


@pytest.mark.parametrize(
    "given",
    [
        {"query": "a\0b"},
        {"diagnosis": "M\0", "practitioner_npwz": "\0"},
        {"service": "CONS\0-1"},
        {"service": "x" * 30},
        {"service": "CONS\u00a0-1"},
        {"remove": "9" * 5000},
        {"service_date": DAY, "referral_number": "SKR\u00a012", "referral_date": DAY, "service": "CONS-1"},
    ],
)
def test_whatever_is_sent_gets_a_page_and_not_an_error(desk, begin, given):
    """A NUL, a number without end, a no-break space pasted from a document."""
    client = desk.client()
    here = begin(client)
    assert client.post(here, given).status_code in {200, 302, 422}
    assert client.get(here).status_code == 200


def test_a_search_for_a_nul_finds_what_the_rest_means(desk, begin):
    client = desk.client()
    begin(client)
    draft = claims.KeptDraft.objects.get()
    search = reverse("provider:claim-services", args=[draft.uuid])
    answer = client.get(search, {"query": "CONS\0-1"}, headers={"HX-Request": "true"})
    assert (answer.status_code, b"CONS-1" in answer.content) == (200, True)


def test_a_referral_pasted_with_a_no_break_space_is_sent(desk, begin):
    client = desk.client()
    given = {
        "service_date": DAY,
        "referral_number": "SKR\u00a012",
        "referral_date": DAY,
        "action": "authorize",
    }
    answer = client.post(begin(client), given | lines(("CONS-1", "1")))
    assert answer.status_code == 302
    assert claims.Claim.objects.get().referral_number == "SKR 12"
