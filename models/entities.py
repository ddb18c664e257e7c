"""Every entity, in the order in which they are made and shown."""

from models.assessments import ASSESSMENT
from models.attachments import ATTACHMENT
from models.businesses import BUSINESS
from models.closed_reports import CLOSED_REPORT
from models.conflicts import CONFLICT
from models.consents import CONSENT
from models.consignment import CONSIGNMENT, CONSIGNMENT_PAYMENT
from models.consultations import CONSULTATION, FOLLOW_UP
from models.events import ATTENDANCE, EVENT, EVENT_DESK, EVENT_STAFF, TICKET
from models.facilitation import CHECKLIST_ITEM, FACILITATION, FACILITATION_STEP, REFERRAL
from models.financing import FINANCING
from models.flagships import DERIVED_PRODUCT, FLAGSHIP, FLAGSHIP_BUSINESS, FLAGSHIP_SCORE, POTENTIAL
from models.handovers import HANDOVER
from models.identity import DISTINCT_PAIR, OWNER_MERGE, SUBJECT_REQUEST
from models.number_blocks import NUMBER_BLOCK
from models.organisations import (
    MEETING,
    MEMBERSHIP,
    ORGANISATION,
    PURCHASE,
    PURCHASE_SHARE,
    QUALITY_CHECK,
    QUALITY_FAULT,
    SAVINGS_ENTRY,
)
from models.owners import OWNER
from models.partnerships import DELIVERY, PARTNERSHIP, PARTNERSHIP_CHECK, PARTNERSHIP_SUPPLIER, RENEWAL
from models.permits import PERMIT
from models.products import PRODUCT
from models.programs import AID_GRANT, PROGRAM
from models.reference_packs import REFERENCE_PACK
from models.reviews import PRODUCT_REVIEW
from models.schema import Entity
from models.staff import STAFF
from models.stories import STORY

_ALL: tuple[Entity, ...] = (
    OWNER, BUSINESS, CONSENT, CONSULTATION, FOLLOW_UP, STAFF,
    PRODUCT, PERMIT, ASSESSMENT, FACILITATION, FACILITATION_STEP, CHECKLIST_ITEM, REFERRAL,
    EVENT, EVENT_DESK, EVENT_STAFF, TICKET, ATTENDANCE, NUMBER_BLOCK,
    ORGANISATION, MEMBERSHIP, SAVINGS_ENTRY, PURCHASE, PURCHASE_SHARE, QUALITY_CHECK, QUALITY_FAULT, MEETING,
    PARTNERSHIP, PARTNERSHIP_SUPPLIER, DELIVERY, RENEWAL, PARTNERSHIP_CHECK,
    FINANCING, CONSIGNMENT, CONSIGNMENT_PAYMENT, PROGRAM, AID_GRANT,
    FLAGSHIP, FLAGSHIP_SCORE, FLAGSHIP_BUSINESS, POTENTIAL, DERIVED_PRODUCT, PRODUCT_REVIEW, STORY,
    HANDOVER, DISTINCT_PAIR, OWNER_MERGE, SUBJECT_REQUEST, ATTACHMENT,
)  # fmt: skip
ENTITIES: dict[str, Entity] = {e.name: e for e in _ALL}

# What is stored, captured and sent: the records, the conflicts between them, the lists that everybody uses, what was closed.
SYNCED: dict[str, Entity] = ENTITIES | {e.name: e for e in (CONFLICT, REFERENCE_PACK, CLOSED_REPORT)}
