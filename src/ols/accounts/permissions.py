"""Who may do what: the only place to change it. Owners give roles to people, never new permissions.

A permission is `<resource>:<action>`; the list is sorted. Roles belong to one kind of organization.
"""

from django.utils.translation import gettext_noop


class Permission:
    """Every permission there is."""

    ACCOUNT_CHANGE = "account:change"
    APPLICATION_REVIEW = "application:review"
    AUDIT_VIEW = "audit:view"
    BANK_IMPORT = "bank:import"
    CLAIM_REVIEW = "claim:review"
    CLAIM_SUBMIT = "claim:submit"
    CONTRACT_OFFER = "contract:offer"
    CONTRACT_REVIEW = "contract:review"
    FACILITY_EDIT = "facility:edit"
    FACILITY_VIEW = "facility:view"
    MAILBOX_VIEW = "mailbox:view"
    NETWORK_SETUP = "network:setup"
    NETWORK_VIEW = "network:view"
    ORGANIZATION_ADD = "organization:add"
    ORGANIZATION_BLOCK = "organization:block"
    ORGANIZATION_VIEW = "organization:view"
    PAYMENT_APPROVE = "payment:approve"
    PAYMENT_PREPARE = "payment:prepare"
    PAYMENT_VIEW = "payment:view"
    PLAN_EDIT = "plan:edit"
    PLATFORM_EDIT = "platform:edit"
    POLICY_IMPORT = "policy:import"
    POLICY_VIEW = "policy:view"
    PRICELIST_EDIT = "pricelist:edit"
    PRICELIST_REVIEW = "pricelist:review"
    REGISTER_IMPORT = "register:import"
    SETTLEMENT_CONFIRM = "settlement:confirm"
    SETTLEMENT_VIEW = "settlement:view"
    STAFF_MANAGE = "staff:manage"
    TERMS_ACCEPT = "terms:accept"
    TERMS_PUBLISH = "terms:publish"


class Role:
    """Every role; the value is stored in `Membership.roles`."""

    ACCOUNTANT = "accountant"
    ADMINISTRATOR = "administrator"
    CLAIMS_HANDLER = "claims-handler"
    DATA_EDITOR = "data-editor"
    FINANCE_APPROVER = "finance-approver"
    FINANCE_PREPARER = "finance-preparer"
    NETWORK_MANAGER = "network-manager"
    NETWORK_VIEWER = "network-viewer"
    OFFER_REVIEWER = "offer-reviewer"
    OPERATOR = "operator"
    OWNER = "owner"
    PLAN_MANAGER = "plan-manager"
    PRICE_EDITOR = "price-editor"
    RECEPTIONIST = "receptionist"
    STAFF_MANAGER = "staff-manager"
    TERMS_EDITOR = "terms-editor"
    TERMS_SIGNER = "terms-signer"


P = Permission

ROLE_PERMISSIONS: dict[str, frozenset[str]] = {
    Role.OPERATOR: frozenset(
        {
            P.APPLICATION_REVIEW,
            P.AUDIT_VIEW,
            P.MAILBOX_VIEW,
            P.ORGANIZATION_ADD,
            P.ORGANIZATION_BLOCK,
            P.ORGANIZATION_VIEW,
            P.PLATFORM_EDIT,
            P.REGISTER_IMPORT,
            P.STAFF_MANAGE,
            P.TERMS_PUBLISH,
        }
    ),
    Role.ADMINISTRATOR: frozenset({P.STAFF_MANAGE}),
    Role.NETWORK_MANAGER: frozenset(
        {P.CONTRACT_REVIEW, P.NETWORK_SETUP, P.NETWORK_VIEW, P.PRICELIST_REVIEW, P.TERMS_PUBLISH}
    ),
    Role.OFFER_REVIEWER: frozenset({P.CONTRACT_REVIEW, P.NETWORK_VIEW, P.PRICELIST_REVIEW}),
    Role.TERMS_EDITOR: frozenset({P.NETWORK_VIEW, P.TERMS_PUBLISH}),
    Role.NETWORK_VIEWER: frozenset({P.NETWORK_VIEW}),
    Role.PLAN_MANAGER: frozenset({P.PLAN_EDIT, P.POLICY_IMPORT, P.POLICY_VIEW}),
    Role.CLAIMS_HANDLER: frozenset({P.CLAIM_REVIEW, P.POLICY_VIEW}),
    Role.FINANCE_PREPARER: frozenset({P.PAYMENT_VIEW, P.PAYMENT_PREPARE, P.BANK_IMPORT}),
    Role.FINANCE_APPROVER: frozenset({P.PAYMENT_VIEW, P.PAYMENT_APPROVE}),
    Role.OWNER: frozenset(
        {
            P.ACCOUNT_CHANGE,
            P.CLAIM_SUBMIT,
            P.CONTRACT_OFFER,
            P.FACILITY_EDIT,
            P.FACILITY_VIEW,
            P.PRICELIST_EDIT,
            P.SETTLEMENT_CONFIRM,
            P.SETTLEMENT_VIEW,
            P.STAFF_MANAGE,
            P.TERMS_ACCEPT,
        }
    ),
    Role.DATA_EDITOR: frozenset({P.FACILITY_EDIT, P.FACILITY_VIEW}),
    Role.TERMS_SIGNER: frozenset({P.CONTRACT_OFFER, P.FACILITY_VIEW, P.TERMS_ACCEPT}),
    Role.PRICE_EDITOR: frozenset({P.FACILITY_VIEW, P.PRICELIST_EDIT}),
    Role.RECEPTIONIST: frozenset({P.CLAIM_SUBMIT, P.FACILITY_VIEW}),
    Role.ACCOUNTANT: frozenset({P.FACILITY_VIEW, P.SETTLEMENT_CONFIRM, P.SETTLEMENT_VIEW}),
    Role.STAFF_MANAGER: frozenset({P.FACILITY_VIEW, P.STAFF_MANAGE}),
}

# Message ids; pages translate them. The "key" page names the permission a person lacks with these words.
PERMISSION_NAMES: dict[str, str] = {
    P.ACCOUNT_CHANGE: gettext_noop("Changing the clinic's bank account"),
    P.APPLICATION_REVIEW: gettext_noop("Deciding access applications"),
    P.AUDIT_VIEW: gettext_noop("The log of everything"),
    P.BANK_IMPORT: gettext_noop("Importing bank statements"),
    P.CLAIM_REVIEW: gettext_noop("Deciding claims held for a person"),
    P.CLAIM_SUBMIT: gettext_noop("Claims for benefits"),
    P.CONTRACT_OFFER: gettext_noop("Offers of co-operation"),
    P.CONTRACT_REVIEW: gettext_noop("Deciding offers of co-operation"),
    P.FACILITY_EDIT: gettext_noop("Editing the clinic's data"),
    P.FACILITY_VIEW: gettext_noop("Viewing the clinic's data"),
    P.MAILBOX_VIEW: gettext_noop("The development mailbox"),
    P.NETWORK_SETUP: gettext_noop("Rules and needs of the network"),
    P.NETWORK_VIEW: gettext_noop("Viewing the network"),
    P.ORGANIZATION_ADD: gettext_noop("Adding insurers"),
    P.ORGANIZATION_BLOCK: gettext_noop("Blocking organizations and people"),
    P.ORGANIZATION_VIEW: gettext_noop("Viewing organizations"),
    P.PAYMENT_APPROVE: gettext_noop("Approving payments"),
    P.PAYMENT_PREPARE: gettext_noop("Preparing payments"),
    P.PAYMENT_VIEW: gettext_noop("Viewing payments"),
    P.PLAN_EDIT: gettext_noop("Editing insurance plans"),
    P.PLATFORM_EDIT: gettext_noop("Settings of the platform"),
    P.POLICY_IMPORT: gettext_noop("Importing policies"),
    P.POLICY_VIEW: gettext_noop("Viewing policies"),
    P.PRICELIST_EDIT: gettext_noop("Price lists"),
    P.PRICELIST_REVIEW: gettext_noop("Deciding price lists"),
    P.REGISTER_IMPORT: gettext_noop("Importing the facility register"),
    P.SETTLEMENT_CONFIRM: gettext_noop("Confirming settlement reports"),
    P.SETTLEMENT_VIEW: gettext_noop("Financial settlements"),
    P.STAFF_MANAGE: gettext_noop("Managing staff"),
    P.TERMS_ACCEPT: gettext_noop("Accepting terms"),
    P.TERMS_PUBLISH: gettext_noop("Publishing terms"),
}


ROLES_OF: dict[str, tuple[str, ...]] = {
    "operator": (Role.OPERATOR,),
    "insurer": (
        Role.ADMINISTRATOR,
        Role.NETWORK_MANAGER,
        Role.OFFER_REVIEWER,
        Role.TERMS_EDITOR,
        Role.NETWORK_VIEWER,
        Role.PLAN_MANAGER,
        Role.CLAIMS_HANDLER,
        Role.FINANCE_PREPARER,
        Role.FINANCE_APPROVER,
    ),
    "provider": (
        Role.OWNER,
        Role.DATA_EDITOR,
        Role.TERMS_SIGNER,
        Role.PRICE_EDITOR,
        Role.RECEPTIONIST,
        Role.ACCOUNTANT,
        Role.STAFF_MANAGER,
    ),
}

ROLE_NAMES: dict[str, str] = {
    Role.ACCOUNTANT: gettext_noop("Settlements (accounting)"),
    Role.ADMINISTRATOR: gettext_noop("Administrator: staff"),
    Role.CLAIMS_HANDLER: gettext_noop("Claims handler: claims held for a person"),
    Role.DATA_EDITOR: gettext_noop("Data of the clinic"),
    Role.FINANCE_APPROVER: gettext_noop("Finance: approves payment files"),
    Role.FINANCE_PREPARER: gettext_noop("Finance: prepares payment files, imports statements"),
    Role.NETWORK_MANAGER: gettext_noop("Network manager: offers and price lists"),
    Role.NETWORK_VIEWER: gettext_noop("Network: viewing only"),
    Role.OFFER_REVIEWER: gettext_noop("Reviewer: offers and price lists"),
    Role.OPERATOR: gettext_noop("Operator of the platform"),
    Role.OWNER: gettext_noop("Owner or manager: everything"),
    Role.PLAN_MANAGER: gettext_noop("Plan manager: plans and policies"),
    Role.PRICE_EDITOR: gettext_noop("Prices"),
    Role.RECEPTIONIST: gettext_noop("Claims (reception)"),
    Role.STAFF_MANAGER: gettext_noop("Staff and their permissions"),
    Role.TERMS_EDITOR: gettext_noop("Editor: terms, documents and areas"),
    Role.TERMS_SIGNER: gettext_noop("Terms and co-operation"),
}

# What a role means, in the words of whoever gives it.
ROLE_HINTS: dict[str, str] = {
    Role.ACCOUNTANT: gettext_noop("Makes reports and accounting documents, sees what was paid and when."),
    Role.ADMINISTRATOR: gettext_noop("Invites and removes people, sets the account and the office hours."),
    Role.CLAIMS_HANDLER: gettext_noop("Decides the claims that the rules leave to a person."),
    Role.DATA_EDITOR: gettext_noop("Edits and confirms the name, address and contact of the clinic."),
    Role.FINANCE_APPROVER: gettext_noop("Approves payment files that somebody else prepared."),
    Role.FINANCE_PREPARER: gettext_noop("Collects what is due into payment files and imports statements."),
    Role.NETWORK_MANAGER: gettext_noop(
        "Answers offers and price lists, publishes terms, sets rules and needs."
    ),
    Role.NETWORK_VIEWER: gettext_noop(
        "Sees the dashboard, the clinics and their contracts; changes nothing."
    ),
    Role.OFFER_REVIEWER: gettext_noop("Answers offers and price lists; changes neither terms nor rules."),
    Role.OPERATOR: gettext_noop("Decides applications, keeps the register, the terms and the insurers."),
    Role.OWNER: gettext_noop("Everything below, also what is added later."),
    Role.PLAN_MANAGER: gettext_noop("Keeps plans and limits, imports policies."),
    Role.PRICE_EDITOR: gettext_noop("Enters price lists and sends them to insurers."),
    Role.RECEPTIONIST: gettext_noop("Checks cover and enters claims for payment of a benefit."),
    Role.STAFF_MANAGER: gettext_noop("Invites and removes people and decides what each may do."),
    Role.TERMS_EDITOR: gettext_noop("Publishes terms, opens areas, says which documents are required."),
    Role.TERMS_SIGNER: gettext_noop("Accepts terms in the clinic's name and sends offers of co-operation."),
}


def roles_of(organization_kind: str) -> tuple[str, ...]:
    """Return the roles that organizations of the kind have, in the order pages show them."""
    return ROLES_OF.get(organization_kind, ())


def permissions_of(roles: list[str]) -> frozenset[str]:
    """Return the union of the roles' permissions; an unknown role gives nothing."""
    return frozenset().union(*(ROLE_PERMISSIONS.get(role, frozenset()) for role in roles))


def roles_giving(permission: str, organization_kind: str) -> tuple[str, ...]:
    """Return the roles that give the permission and as little else as possible; empty when none does.

    An owner's role is never among them: nobody gets everything by asking for one thing (adr/0014: the
    account is the owners').
    """
    giving = [
        role
        for role in roles_of(organization_kind)
        if role != Role.OWNER and permission in ROLE_PERMISSIONS[role]
    ]
    return tuple(
        role
        for role in giving
        if not any(ROLE_PERMISSIONS[other] < ROLE_PERMISSIONS[role] for other in giving)
    )
