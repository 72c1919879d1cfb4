"""The pages of a co-operation in a real browser: accessible, whole on a desk and a phone, errors included."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connections
from playwright.sync_api import Page
from tests import cast, scenes, windows
from tests.web.provider.claim import test_browser as desk

from ols.accounts.permissions import Role
from ols.catalog import selectors as catalog
from ols.network import models, services

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
address = desk.address
PICTURES = os.environ.get("OLS_SCREENSHOTS", "")


@pytest.fixture
def page(monkeypatch, transactional_db, address, chromium):
    """Open a browser on the day of the scenes; what its console says fails the test."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    said: list[str] = []
    with time_machine.travel(cast.AT), chromium.lent() as browser:
        opened = browser.new_page(locale="pl-PL", base_url=address)
        opened.on("console", lambda message: said.append(message.text))
        opened.on("pageerror", lambda error: said.append(str(error)))
        yield opened
        connections.close_all()  # the event loop of the browser has database connections of its own
    assert [text for text in said if "422" not in text] == []


def enter(page: Page, address: str, firm: cast.Firm, role: str) -> None:
    """Log the person in."""
    cookie = firm.client(role).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])


def look(page: Page, name: str, path: str = "") -> None:
    """Check what is shown at both widths; keep pictures where asked for."""
    if path:
        page.goto(path)
    for width in (windows.DESK, windows.PHONE):
        windows.resize(page, width)
        windows.check(page, (name, width))
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
    windows.resize(page, windows.DESK)


def test_stage_two_and_the_offer(page: Page, address: str) -> None:
    operator, insurer, clinic = cast.operator(), cast.insurer(), cast.provider()
    scenes.publish(operator, "insurance-service")
    scenes.prepare_insurer(insurer)
    enter(page, address, clinic, Role.OWNER)
    look(page, "home", "/panel/")
    look(page, "service", "/panel/insurance/")
    look(page, "about", "/panel/insurance/information/")
    page.goto("/panel/facility/")
    page.click("main form .btn")
    look(page, "facility-error")
    look(page, "facility-edit", "/panel/facility/edit/")
    scenes.finish_stage_two(operator, clinic)
    look(page, "terms", f"/panel/terms/{models.TermsVersion.objects.get(kind='general').uuid}/")
    look(page, "insurers", "/panel/insurers/")
    look(page, "insurer", f"/panel/insurers/{insurer.uuid}/")
    look(page, "join", f"/panel/insurers/{insurer.uuid}/join/")
    contract = scenes.start(clinic, insurer)
    page.goto(f"/panel/contracts/{contract}/parameters/")
    page.click("main form .btn")
    look(page, "parameters-error")
    look(page, "documents", f"/panel/contracts/{contract}/documents/")
    look(page, "document", f"/panel/contracts/{contract}/documents/add/OC/")
    page.goto(f"/panel/contracts/{contract}/send/")
    page.click("#send .btn")
    look(page, "send-error")
    scenes.fill_in(clinic, contract)
    look(page, "send", f"/panel/contracts/{contract}/send/")
    services.send_offer(actor=clinic.actor(Role.OWNER), contract_uuid=contract, at=cast.AT)
    look(page, "history", f"/panel/contracts/{contract}/history/")


def test_terms_and_prices(page: Page, address: str) -> None:
    operator, insurer, clinic = cast.operator(), cast.insurer(), cast.provider()
    scenes.prepare_insurer(insurer, "CONS")
    scenes.finish_stage_two(operator, clinic)
    contract = scenes.active(clinic, insurer)
    area = catalog.area(code="DENT")
    later = scenes.TODAY + timedelta(days=30)
    services.open_area(actor=insurer.actor(Role.NETWORK_MANAGER), area_id=area.id, opens_on=later, at=cast.AT)
    enter(page, address, clinic, Role.OWNER)
    look(page, "areas", f"/panel/contracts/{contract}/terms/")
    look(page, "no-prices", f"/panel/contracts/{contract}/prices/")
    scenes.accept_area(clinic, insurer, "CONS")
    first, second, *_ = catalog.services(area_id=catalog.area(code="CONS").id)
    services.set_price_limits(
        actor=insurer.actor(Role.PLAN_MANAGER),
        limits={first.id: 180_00, second.id: 250_00},
        valid_from=scenes.TODAY,
        at=cast.AT,
    )
    page.goto(f"/panel/contracts/{contract}/areas/CONS/prices/")
    page.fill(f"#price-{first.id}", "1e3")
    with page.expect_navigation():
        page.click("[name=save]")
    look(page, "prices-error")
    uuid = scenes.sent_prices(clinic, contract, "CONS", {first.id: 200_00, second.id: 240_00})
    look(page, "prices-sent", f"/panel/contracts/{contract}/prices/{uuid}/")
    look(page, "prices", f"/panel/contracts/{contract}/prices/")
    look(page, "home-active", "/panel/")
