"""The decoder of XML signatures (XML-DSig with XAdES): bytes in, evidence out.

Rules, in the order in which they are applied; each has a reason code:

1. the file passes the hardened parser (``XML-*``), holds at most 64 signatures (``RES-COUNT``);
2. identifiers are unique over ``Id``, ``ID``, ``id`` and ``xml:id`` together (``XSW-DUP-ID``);
3. a signature has exactly the structure of XML-DSig §4 (``SIG-STRUCTURE``);
4. every transform of every reference is on the allow-list before the first one runs (``TR-*``);
5. references are dereferenced inside the file or among the files handed in, never elsewhere
   (``REF-*``, ``RES-*``), and digested (``REF-DIGEST``);
6. the referenced SignedProperties is the very node of this signature (``XSW-SIGNEDPROPS``), and is
   read from the bytes that were digested;
7. the certificate is the one that SignedProperties names (``CERT-REF``), its key fits the method
   (``ALG-*``) and verifies the value (``SIG-VALUE``);
8. what is covered is compared with the document (``XSW-SCOPE``, ``XSW-OBJECT``,
   ``XSW-NO-CONTENT``); the entries of signed manifests are followed too;
9. a counter-signature must sign the value of its parent (``XSW-OBJECT``) and is told with it;
10. the unsigned properties give certificates, revocation values and time-stamps, each time-stamp
    with what it stamps (``TST-*``); too much of them is refused (``RES-COUNT``, ``RES-C14N``).

Algorithms are reported by their names; whether they were strong enough then is for the checks.
"""
