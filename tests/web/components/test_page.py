"""Who may open a page, and that a template cannot query."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import Http404, HttpResponse
from django.template import engines
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from ols.accounts.permissions import Permission
from ols.db import guard
from ols.db.errors import NotFound
from ols.kernel.actor import Actor, NotPermitted
from ols.web import page

CLERK = Actor(None, None, "provider", frozenset({Permission.CLAIM_SUBMIT}), "web", name="Ewa (demo)")


def request(actor=CLERK, method="GET", **headers):
    built = RequestFactory().generic(method, "/panel/claim/?a=1", headers=headers)
    built.actor = actor
    built.user = AnonymousUser()
    built.htmx = HtmxDetails(built)
    return built


def opened(view_permission, actor=CLERK, method="GET", answer=None, **options):
    calls = []

    @page.page(view_permission, **options)
    def view(_request):
        calls.append(1)
        if answer:
            raise answer
        return HttpResponse("in")

    assert view.page_permission == view_permission
    return view(request(actor, method)), len(calls)


def test_the_holder_of_the_permission_gets_in():
    response, calls = opened(Permission.CLAIM_SUBMIT)
    assert (response.status_code, response.content, calls) == (200, b"in", 1)


def test_a_colleague_without_it_sees_what_is_missing():
    response, calls = opened(Permission.SETTLEMENT_VIEW)
    assert (response.status_code, calls) == (403, 0)
    assert b"You lack the permission: <b>Financial settlements</b>." in response.content


def test_an_anonymous_visitor_is_sent_to_the_login_and_back():
    response, calls = opened(Permission.CLAIM_SUBMIT, actor=None)
    assert (response.status_code, calls) == (302, 0)
    assert response.url.endswith("?next=/panel/claim/%3Fa%3D1")


def test_public_and_signed_in_pages():
    assert opened(page.PUBLIC, actor=None)[0].status_code == 200
    assert opened(page.SIGNED_IN)[0].status_code == 200
    assert opened(page.SIGNED_IN, actor=None)[0].status_code == 302


@pytest.mark.parametrize(("method", "status"), [("GET", 405), ("HEAD", 405), ("PUT", 405), ("POST", 200)])
def test_a_wrong_verb_is_refused_before_the_view(method, status):
    response, calls = opened(Permission.CLAIM_SUBMIT, method=method, methods=("POST",))
    assert (response.status_code, calls) == (status, int(status == 200))


def test_errors_of_services_and_selectors_become_pages():
    response, _ = opened(Permission.CLAIM_SUBMIT, answer=NotPermitted(Permission.PLAN_EDIT))
    assert response.status_code == 403
    assert b"Editing insurance plans" in response.content
    with pytest.raises(Http404):
        opened(Permission.CLAIM_SUBMIT, answer=NotFound())


def test_htmx_gets_the_part_but_not_for_boosted_links_or_history():
    part = {"HX-Request": "true"}
    assert page.wants_partial(request(**part))
    assert not page.wants_partial(request())
    assert not page.wants_partial(request(**part, **{"HX-Boosted": "true"}))
    assert not page.wants_partial(request(**part, **{"HX-History-Restore-Request": "true"}))


def number_from_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 42")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_a_template_cannot_query(monkeypatch):
    template = engines["django"].from_string("answer: {{ lazy }}")
    monkeypatch.setattr(
        page.loader, "render_to_string", lambda _name, context, req: template.render(context, req)
    )
    with pytest.raises(guard.QueryInTemplate, match="SELECT 42"):
        page.render(request(), "any.html", {"lazy": number_from_database})
    # The same template with a plain value passes, and the database works again afterwards.
    assert page.render(request(), "any.html", {"lazy": number_from_database()}).content == b"answer: 42"
    # Negative control: without the guard the lazy value would have queried unnoticed.
    assert template.render({"lazy": number_from_database}, request()) == "answer: 42"
