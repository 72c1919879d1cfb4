"""Addresses of the public's pages: one module a noun."""

from ols.web.public.urls import account, app, application, home, mailbox, network, session, terms

app_name = "public"
urlpatterns = [
    *account.urlpatterns,
    *app.urlpatterns,
    *home.urlpatterns,
    *application.urlpatterns,
    *network.urlpatterns,
    *terms.urlpatterns,
    *session.urlpatterns,
    *mailbox.urlpatterns,
]
