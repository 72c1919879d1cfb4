"""Components are rendered with plain static addresses in English: tests read what the code says."""

import pytest
from django.utils import translation

PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"


@pytest.fixture(autouse=True)
def _plain_static(settings):
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": PLAIN}}
    settings.LANGUAGE_CODE = "en"
    settings.LOGIN_URL = "/login/"
    with translation.override("en"):
        yield
