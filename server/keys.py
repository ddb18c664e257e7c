"""The server's own keys: its TLS certificate, made at the first start, and the office's key pair.

Laptops pin the SHA-256 of the TLS public key, which survives a renewed certificate as long as the
key file stays. The office's X25519 key opens the accounts of people who lost both passphrase and
recovery key; its private half never leaves this folder.
"""

import base64
import hashlib
import ipaddress
import socket
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from nacl.public import PrivateKey
from nacl.signing import SigningKey

from server.database import read_secret, write_secret

YEARS = 10


@dataclass(frozen=True, slots=True)
class Certificate:
    """Where the certificate and its key lie, and the hash by which laptops know the server."""

    certificate: Path
    key: Path
    pin: str


def certificate(home: Path, host: str) -> Certificate:
    """The server's certificate, made when there is none."""
    paths = home / "tls.crt", home / "tls.key"
    if not paths[1].exists():
        _make(*paths, host)
    loaded = x509.load_pem_x509_certificate(paths[0].read_bytes())
    return Certificate(*paths, pin_of(loaded))


def pin_of(loaded: x509.Certificate) -> str:
    """SHA-256 of a certificate's public key (SubjectPublicKeyInfo), as hexadecimal digits."""
    info = loaded.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(info).hexdigest()


def _make(certificate_path: Path, key_path: Path, host: str) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Dampingi")])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(x509.SubjectAlternativeName(_names(host)), critical=False)
    )
    made = builder.sign(key, hashes.SHA256())
    certificate_path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    write_secret(
        key_path,
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
    )


def _names(host: str) -> list[x509.GeneralName]:
    names: list[x509.GeneralName] = [x509.DNSName("localhost"), x509.DNSName(socket.gethostname() or "dampingi")]
    with suppress(ValueError):
        names.append(x509.IPAddress(ipaddress.ip_address(host)))
    return names


def office_private(home: Path) -> bytes:
    """The office's private key, made when there is none; opens what laptops seal to it."""
    path = home / "office.key"
    with suppress(FileExistsError):
        write_secret(path, base64.b64encode(bytes(PrivateKey.generate())))
    return read_secret(path, base64.b64decode)


def office_key(home: Path) -> str:
    """The office's public key, base64."""
    return base64.b64encode(bytes(PrivateKey(office_private(home)).public_key)).decode()


def proof_key(home: Path) -> SigningKey:
    """With which answers are signed: it follows from the office's key, so there is one secret to keep."""
    return SigningKey(hashlib.blake2b(key=office_private(home), digest_size=32, person=b"usync/1 proof").digest())
