"""Addresses of the public's pages: one module a noun."""

from ols.web.public.urls import application, home, mailbox, session, terms

app_name = "public"
urlpatterns = [
    *home.urlpatterns,
    *application.urlpatterns,
    *terms.urlpatterns,
    *session.urlpatterns,
    *mailbox.urlpatterns,
]
