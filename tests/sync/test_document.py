"""The examples of docs/sync-protocol.md are real messages."""

import re
from pathlib import Path

import pytest

from sync import bundle, proof, protocol
from sync.protocol import Ack, Batch, EnrolAnswer, Hello, SyncAnswer, decode

TEXT = (Path(__file__).parents[2] / "docs" / "sync-protocol.md").read_text(encoding="utf-8")
EXAMPLES: list[tuple[str, str]] = re.findall(r"<!-- (\w+) -->\n```json\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize(("name", "text"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_an_example_is_a_message(name: str, text: str) -> None:
    message = decode(text.encode(), getattr(protocol, name, None) or getattr(bundle, name))

    for body in getattr(message, "batches", []):
        assert decode(bytes(body), Batch).ctr == 10
    for body in getattr(message, "acks", []):
        assert decode(bytes(body), Ack).status == ("held" if name == "HandInAnswer" else "done")


def test_the_signature_of_the_example_is_genuine() -> None:
    found = dict(EXAMPLES)
    answer, hello = decode(found["SyncAnswer"].encode(), SyncAnswer), decode(found["Hello"].encode(), Hello)
    device = decode(found["EnrolAnswer"].encode(), EnrolAnswer).device
    text = proof.statement(device, answer)

    assert f"```text\n{text}\n```" in TEXT
    assert proof.genuine(hello.proof_key, text, answer.signature)


def test_every_message_has_an_example() -> None:
    described = {name for name, _ in EXAMPLES}

    assert described >= {n for n in dir(protocol) if n.endswith(("Request", "Answer"))} | {"Hello", "Page", "Refusal"}


def test_every_reason_of_a_refusal_is_described() -> None:
    source = (Path(__file__).parents[2] / "server" / "batches.py").read_text(encoding="utf-8")
    reasons = set(re.findall(r'return "([a-z-]+)"', source)) | set(re.findall(r'else "([a-z-]+)"', source))

    assert reasons
    assert {reason for reason in reasons if f"`{reason}`" not in TEXT} == set()
