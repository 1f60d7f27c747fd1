"""Certificates of every kind, made anew for each run."""

from __future__ import annotations

import ssl
import warnings
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

KINDS = ("good", "expired", "wrong-name", "self-signed", "no-intermediate", "old", "client-certificate")


class Authority:
    """The run's own certificate authority, and one server context per kind of certificate."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._authority = trustme.CA(organization_name="Simulated Web Authority")
        self.pem = self._authority.cert_pem.bytes().decode()
        self.path = folder / "authority.pem"
        self.path.write_text(self.pem)

    def good(self, names: Iterable[str]) -> ssl.SSLContext:
        """One certificate for all these names."""
        return self._context(self._authority.issue_cert(*names))

    def bad(self, kind: str, name: str) -> ssl.SSLContext:
        """A context for `name` with the fault that `kind` says."""
        now = datetime.now(UTC)  # certificates are verified against the machine's clock, so theirs must be it too
        if kind == "expired":
            early = now - timedelta(days=91)
            return self._context(self._authority.issue_cert(name, not_before=early, not_after=now - timedelta(days=1)))
        if kind == "wrong-name":
            return self._context(self._authority.issue_cert("shared-hosting-node7.net"))
        if kind == "no-intermediate":
            return self._context(self._authority.create_child_ca().issue_cert(name), chain=False)
        if kind == "self-signed":
            return self._self_signed(name, now)
        if kind == "old":
            context = self._context(self._authority.issue_cert(name))
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                context.minimum_version = ssl.TLSVersion.TLSv1
                context.maximum_version = ssl.TLSVersion.TLSv1
            context.set_ciphers("ALL:@SECLEVEL=0")
            return context
        if kind == "client-certificate":
            context = self._context(self._authority.issue_cert(name))
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(cadata=self.pem)
            return context
        raise ValueError(kind)

    def _context(self, leaf: trustme.LeafCert, *, chain: bool = True) -> ssl.SSLContext:
        pems = leaf.cert_chain_pems if chain else leaf.cert_chain_pems[:1]
        return self._load(leaf.private_key_pem.bytes(), b"".join(pem.bytes() for pem in pems))

    def _load(self, key: bytes, certificates: bytes) -> ssl.SSLContext:
        path = self._folder / "leaf.pem"
        path.write_bytes(key + certificates)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        path.unlink()
        return context

    def _self_signed(self, name: str, now: datetime) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        certificate = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=30))
            .not_valid_after(now + timedelta(days=3650))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
            .sign(key, hashes.SHA256())
        )
        encoding = serialization.Encoding.PEM
        private = key.private_bytes(encoding, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption())
        return self._load(private, certificate.public_bytes(encoding))
