"""The public facility register (RPWDL) as imported, and alerts about those that left it."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from ols.db.fields import new_uuid
from ols.db.triggers import append_only
from ols.registry import states


class RegisterImport(models.Model):
    """One import of the register: what came in, what it changed."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(max_length=120, blank=True)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    snapshot_date = models.DateField()
    added = models.IntegerField()
    changed = models.IntegerField()
    unchanged = models.IntegerField()
    vanished = models.IntegerField()
    # Of the changed ones: struck off now, and back after having been struck off or gone.
    struck_off = models.IntegerField(default=0)
    returned = models.IntegerField(default=0)
    refused = models.IntegerField()
    refusals = models.JSONField(default=list)

    class Meta:
        db_table = "registry_import"


class RegisterEntry(models.Model):
    """One entity of the register: key is the book number (12 digits)."""

    register_book_no = models.CharField(max_length=12, unique=True)
    registering_body = models.CharField(max_length=200)
    entity_kind = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    search_key = models.CharField(max_length=450)
    nip = models.CharField(max_length=10, db_index=True)
    regon = models.CharField(max_length=9, blank=True, db_index=True)
    krs = models.CharField(max_length=10, blank=True, db_index=True)
    npwz = models.CharField(max_length=8, blank=True, db_index=True)
    legal_form = models.CharField(max_length=120, blank=True)
    founder_code = models.CharField(max_length=10, blank=True)
    founder_name = models.CharField(max_length=300, blank=True)
    street = models.CharField(max_length=200)
    postal_code = models.CharField(max_length=6)
    city = models.CharField(max_length=100)
    mail_address = models.CharField(max_length=300, blank=True)
    teryt = models.CharField(max_length=7)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    website = models.CharField(max_length=200, blank=True)
    active_from = models.DateField(null=True)
    active_to = models.DateField(null=True)
    struck_off_on = models.DateField(null=True)
    last_seen_on = models.DateField()
    vanished_on = models.DateField(null=True)
    content_hash = models.CharField(max_length=64)

    class Meta:
        db_table = "registry_entry"
        indexes = [
            GinIndex(fields=["search_key"], name="registry_entry_search", opclasses=["gin_trgm_ops"]),
            models.Index(
                fields=["postal_code"], name="registry_entry_postal", opclasses=["varchar_pattern_ops"]
            ),
        ]


class RegisterChange(models.Model):
    """What one import did to one entity; never edited. Name, NIP and town are as the import left them.

    `fields` holds column: [before, after]; `parts` the facilities, units and cells that differ, each
    with `level`, `key`, `before` and `after` (null: there was, or is, none).
    """

    register_import = models.ForeignKey(RegisterImport, models.CASCADE, related_name="changes")
    entry = models.ForeignKey("registry.RegisterEntry", models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=12)
    register_book_no = models.CharField(max_length=12)
    name = models.CharField(max_length=300)
    nip = models.CharField(max_length=10)
    city = models.CharField(max_length=100)
    search_key = models.CharField(max_length=450)
    fields = models.JSONField(default=dict)
    parts = models.JSONField(default=list)

    class Meta:
        db_table = "registry_change"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=states.CHANGES), name="registry_change_kind"),
            models.UniqueConstraint(fields=["register_import", "entry"], name="registry_change_once"),
        ]
        triggers = [append_only()]


class RegisterFacility(models.Model):
    """A facility (zakład leczniczy) of an entity, known by its own REGON-14."""

    entry = models.ForeignKey(RegisterEntry, models.CASCADE, related_name="facilities")
    regon14 = models.CharField(max_length=14, db_index=True)
    name = models.CharField(max_length=300)
    street = models.CharField(max_length=200)
    postal_code = models.CharField(max_length=6)
    city = models.CharField(max_length=100)
    activity_kind = models.CharField(max_length=60)

    class Meta:
        db_table = "registry_facility"
        constraints = [models.UniqueConstraint(fields=["entry", "regon14"], name="registry_facility_once")]


class RegisterUnit(models.Model):
    """An organizational unit of an entity, known by its part V code."""

    entry = models.ForeignKey(RegisterEntry, models.CASCADE, related_name="units")
    unit_code = models.CharField(max_length=2)
    name = models.CharField(max_length=300)
    street = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=6, blank=True)
    city = models.CharField(max_length=100, blank=True)
    teryt = models.CharField(max_length=7, blank=True)
    active_from = models.DateField(null=True)
    active_to = models.DateField(null=True)

    class Meta:
        db_table = "registry_unit"
        constraints = [models.UniqueConstraint(fields=["entry", "unit_code"], name="registry_unit_once")]


class RegisterCell(models.Model):
    """An organizational cell: its part VIII code (4 digits) says what is done there."""

    entry = models.ForeignKey(RegisterEntry, models.CASCADE, related_name="cells")
    cell_code = models.CharField(max_length=3)
    specialty_code = models.CharField(max_length=4)
    name = models.CharField(max_length=300)
    street = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=6, blank=True)
    city = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    active_from = models.DateField(null=True)
    active_to = models.DateField(null=True)
    medical_fields = models.CharField(max_length=200, blank=True)
    function_code = models.CharField(max_length=10, blank=True)
    beds = models.IntegerField(null=True)
    icu_beds = models.IntegerField(null=True)
    dialysis_stations = models.IntegerField(null=True)
    accreditations = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "registry_cell"
        constraints = [models.UniqueConstraint(fields=["entry", "cell_code"], name="registry_cell_once")]


class RegisterAlert(models.Model):
    """A facility that joined is no longer in the register: vanished from the file, or struck off."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    facility = models.ForeignKey("registry.Facility", models.CASCADE, related_name="alerts")
    kind = models.CharField(max_length=12)
    status = models.CharField(max_length=12, default=states.ALERT.initial)
    register_import = models.ForeignKey(RegisterImport, models.PROTECT, related_name="alerts")
    # The day the register says it left, or the day of the state in which it was missing.
    gone_on = models.DateField()
    opened_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    handled_by = models.CharField(max_length=120, blank=True)
    remark = models.TextField(blank=True)
    returned_at = models.DateTimeField(null=True)
    returned_on = models.DateField(null=True)

    class Meta:
        db_table = "registry_alert"
        constraints = [
            models.CheckConstraint(condition=states.ALERT.check(), name="registry_alert_status"),
            models.CheckConstraint(condition=Q(kind__in=states.ALERT_KINDS), name="registry_alert_kind"),
            models.UniqueConstraint(
                fields=["facility", "kind"],
                condition=Q(status__in=states.IN_FORCE),
                name="registry_alert_one_in_force",
            ),
        ]
