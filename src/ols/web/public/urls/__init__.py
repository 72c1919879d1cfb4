"""Addresses of the public's pages: one module a noun."""

from ols.web.public.urls import account, app, application, crawling, home, mailbox, network, session, terms

app_name = "public"
urlpatterns = [
    *account.urlpatterns,
    *app.urlpatterns,
    *crawling.urlpatterns,
    *home.urlpatterns,
    *application.urlpatterns,
    *network.urlpatterns,
    *terms.urlpatterns,
    *session.urlpatterns,
    *mailbox.urlpatterns,
]
