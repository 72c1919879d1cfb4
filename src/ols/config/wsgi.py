"""The WSGI door: `ols.config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ols.config.settings")

application = get_wsgi_application()
