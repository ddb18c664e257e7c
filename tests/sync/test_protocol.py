"""Packing: what goes in comes out, and what is too large, cut or foreign is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import batching
from sync import protocol
from sync.protocol import BadMessage, Batch, decode, encode, hlc_time, is_id, pack, schema_hash, unpack


@given(body=st.binary(max_size=5000), coding=st.sampled_from(["zstd", "gzip"]))
def test_what_is_packed_is_unpacked(body: bytes, coding: str) -> None:
    assert unpack(pack(body, coding), coding) == body


@given(body=st.binary(min_size=20, max_size=500), coding=st.sampled_from(["zstd", "gzip"]), cut=st.integers(1, 12))
def test_a_truncated_body_is_noticed(body: bytes, coding: str, cut: int) -> None:
    with pytest.raises(BadMessage):
        unpack(pack(body, coding)[:-cut], coding)


@pytest.mark.parametrize("coding", ["zstd", "gzip", ""])
def test_nothing_larger_than_the_limit_is_unpacked(coding: str) -> None:
    body = bytes(10_000)
    packed = pack(body, coding) if coding else body

    assert unpack(packed, coding, 10_000) == body
    with pytest.raises(BadMessage) as caught:
        unpack(packed, coding, 9_999)
    assert caught.value.status == 413


def test_a_frame_that_hides_its_size_is_refused() -> None:
    import zstandard

    stream = zstandard.ZstdCompressor().compressobj()
    frame = stream.compress(b"a" * 1000) + stream.flush()

    with pytest.raises(BadMessage, match="size-unknown"):
        unpack(frame, "zstd")


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b"[" * 100_000, b'{"scope":1,"ctr":1}'])
def test_what_is_no_message_is_said_so(body: bytes) -> None:
    with pytest.raises(BadMessage):
        decode(body, Batch)


def test_a_batch_travels_with_the_names_of_the_document() -> None:
    batch = Batch("3513141017", 3, cut=[("owner", "x", 1, 2)])

    assert encode(batch) == b'{"scope":"3513141017","ctr":3,"del":[["owner","x",1,2]]}'
    assert decode(encode(batch), Batch) == batch


def test_the_laptops_batches_stay_below_the_servers_limits() -> None:
    assert batching.MOST_OPERATIONS <= protocol.MAX_OPERATIONS
    assert batching.LARGEST < protocol.MAX_UNPACKED


def test_stamps_ids_and_the_schema() -> None:
    assert hlc_time(1_795_488_120_000 << 16 | 7) == "2026-11-24T02:42:00.000Z"
    assert is_id("01932f2e-0000-7000-8000-000000000001")
    assert not is_id("01932F2E-0000-7000-8000-000000000001")
    assert schema_hash() == schema_hash()
