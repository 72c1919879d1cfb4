"""Components as templates use them: structure that people and screen readers rely on."""

import re
from pathlib import Path

import pytest
from django import forms
from django.contrib import messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path
from lxml import html

from ols.adjudication import explain, reasons, types, waterfall
from ols.kernel.actor import Actor
from ols.web import page
from ols.web.components import errors, explanations, gallery, navigation
from ols.web.components.templatetags import ols


def home(_request):
    return HttpResponse()


urlpatterns = [
    path("", home, name="home"),
    path("claims/", home, name="claims"),
    path("money/", home, name="money"),
]


def get(view, path_="/components/", method="GET", data=None):
    factory = RequestFactory()
    request = factory.post(path_, data or {}) if method == "POST" else factory.get(path_)
    return view(request)


def tree(response):
    return html.fromstring(response.content.decode())


def test_the_frame_has_its_landmarks_and_one_heading():
    document = tree(get(gallery.gallery_form))
    assert [link.get("href") for link in document.xpath('//a[@class="skip"]')] == ["#content"]
    assert len(document.xpath("//header")) == len(document.xpath('//main[@id="content"]')) == 1
    assert len(document.xpath("//footer")) == len(document.xpath("//h1")) == 1
    assert document.xpath("//title")[0].text == "Formularz – System OLS"
    assert document.get("lang") == "en"


def test_a_wrong_form_says_so_in_the_title_the_summary_and_at_the_fields():
    response = get(gallery.gallery_form, method="POST", data={"starts_on": "31.02.2026"})
    document = tree(response)
    assert response.status_code == 422
    assert document.xpath("//title")[0].text == "Error: Formularz – System OLS"
    summary = document.xpath('//*[@class="error-summary"][@data-focus]')[0]
    links = {link.get("href"): link.text for link in summary.xpath(".//a")}
    assert links == {
        "#id_starts_on": "Pierwszy dzień: there is no such day in the calendar.",
        "#id_account": "Fill in: Numer rachunku.",
        "#id_scope_0": "Fill in: Zakres.",
        "#id_document": "Choose a file.",
        "#id_accepted": "Zaznacz akceptację regulaminu.",
    }
    for target in links:
        assert len(document.xpath(f'//*[@id="{target[1:]}"]')) == 1
    field = document.xpath('//*[@id="id_starts_on"]')[0]
    assert field.get("value") == "31.02.2026"
    for described in field.get("aria-describedby").split():
        assert len(document.xpath(f'//*[@id="{described}"]')) == 1


def test_every_form_that_posts_is_protected():
    document = tree(get(gallery.gallery_form))
    posting = document.xpath('//form[@method="post"]')
    assert posting
    assert all(form.xpath('.//input[@name="csrfmiddlewaretoken"]') for form in posting)


def test_pages_hold_no_inline_scripts_or_styles():
    for view in (gallery.gallery_view, gallery.gallery_form):
        text = get(view).content.decode()
        assert inline_code(text) == []
    # Negative control: planted inline code is found.
    assert inline_code('<p style="x"></p><a onclick="y">z</a><script>1</script>') != []


def inline_code(text):
    return re.findall(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)", text)


def test_icons_used_by_the_components_exist():
    sprite = Path(gallery.__file__).parent / "static/ols/icons.svg"
    known = set(re.findall(r'id="([^"]+)"', sprite.read_text(encoding="utf-8")))
    used = set(re.findall(r"icons\.svg#([\w-]+)", get(gallery.gallery_view).content.decode()))
    assert used
    assert used - known == set()
    assert {look.icon for look in explanations.OUTCOMES.values()} - known == set()


def test_sorting_keeps_the_filters_and_starts_at_the_first_page():
    document = tree(get(gallery.gallery_view, "/components/?search=x&page=3&sort=number"))
    head = document.xpath("//th[@aria-sort]")[0]
    assert head.get("aria-sort") == "ascending"
    assert head.xpath(".//a")[0].get("href") == "?search=x&sort=-number"


@pytest.mark.parametrize(
    ("view", "status", "title"),
    [
        (errors.bad_request, 400, "This request could not be understood"),
        (errors.forbidden, 403, "You cannot open this page"),
        (errors.not_found, 404, "There is no such page"),
        (errors.csrf_failure, 403, "The form has expired"),
        (errors.server_error, 500, "Coś poszło źle po naszej stronie"),
    ],
)
def test_error_pages(view, status, title):
    response = get(view)
    assert response.status_code == status
    assert tree(response).xpath("//h1")[0].text == title


@pytest.mark.urls(__name__)
def test_the_menu_marks_the_page_and_the_missing_key_and_skips_what_does_not_exist():
    items = [
        navigation.NavigationItem("Home", "home", "house"),
        navigation.NavigationItem("Claims", "claims", "heart-pulse", "claim:submit", key="F2"),
        navigation.NavigationItem("Money", "money", "wallet", "settlement:view"),
        navigation.NavigationItem("Later", "later", "clock"),
    ]
    request = RequestFactory().get("/claims/7/")
    request.actor = Actor(None, None, "provider", frozenset({"claim:submit"}), "web")
    links = navigation.links(items, request)
    assert [(link.url, link.current, link.locked) for link in links] == [
        ("/", False, False),
        ("/claims/", True, False),
        ("/money/", False, True),
    ]


@pytest.mark.urls(__name__)
def test_a_page_beside_an_item_is_marked_there():
    items = [
        navigation.NavigationItem("Home", "home", "house"),
        navigation.NavigationItem("Claims", "claims", "heart-pulse", also=("/visits/",)),
    ]
    links = navigation.links(items, RequestFactory().get("/visits/7/"))
    assert [(link.url, link.current) for link in links] == [("/", False), ("/claims/", True)]


def test_every_reason_step_and_outcome_has_its_words():
    assert set(explanations.REASONS) == set(reasons.NAMES)
    assert set(explanations.STEPS) == set(explain.STEP_CODES)
    assert set(explanations.OUTCOMES) == set(reasons.OUTCOME_NAMES)


def test_a_decided_line_explains_its_amounts():
    line = types.Line(quantity=1, billed_unit_price=27000, contract_unit_price=25000)
    decision, _ = waterfall.adjudicate_line(line, types.Terms(price_limit=20000), types.Usage())
    shown = explanations.decision_line(number=1, code="C", name="N", quantity=1, decision=decision)
    assert (shown.insurer_gr, shown.patient_gr, str(shown.outcome_label)) == (20000, 5000, "Granted")
    assert [(str(step.label), step.amount_gr) for step in shown.steps] == [
        ("Price of the service", 27000),
        ("Above the accepted price list", -2000),
        ("Above the price limit", -5000),
        ("The insurer pays", 20000),
    ]
    assert sum(step.amount_gr for step in shown.steps if not step.total) == shown.insurer_gr


def test_errors_of_the_whole_form_come_first_in_the_summary():
    class Pair(forms.Form):
        first = forms.CharField()

        def clean(self):
            raise forms.ValidationError("Both cannot be empty.")

    assert [(problem.text, problem.target) for problem in ols.error_list(Pair({}))] == [
        ("Both cannot be empty.", ""),
        ("This field is required.", "id_first"),
    ]


def test_form_status():
    assert page.form_status(gallery.GalleryForm()) == 200
    assert page.form_status(gallery.GalleryForm(), gallery.GalleryForm({})) == 422


def test_messages_are_shown_once_with_their_kind():
    request = RequestFactory().get("/")
    request.session = {}
    request._messages = FallbackStorage(request)
    messages.success(request, "Saved.")
    messages.error(request, "Not sent.")
    notes = tree(page.render(request, "components/gallery_form.html")).xpath('//*[@role="status"]/div')
    assert [(note.get("class"), note.text_content().strip()) for note in notes] == [
        ("note ok", "Saved."),
        ("note bad", "Not sent."),
    ]


def test_no_id_stands_twice_on_a_page():
    for view in (gallery.gallery_view, gallery.gallery_form):
        ids = tree(get(view)).xpath("//@id")
        assert sorted(ids) == sorted(set(ids))
