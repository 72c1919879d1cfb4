"""A new claim, without scripts: find the person, add services, see the estimate, send, once."""

import re
from uuid import uuid4

import pytest
from tests.claims import world as worlds
from tests.web.provider.claim.reading import lines, text_of

from ols.claims import models as claims
from ols.coverage import models as coverage

NEW = "/panel/claims/new/"
DAY = "20.11.2026"


def test_the_person_is_found_by_pesel_and_only_what_is_needed_is_shown(desk, begin):
    client = desk.client()
    page = text_of(client.get(begin(client)))
    assert "Anna K. , born 1985" in page
    assert "policy POL-1, cover 01.01.2026 – 31.12.2026" in page
    assert "Świadczenie CONS 3 of 3 services" in page
    assert "Świadczenie REHAB 10 of 10 services · 500,00 zł of 500,00 zł" in page
    assert "Świadczenie LAB no limit" in page
    assert "Kowalska" not in page
    assert worlds.PESELS[0] not in page


@pytest.mark.parametrize(
    "given",
    [
        {"number": "850715-12324"},
        {"number": "850715 12324"},
        {"number": "K0"},
        {"policy_number": "POL-1", "birth_date": "15.07.1985"},
    ],
)
def test_every_way_to_look(desk, given):
    answer = desk.client().post(NEW, given)
    if "policy_number" in given:
        assert answer.status_code == 200
        assert answer.content.count(b'name="coverage"') == 2  # two people with this birth date
    else:
        assert (answer.status_code, answer["Location"].startswith(NEW)) == (302, True)


def test_every_look_is_recorded_even_one_that_finds_nobody(desk):
    client = desk.client()
    client.post(NEW, {"number": "K1"})
    client.post(NEW, {"number": "no-such-card"})
    checks = coverage.EligibilityCheck.objects.order_by("pk").values_list("person_id", flat=True)
    assert list(checks) == [desk.world.covers[1].person_id, None]


def test_somebody_unknown_gets_the_refund_route_and_no_bare_error(desk):
    answer = desk.client().post(NEW, {"number": worlds.PESELS[2]})
    assert answer.status_code == 200
    assert "We did not find this person." in text_of(answer)
    assert "asks their insurer for a refund" in text_of(answer)
    assert f'value="{worlds.PESELS[2]}"' in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"number": "85071512325"},
            "PESEL: the digits do not agree with each other. Compare them with the document.",
        ),
        ({"number": "8507151232"}, "PESEL has 11 digits; 10 entered."),
        ({}, "Enter PESEL or the card number, or below the policy number."),
        ({"policy_number": "POL-1"}, "Enter the birth date: several people may have one policy."),
        (
            {"policy_number": "POL-1", "birth_date": "31.02.1985"},
            "Birth date of the insured person: there is no such day in the calendar.",
        ),
    ],
)
def test_a_wrong_number_is_explained_at_the_field_and_stays(desk, given, message):
    answer = desk.client().post(NEW, given)
    assert answer.status_code == 422
    assert text_of(answer).count(message) == 2  # in the summary and at the field
    for value in given.values():
        assert f'value="{value}"' in answer.content.decode()
    assert claims.KeptDraft.objects.count() == 0


def test_several_covers_are_offered_and_only_found_ones_may_be_chosen(desk):
    client = desk.client()
    found = client.post(NEW, {"policy_number": "POL-1", "birth_date": "15.07.1985"})
    offered = re.findall(r'name="coverage" value="([^"]+)"', found.content.decode())
    assert sorted(offered) == sorted(str(cover.uuid) for cover in desk.world.covers)
    assert client.post(f"{NEW}cover/", {"coverage": str(uuid4())}).status_code == 404
    assert desk.client("owner").post(f"{NEW}cover/", {"coverage": offered[0]}).status_code == 404
    chosen = client.post(f"{NEW}cover/", {"coverage": offered[0]})
    assert chosen.status_code == 302
    assert claims.KeptDraft.objects.get().coverage_uuid.hex == offered[0].replace("-", "")


def test_a_service_is_added_by_its_code_or_the_only_fitting_name_and_counted_once(desk, begin):
    client = desk.client()
    here = begin(client)
    answer = client.post(here, {"service_date": DAY, "query": "cons-1", "action": "add"}, follow=True)
    assert "1. Konsultacja" in text_of(answer)
    sent = {"service_date": DAY, **lines(("CONS-1", "1"))}
    client.post(here, {**sent, "query": "morfo"})
    client.post(here, {**sent, **lines(("CONS-1", "1"), ("LAB-1", "1")), "query": "CONS-1"})
    assert claims.KeptDraft.objects.get().content == {
        "service_date": DAY,
        **lines(("CONS-1", "2"), ("LAB-1", "1")),
    }
    client.post(here, {**sent, **lines(("CONS-1", "2"), ("LAB-1", "1")), "remove": "1"})
    assert claims.KeptDraft.objects.get().content == {"service_date": DAY, **lines(("LAB-1", "1"))}


def test_several_fitting_services_are_offered_and_none_is_said(desk, begin):
    client = desk.client()
    here = begin(client)
    several = client.post(here, {"service_date": DAY, "query": "o"})
    assert several.status_code == 200
    assert several.content.count(b'name="service"') == 2
    assert b'value="o"' in several.content
    none = client.post(here, {"service_date": DAY, "query": "tomograf"})
    assert none.status_code == 422
    assert b'value="tomograf"' in none.content
    assert "Service: the accepted price list has none like this." in text_of(none)
    chosen = client.post(here, {"service_date": DAY, "query": "o", "service": "LAB-1"}, follow=True)
    assert "1. Morfologia" in text_of(chosen)
    part = client.get(
        f"{here}services/", {"query": "lab", "service_date": DAY}, headers={"HX-Request": "true"}
    )
    assert re.findall(rb'name="service" value="([^"]+)"', part.content) == [b"LAB-1"]


def test_the_estimate_says_who_pays_and_why_and_reserves_nothing(desk, begin):
    client = desk.client()
    sent = {"service_date": DAY, **lines(("CONS-1", "4"), ("LAB-1", "1"))}
    page = text_of(client.post(begin(client), sent, follow=True))
    assert "Estimate, nothing is sent yet" in page
    # Three of four visits at 200 zł, and 30 zł less 5 zł co-payment; the rest is the patient's.
    assert "pays 625,00 zł" in page
    assert "The patient pays 205,00 zł" in page
    assert "The number of services in the plan is used up." in page
    assert "Fixed co-payment -5,00 zł" in page.replace("−", "-")
    assert claims.Claim.objects.count() == 0
    assert not claims.Usage.objects.exclude(used_units=0).exists()


def test_sending_gives_the_decision_at_once(desk, decided):
    client = desk.client()
    page = text_of(client.get(decided("CONS-1", "LAB-1", client=client)))
    claim = claims.Claim.objects.get()
    assert (claim.status, claim.insurer_gr, claim.patient_gr) == ("authorized", 22500, 500)
    assert f"Claim {claim.number}" in page
    assert "The patient pays 5,00 zł" in page
    assert "by 21.11.2026 10:00" in page
    assert "Świadczenie CONS 2 of 3 services" in page
    assert "Decision given 20.11.2026 10:00 · Receptionist 0 (demo)" in page


def test_a_double_click_reload_or_going_back_never_makes_a_second_claim(desk, begin):
    client = desk.client()
    here = begin(client)
    sent = {"service_date": DAY, "action": "authorize", **lines(("CONS-1", "1"))}
    first = client.post(here, sent)
    again = client.post(here, sent)
    changed = client.post(here, {**sent, **lines(("CONS-1", "2"))})
    back = client.get(here)
    assert {answer["Location"] for answer in (first, again, changed, back)} == {first["Location"]}
    assert "This claim was sent before." in text_of(client.get(first["Location"]))
    assert claims.Claim.objects.count() == 1
    assert claims.Usage.objects.get(benefit_code="CONS").used_units == 1
    # Negative control: a new desk is a new claim.
    client.post(begin(client), sent)
    assert claims.Claim.objects.count() == 2


def test_a_send_whose_answer_was_lost_gives_the_first_answer(desk, begin):
    client = desk.client()
    here = begin(client)
    sent = {"service_date": DAY, "action": "authorize", **lines(("CONS-1", "1"))}
    first = client.post(here, sent)
    claims.KeptDraft.objects.update(claim_uuid=None)  # as if the power had failed after the decision
    assert client.post(here, sent)["Location"] == first["Location"]
    claims.KeptDraft.objects.update(claim_uuid=None)
    other = client.post(here, {**sent, **lines(("CONS-1", "2"))}, follow=True)
    assert "sent from another window with other contents" in text_of(other)
    assert claims.Claim.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("service_date", "31.11.2026", "Day of service: there is no such day in the calendar."),
        ("line-0-quantity", "1.5", "Quantity, item 1: enter a whole number from 1 to 1000."),
        ("line-0-quantity", "0", "Quantity, item 1: enter a whole number from 1 to 1000."),
        ("practitioner_npwz", "5425741", "NPWZ: the digits do not agree with each other."),
        ("diagnosis", "ból", "Diagnosis (ICD-10): enter a code like M54 or M54.5."),
        (
            "referral_date",
            "wczoraj",
            "Date of the referral: enter day, month and year, for example 27.11.2026.",
        ),
    ],
)
def test_wrong_input_is_explained_stays_typed_and_changes_nothing(desk, begin, field, typed, message):
    client = desk.client()
    here = begin(client)
    good = {"service_date": DAY, "diagnosis": "M54.5", **lines(("CONS-1", "1"))}
    answer = client.post(here, {**good, field: typed, "action": "authorize"})
    assert answer.status_code == 422
    assert message in text_of(answer)
    for value in {**good, field: typed}.values():
        assert f'value="{value}"' in answer.content.decode()
    assert claims.Claim.objects.count() == 0
    # It is kept on the server, too: a lost session finds it again.
    again = desk.client().get(here)
    assert (again.status_code, f'value="{typed}"' in again.content.decode()) == (200, True)
    assert "Correct the marked fields" in text_of(again)


def test_a_claim_without_services_is_not_sent(desk, begin):
    client = desk.client()
    answer = client.post(begin(client), {"service_date": DAY, "action": "authorize"})
    assert (answer.status_code, "Service: add at least one." in text_of(answer)) == (422, True)


def test_a_recount_leaves_the_search_alone(desk, begin):
    client = desk.client()
    sent = {"service_date": DAY, "query": "CONS-1", "action": "recount", **lines(("LAB-1", "1"))}
    client.post(begin(client), sent)
    assert claims.KeptDraft.objects.get().content == {"service_date": DAY, **lines(("LAB-1", "1"))}


def test_a_referral_is_asked_for_when_a_service_needs_one(desk, begin):
    client = desk.client()
    here = begin(client)
    assert b'name="referral_number"' not in client.get(here).content
    desk.world.terms.benefits.filter(code="LAB").update(needs_referral=True)
    page = client.post(here, {"service_date": DAY, **lines(("LAB-1", "1"))}, follow=True)
    assert b'name="referral_number"' in page.content
    assert "This service needs a referral." in text_of(page)


def test_htmx_gets_the_desk_alone(desk, begin):
    client = desk.client()
    here = begin(client)
    headers = {"HX-Request": "true"}
    answer = client.post(here, {"service_date": DAY, "query": "CONS-1"}, headers=headers, follow=True)
    assert b"<html" not in answer.content
    assert b'id="estimate-decision"' in answer.content
    assert b"<html" in client.get(here).content


def test_begun_claims_are_offered_again_and_can_be_removed(desk, begin):
    client = desk.client()
    here = begin(client)
    assert here.encode() in client.get(NEW).content
    client.post(f"{here}discard/")
    assert here.encode() not in client.get(NEW).content
    assert client.get(here).status_code == 404
