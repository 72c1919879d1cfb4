"""For every test: static addresses without a manifest, and stored files in a folder of the test's own."""

import pytest


@pytest.fixture(autouse=True)
def _own_storages(settings, tmp_path):
    static_root = tmp_path / "static"
    static_root.mkdir()
    settings.STATIC_ROOT = str(static_root)
    settings.STORAGES = {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "documents")},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
