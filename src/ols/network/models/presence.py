"""Who of an insurer has an offer or a price list open now."""

from django.db import models


class Presence(models.Model):
    """Somebody of an insurer looks at what waits for its answer: a notice for colleagues, never a lock.

    Kept for minutes only, so it is no history and nobody else's: `services/presence.py` removes what is old.
    """

    insurer = models.ForeignKey("accounts.Organization", models.CASCADE, related_name="+")
    # The offer's contract or the price list, by its outside identity.
    subject = models.UUIDField()
    person = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "network_presence"
        constraints = [models.UniqueConstraint(fields=["subject", "person"], name="network_presence_once")]
