"""The browser and the running system of the journeys."""

import shutil

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.cache import cache
from tests import cast, scenes
from tests.browser import stage as stages
from tests.onboarding import extracts

from ols.registry.selectors import EntryRow


@pytest.fixture
def operator(transactional_db) -> cast.Firm:
    """Make an operator with a password, before the browser starts: its event loop would open a connection."""
    cache.clear()  # limits count there, and no test's end empties it
    firm = cast.operator()
    scenes.publish(firm, "platform")
    person = firm.people["operator"]
    person.set_password(stages.PASSWORD)
    person.save()
    return firm


@pytest.fixture
def entry(operator) -> EntryRow:
    """Make a clinic of the register that has not joined."""
    return extracts.register()


@pytest.fixture
def stage(request, settings, transactional_db, chromium):
    """Serve the product on a Monday morning; at the end every window must have been silent."""
    settings.EMAIL_BACKEND = "ols.notifications.mailbox.MailboxBackend"
    # A folder for each test: they run beside each other.
    pictures = django_settings.ROOT / "var" / "screenshots" / request.node.name
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    with (
        time_machine.travel(cast.AT),
        stages.untranslated_texts() as untranslated,
        stages.served() as address,
        chromium.lent() as browser,
    ):
        settings.PUBLIC_URL = address
        made = stages.Stage(address, browser, pictures)
        yield made
        made.pictures_of_the_end()
    assert made.said == []
    assert untranslated == set()
