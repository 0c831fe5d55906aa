"""A passkey in software: makes and signs what a browser would send (WebAuthn level 2)."""

import hashlib
import json
import os
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

FLAGS = AuthenticatorData.FLAG
Options = dict[str, dict[str, object]]


@dataclass
class SoftPasskey:
    """One key of one person, bound to one site."""

    site: str
    origin: str
    credential_id: bytes = field(default_factory=lambda: os.urandom(16))
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    uses: int = 0

    def register(self, options: Options) -> str:
        """This will answer creation options as navigator.credentials.create() does."""
        client = self._client_data("webauthn.create", options)
        numbers = self.key.public_key().public_numbers()
        x, y = numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
        public = ES256({1: 2, 3: -7, -1: 1, -2: x, -3: y})  # RFC 9053 section 7.1.1
        data = AttestedCredentialData.create(b"\0" * 16, self.credential_id, public)
        flags = FLAGS.UP | FLAGS.UV | FLAGS.AT
        authenticator = AuthenticatorData.create(self._site_hash(), flags, 0, data)
        attestation = AttestationObject.create("none", authenticator, {})
        return self._answer(client, {"attestationObject": websafe_encode(bytes(attestation))})

    def sign(self, options: Options) -> str:
        """This will answer request options as navigator.credentials.get() does."""
        self.uses += 1
        client = self._client_data("webauthn.get", options)
        flags = FLAGS.UP | FLAGS.UV
        data = bytes(AuthenticatorData.create(self._site_hash(), flags, self.uses))
        signed = data + hashlib.sha256(bytes(client)).digest()
        signature = self.key.sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._answer(
            client,
            {
                "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signature),
            },
        )

    def _client_data(self, kind: str, options: Options) -> CollectedClientData:
        challenge = str(options["publicKey"]["challenge"])
        return CollectedClientData.create(kind, challenge, self.origin)

    def _site_hash(self) -> bytes:
        return hashlib.sha256(self.site.encode()).digest()

    def _answer(self, client: CollectedClientData, response: dict[str, str]) -> str:
        name = websafe_encode(self.credential_id)
        response["clientDataJSON"] = websafe_encode(bytes(client))
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "response": response,
                "clientExtensionResults": {},
            }
        )
