"""Plans, price limits and policies in the insurer's browser: six questions for each page, and wrong input."""

import random
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests import cast

from ols.audit import models as audit
from ols.catalog import selectors as catalog
from ols.coverage import models as coverage
from ols.kernel import generated
from ols.plans import models, services

pytestmark = pytest.mark.django_db

PESEL = generated.make_pesel(random.Random(1), birth=date(1985, 7, 15), sex="F")
HEAD = "policy_number;plan_code;holder_name;card_number;pesel;first_name;last_name;cover_from;cover_to"
GOOD = f"P/1;KOMFORT;Firma (demo);K-1;{PESEL};Łucja;Żak (demo);01.01.2026;31.12.2026"
MANAGER, HANDLER, OTHER = "plan-manager", "claims-handler", "finance-preparer"


@pytest.fixture(autouse=True)
def _english_monday(settings):
    settings.LANGUAGE_CODE = "en"
    with time_machine.travel(cast.AT), translation.override("en"):
        yield


@pytest.fixture
def insurer():
    cast.operator()
    return cast.insurer()


@pytest.fixture
def plan(insurer):
    """Make a plan with draft terms and one benefit; return the arguments of its pages."""
    manager = insurer.actor(MANAGER)
    uuid = services.create_plan(actor=manager, code="KOMFORT", name="Komfort (demo)", at=cast.AT)
    terms = services.draft_terms(
        actor=manager,
        plan_uuid=uuid,
        valid_from=date(2026, 1, 1),
        deductible_gr=0,
        sum_insured_gr=-1,
        filing_limit_days=30,
        at=cast.AT,
    )
    draft = services.BenefitDraft("KONS", "Konsultacje", (service_id("CONS-001"),), count_limit=5)
    services.save_benefit(actor=manager, terms_uuid=terms, benefit_uuid=None, draft=draft, at=cast.AT)
    benefit = str(models.Benefit.objects.get().uuid)
    return {"uuid": uuid, "terms": terms, "benefit": benefit}


@pytest.fixture
def imported(insurer, plan):
    """Import one policy through the page; return the address of its report."""
    answer = upload(insurer.client(MANAGER), f"{HEAD}\n{GOOD}\n;broken\n")
    assert answer.status_code == 302
    return answer.url


def service_id(code: str) -> int:
    area = catalog.area(code=code.split("-", maxsplit=1)[0])
    return next(row.id for row in catalog.services(area_id=area.id) if row.code == code)


def upload(client: Client, text: str):
    file = SimpleUploadedFile("policies.csv", text.encode(), content_type="text/csv")
    return client.post(reverse("insurer:policy-import"), {"file": file})


def addresses(plan, imported):
    """Return every page: its address, who may open it, and its verbs."""
    uuid = {"uuid": plan["uuid"]}
    terms, benefit = {**uuid, "terms": plan["terms"]}, {**uuid, "benefit": plan["benefit"]}
    both, read, send = ("get", "post"), ("get",), ("post",)
    return [
        (reverse("insurer:plan-list"), (MANAGER,), read),
        (reverse("insurer:plan-new"), (MANAGER,), both),
        (reverse("insurer:plan-detail", kwargs=uuid), (MANAGER,), read),
        (reverse("insurer:plan-terms-new", kwargs=uuid), (MANAGER,), both),
        (reverse("insurer:plan-terms-publish", kwargs=terms), (MANAGER,), send),
        (reverse("insurer:benefit-new", kwargs=terms), (MANAGER,), both),
        (reverse("insurer:benefit-edit", kwargs=benefit), (MANAGER,), both),
        (reverse("insurer:benefit-remove", kwargs=benefit), (MANAGER,), send),
        (reverse("insurer:pricelimit-list"), (MANAGER,), read),
        (reverse("insurer:pricelimit-edit", args=["cons"]), (MANAGER,), both),
        (reverse("insurer:policy-list"), (MANAGER, HANDLER), both),
        (reverse("insurer:policy-import"), (MANAGER,), both),
        (imported, (MANAGER, HANDLER), read),
        (f"{imported}refused.csv", (MANAGER, HANDLER), read),
    ]


def written() -> tuple[int, ...]:
    tables = (audit.Event, models.PlanTerms, models.Benefit, models.PriceLimit, coverage.Coverage)
    return tuple(table.objects.count() for table in tables)


def test_each_page_works_for_those_who_may_open_it(insurer, plan, imported):
    for path, roles, verbs in addresses(plan, imported):
        for role in roles:
            if "get" in verbs:
                assert insurer.client(role).get(path).status_code == 200, (path, role)


def test_a_colleague_without_the_role_is_refused_and_nothing_changes(insurer, plan, imported):
    before = written()
    for path, roles, verbs in addresses(plan, imported):
        for role in {MANAGER, HANDLER, OTHER} - set(roles):
            for verb in verbs:
                answer = getattr(insurer.client(role), verb)(path)
                assert answer.status_code == 403, (path, role)
    assert written() == before


def test_another_insurer_finds_nothing_and_changes_nothing(insurer, plan, imported):
    stranger = cast.insurer(2).client(MANAGER)
    before = written()
    for path, _, verbs in addresses(plan, imported):
        if plan["uuid"] in path or path.startswith(imported):
            assert [getattr(stranger, verb)(path).status_code for verb in verbs] == [404] * len(verbs), path
    assert written() == before


def test_another_insurer_sees_only_its_own(insurer, plan, imported):
    stranger = cast.insurer(2).client(MANAGER)
    for path, own in (("insurer:plan-list", b"KOMFORT"), ("insurer:policy-list", b"Kowalsk")):
        assert own not in stranger.get(reverse(path)).content
    found = stranger.post(reverse("insurer:policy-list"), {"text": PESEL})
    assert b"Nobody found" in found.content


def test_nobody_logged_in_is_sent_to_the_login(insurer, plan, imported):
    for path, _, verbs in addresses(plan, imported):
        for verb in verbs:
            answer = getattr(Client(), verb)(path)
            assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("public:session-new"))


def test_wrong_verbs_are_refused(insurer, plan, imported):
    client = insurer.client(MANAGER)
    for path, _, verbs in addresses(plan, imported):
        for verb in {"get", "post", "put", "delete"} - set(verbs):
            assert getattr(client, verb)(path).status_code == 405, (verb, path)


def test_a_plan_is_made_drafted_and_published(insurer):
    client = insurer.client(MANAGER)
    made = client.post(reverse("insurer:plan-new"), {"code": "BASIS", "name": "Podstawowy (demo)"})
    row = models.InsurancePlan.objects.get()
    assert (made.status_code, made.url) == (302, reverse("insurer:plan-detail", args=[row.uuid]))
    client.post(
        reverse("insurer:plan-terms-new", args=[row.uuid]),
        {"valid_from": "01.01.2027", "deductible_gr": "100,50", "filing_limit_days": "30"},
    )
    terms = models.PlanTerms.objects.get()
    assert (terms.valid_from, terms.deductible_gr, terms.sum_insured_gr) == (date(2027, 1, 1), 10050, -1)
    pages = {"uuid": row.uuid, "terms": terms.uuid}
    publish = reverse("insurer:plan-terms-publish", kwargs=pages)
    refused = client.post(publish, follow=True)
    assert b"Add a benefit with services before you publish." in refused.content
    values = {
        "code": "KONS",
        "name": "Konsultacje",
        "service_ids": [service_id("CONS-001")],
        "copay_gr": "10",
    }
    client.post(reverse("insurer:benefit-new", kwargs=pages), values)
    assert b"The terms are published." in client.post(publish, follow=True).content
    terms.refresh_from_db()
    assert terms.published_at is not None
    benefit = models.Benefit.objects.get()
    assert (benefit.copay_gr, benefit.count_limit) == (1000, -1)
    edit = reverse("insurer:benefit-edit", args=[row.uuid, benefit.uuid])
    late = client.post(edit, {**values, "copay_gr": "20"})
    assert late.status_code == 422
    benefit.refresh_from_db()
    assert benefit.copay_gr == 1000


@pytest.mark.parametrize(
    ("page", "typed", "message"),
    [
        ("plan-new", {"code": "ż ż", "name": "Nazwa"}, "Code: use letters, digits and dashes only."),
        ("plan-new", {"code": "KOMFORT", "name": "Inny"}, "Code: another plan has it. Choose another one."),
        (
            "plan-terms-new",
            {"valid_from": "31.02.2027", "deductible_gr": "12", "filing_limit_days": "30"},
            "there is no such day",
        ),
        (
            "plan-terms-new",
            {"valid_from": "01.01.2027", "deductible_gr": "12,345", "filing_limit_days": "0"},
            "Days to file a claim: enter a number from 1 to 1095.",
        ),
        (
            "benefit-new",
            {"code": "DRUGIE", "name": "Drugie", "count_limit": "dużo", "copay_gr": "abc"},
            "Count limit a year: enter a whole number from 0 to 100000.",
        ),
        ("benefit-new", {"code": "KONS", "name": "Drugie"}, "Choose at least one service."),
    ],
)
def test_wrong_input_keeps_what_was_typed_and_changes_nothing(insurer, plan, page, typed, message):
    arguments = {
        "plan-new": {},
        "plan-terms-new": {"uuid": plan["uuid"]},
        "benefit-new": {"uuid": plan["uuid"], "terms": plan["terms"]},
    }[page]
    before = written()
    answer = insurer.client(MANAGER).post(reverse(f"insurer:{page}", kwargs=arguments), typed)
    text = answer.content.decode()
    assert (answer.status_code, written()) == (422, before)
    assert message in text
    for value in typed.values():
        assert f'value="{value}"' in text


def test_price_limits_are_set_from_a_day_and_wrong_ones_are_kept_as_typed(insurer):
    client = insurer.client(MANAGER)
    path = reverse("insurer:pricelimit-edit", args=["cons"])
    first, second = service_id("CONS-001"), service_id("CONS-002")
    wrong = {"valid_from": "22.11.2026", f"limit-{first}": "180,00", f"limit-{second}": "1.234,567"}
    answer = client.post(path, wrong)
    text = answer.content.decode()
    assert (answer.status_code, models.PriceLimit.objects.count()) == (422, 0)
    assert "Valid from: choose today or a later day." in text
    assert all(f'value="{value}"' in text for value in wrong.values())
    right = {"valid_from": "23.11.2026", f"limit-{first}": "180,00", f"limit-{second}": "", "revision": 0}
    assert client.post(client.post(path, right).url, {"seen": 0}).url == path
    row = models.PriceLimit.objects.get()
    assert (row.service_id, row.limit_gr, row.valid_from) == (first, 18000, date(2026, 11, 23))


def test_an_import_reports_what_it_changed_and_what_it_refused(insurer, plan, imported):
    client = insurer.client(MANAGER)
    shown = client.get(imported)
    report = shown.content.decode()
    assert "the line has too many or too few columns" in report
    refused = client.get(f"{imported}refused.csv")
    assert refused.content.decode("utf-8-sig").splitlines() == [
        "line;column;reason",
        "3;;the line has too many or too few columns",
    ]
    assert refused["Content-Disposition"] == 'attachment; filename="refused.csv"'
    assert coverage.Coverage.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [("a;b\n1;2\n", "The file lacks columns:"), (f'{HEAD}\n"P/1;x\n', "a quotation mark is not closed")],
)
def test_a_broken_file_is_refused_in_words_and_changes_nothing(insurer, plan, text, message):
    before = written()
    answer = upload(insurer.client(MANAGER), text)
    assert (answer.status_code, written()) == (422, before)
    assert message in answer.content.decode()


def test_a_person_is_found_by_pesel_which_never_stands_in_an_address(insurer, plan, imported):
    client = insurer.client(HANDLER)
    found = client.post(reverse("insurer:policy-list"), {"text": PESEL})
    text = found.content.decode()
    assert (found.status_code, "Żak (demo)" in text) == (200, True)
    addresses = [part.split('"')[0] for part in text.replace('action="', 'href="').split('href="')[1:]]
    assert [address for address in addresses if PESEL in address] == []
    # Asked for in an address, the number is not looked at: everybody's list is shown instead.
    ignored = client.get(reverse("insurer:policy-list"), {"text": PESEL}).content.decode()
    assert "Only those found are shown." not in ignored
    assert 'method="post"' in ignored
