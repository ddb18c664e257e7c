import json
import random
from pathlib import Path

import pytest
from nacl.public import PrivateKey, SealedBox

from models import vault
from models.errors import DamagedDatabase, DiskFull, TooManyTries, WrongPassphrase
from models.key_wrapping import ALPHABET, from_text
from models.vault import Vault
from tests.fakes import FrozenClock

PASSPHRASE = "pelangi kuda sumur rajut"
OTHER = "tembaga lilin papan nuri"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id at its lowest cost; the file says at which cost it was made."""
    monkeypatch.setattr(vault, "ARGON2", {"opslimit": 1, "memlimit": 8192})


@pytest.fixture
def made(tmp_path: Path, clock: FrozenClock, quick) -> tuple[Vault, bytes, str]:
    made = Vault(tmp_path / "key.json", clock)
    return made, *made.create(PASSPHRASE)


def wrong(made: Vault) -> None:
    with pytest.raises(WrongPassphrase) as refused:
        made.unlock("bukan ini kata sandinya")
    assert not isinstance(refused.value, TooManyTries)


def test_passphrase_and_recovery_key_give_the_same_data_key_at_full_cost(tmp_path):
    made = Vault(tmp_path / "key.json")
    data_key, recovery = made.create(PASSPHRASE)
    content = json.loads(made.path.read_text())
    assert len(data_key) == 32
    assert (content["passphrase"]["opslimit"], content["passphrase"]["memlimit"]) == (2, 64 * 1024 * 1024)
    assert made.unlock(f" {PASSPHRASE} ") == data_key
    assert made.unlock_by_recovery(recovery.lower().replace("-", " ")) == data_key


def test_the_key_file_is_private_and_holds_no_secret(made, tmp_path):
    key_file, data_key, recovery = made
    everything = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    for secret in (
        data_key,
        data_key.hex().encode(),
        PASSPHRASE.encode(),
        recovery.encode(),
        recovery.replace("-", "").encode(),
    ):
        assert secret not in everything
    assert {p.name for p in tmp_path.iterdir()} == {"key.json", "key.copy"}
    assert {p.stat().st_mode & 0o077 for p in tmp_path.iterdir()} == {0}
    assert key_file.path.read_bytes() == key_file.path.with_suffix(".copy").read_bytes()


def test_two_accounts_share_nothing(made, tmp_path, clock):
    second = Vault(tmp_path / "second.json", clock)
    key, recovery = second.create(PASSPHRASE)
    assert key != made[1]
    with pytest.raises(WrongPassphrase):
        made[0].unlock_by_recovery(recovery)


def test_another_passphrase_leaves_data_key_and_recovery_key(made):
    key_file, data_key, recovery = made
    key_file.change(PASSPHRASE, OTHER)
    wrong(key_file)
    with pytest.raises(WrongPassphrase):
        key_file.unlock(PASSPHRASE)
    assert key_file.unlock(OTHER) == data_key == key_file.unlock_by_recovery(recovery)


def test_renewal_after_recovery_makes_both_old_secrets_useless(made):
    key_file, data_key, recovery = made
    fresh = key_file.renew(key_file.unlock_by_recovery(recovery), OTHER)
    assert key_file.unlock_by_recovery(fresh) == data_key == key_file.unlock(OTHER)
    with pytest.raises(WrongPassphrase):
        key_file.unlock_by_recovery(recovery)
    with pytest.raises(WrongPassphrase):
        key_file.unlock(PASSPHRASE)


def test_the_office_opens_what_was_sealed_to_it_also_after_changes(made):
    key_file, data_key, _ = made
    office = PrivateKey.generate()
    key_file.seal_to_office(data_key, bytes(office.public_key))
    key_file.change(PASSPHRASE, OTHER)
    key_file.renew(data_key, PASSPHRASE)
    sealed = from_text(json.loads(key_file.path.read_text())["office"])
    assert SealedBox(office).decrypt(sealed) == data_key


@pytest.mark.parametrize("weak", ["", "sembilan9", "aaaaaaaaaaaa", "1234567890", "Password2026", "abababababab"])
def test_weak_passphrases_are_refused_with_a_reason(made, weak):
    problem = vault.passphrase_problem(weak)
    assert problem is not None
    with pytest.raises(WrongPassphrase) as refused:
        made[0].change(PASSPHRASE, weak)
    assert refused.value.words == problem.words
    assert made[0].unlock(PASSPHRASE) == made[1]


def test_suggestions_are_four_words_of_the_list_and_good():
    suggestions = {vault.suggest() for _ in range(50)}
    assert len(suggestions) == 50
    assert all(len(s.split()) == 4 and vault.passphrase_problem(s) is None for s in suggestions)
    assert len(vault._words()) == len(set(vault._words())) > 800


def test_typed_forms_of_one_passphrase_are_one(tmp_path, quick):
    made = Vault(tmp_path / "key.json")
    key, _ = made.create("caf\u00e9 kuda sumur")
    assert made.unlock("cafe\u0301 kuda sumur") == key
    with pytest.raises(WrongPassphrase):
        made.unlock("caf\ud83d\x00 kuda sumur")


def test_each_slip_in_a_recovery_key_is_named_by_its_group():
    chance = random.Random(3)
    for _ in range(300):
        groups = vault.new_recovery_key().split("-")
        n, place = chance.randrange(6), chance.randrange(4)
        letters = list(groups[n])
        letters[place] = chance.choice([c for c in ALPHABET if c != letters[place]])
        slipped = [*groups[:n], "".join(letters), *groups[n + 1 :]]
        problem = vault.recovery_key_problem("-".join(slipped))
        assert problem is not None
        assert str(n + 1) in problem.words.id
        assert vault.recovery_key_problem("".join(groups).lower()) is None


def test_swapped_letters_and_swapped_groups_are_noticed():
    chance = random.Random(5)
    for _ in range(300):
        groups = vault.new_recovery_key().split("-")
        place = chance.randrange(3)
        swapped = list(groups[0])
        swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
        if swapped != list(groups[0]):
            assert vault.recovery_key_problem("".join(swapped) + "".join(groups[1:])) is not None
        if groups[0] != groups[1]:
            assert vault.recovery_key_problem("".join([groups[1], groups[0], *groups[2:]])) is not None


@pytest.mark.parametrize("typed", ["", "ABC", "IIII-OOOO-QQQQ-1111-2222-3333", "é" * 24])
def test_anything_else_typed_as_recovery_key_gets_a_sentence(made, typed):
    with pytest.raises(WrongPassphrase):
        made[0].unlock_by_recovery(typed)
    assert made[0].wait_seconds() == 0


def test_wrong_passphrases_wait_longer_each_time_across_restarts(made, clock):
    key_file, data_key, _ = made
    waits = []
    for _ in range(6):
        wrong(key_file)
        waits.append(Vault(key_file.path, clock).wait_seconds())
        with_wait = Vault(key_file.path, clock)
        if waits[-1]:
            with pytest.raises(TooManyTries) as early:
                with_wait.unlock(PASSPHRASE)
            assert early.value.seconds == waits[-1]
            assert str(waits[-1]) in early.value.words.id
        clock.forward(seconds=waits[-1])
    assert waits == [0, 0, 1, 2, 4, 8]
    assert key_file.unlock(PASSPHRASE) == data_key
    wrong(key_file)
    assert key_file.wait_seconds() == 0


def test_the_wait_has_an_end_and_a_clock_set_back_does_not_lengthen_it(made, clock):
    key_file, data_key, _ = made
    for _ in range(20):
        clock.forward(seconds=vault.LONGEST_WAIT)
        wrong(key_file)
    assert key_file.wait_seconds() == vault.LONGEST_WAIT
    clock.forward(days=-400)
    assert key_file.wait_seconds() == vault.LONGEST_WAIT
    clock.forward(seconds=vault.LONGEST_WAIT)
    assert key_file.unlock(PASSPHRASE) == data_key


def test_wrong_recovery_keys_wait_as_well(made, clock):
    key_file, _, recovery = made
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            key_file.unlock_by_recovery(vault.new_recovery_key())
    with pytest.raises(TooManyTries):
        key_file.unlock_by_recovery(recovery)


def test_a_full_disk_keeps_nobody_from_the_data(made, monkeypatch):
    def full(path, data) -> None:
        raise DiskFull

    monkeypatch.setattr(vault, "write_atomic", full)
    assert made[0].unlock(PASSPHRASE) == made[1]
    with pytest.raises(DiskFull):
        made[0].change(PASSPHRASE, OTHER)


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"passphrase": ', b"\xff\xfe", b'{"passphrase": 1}'])
def test_a_damaged_key_file_is_read_from_its_copy(made, content):
    key_file, data_key, _ = made
    key_file.path.write_bytes(content)
    assert key_file.unlock(PASSPHRASE) == data_key
    key_file.path.with_suffix(".copy").write_bytes(content)
    with pytest.raises(DamagedDatabase):
        key_file.unlock(PASSPHRASE)


def test_a_damaged_wrapping_is_no_wrong_passphrase(made):
    key_file, _, _ = made
    content = json.loads(key_file.path.read_text()) | {"passphrase": {"salt": "?", "box": 1}}
    key_file.path.write_text(json.dumps(content))
    with pytest.raises(DamagedDatabase):
        key_file.unlock(PASSPHRASE)


@pytest.mark.parametrize("tries", [b"", b"{}", b'{"tries": "x", "last": 3}'])
def test_a_damaged_count_of_tries_shuts_nobody_out(made, tries):
    key_file, data_key, _ = made
    key_file.path.with_name("tries.json").write_bytes(tries)
    assert key_file.unlock(PASSPHRASE) == data_key
