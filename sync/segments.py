"""The first reading of a large scope: ready-made parts, one after the other, instead of pages made for this laptop."""

from hashlib import sha256

import msgspec

from models import first_reading, parts, verifying
from models.store import Changes
from sync.link import Access, Link, NotThere
from sync.protocol import SEGMENTS_FROM, BadMessage, Hello, Segment, SegmentsAnswer, decode, unpack


def first_read(access: Access, link: Link, hello: Hello) -> Changes:
    """Reads the parts of every large scope of which nothing is here yet; the pages bring what came later."""
    changes = Changes()
    sizes = {scope: state.count for scope, state in hello.scopes.items()}
    for scope in access(lambda store: first_reading.unread(store, sizes, SEGMENTS_FROM)):
        try:
            changes |= _read(access, link, scope)
        except (NotThere, BadMessage):  # an older server, or parts that are no longer kept: page by page then
            access(lambda store, scope=scope: verifying.read_anew(store, scope))
    return changes


def _read(access: Access, link: Link, scope: str) -> Changes:
    changes = Changes()
    begun, following = access(lambda store: parts.progress(store, scope))
    listing = msgspec.convert(begun, SegmentsAnswer) if begun else link.segments(scope)
    if not begun:
        access(lambda store: parts.advance(store, scope, msgspec.to_builtins(listing), 0))
    for no in range(following, len(listing.segments)):
        body = link.segment(scope, listing.upto, no)
        if sha256(body).hexdigest() != listing.segments[no].sha256:
            raise BadMessage("this is not the part that was listed")
        part = decode(unpack(body, "zstd"), Segment)
        whole = [(columns.t, columns.f, columns.c) for columns in part.ins]
        changes |= access(lambda store, no=no, whole=whole: first_reading.take(store, scope, listing.upto, no, whole))
    access(lambda store: first_reading.end(store, scope, listing.upto))
    return changes
