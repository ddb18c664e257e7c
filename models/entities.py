"""Every entity, in the order in which they are made and shown."""

from models.businesses import BUSINESS
from models.conflicts import CONFLICT
from models.consents import CONSENT
from models.consultations import CONSULTATION, FOLLOW_UP
from models.owners import OWNER
from models.schema import Entity
from models.staff import STAFF

ENTITIES: dict[str, Entity] = {e.name: e for e in (OWNER, BUSINESS, CONSENT, CONSULTATION, FOLLOW_UP, STAFF)}

# What is stored, captured and sent: the records, and the conflicts between them.
SYNCED: dict[str, Entity] = ENTITIES | {CONFLICT.name: CONFLICT}
