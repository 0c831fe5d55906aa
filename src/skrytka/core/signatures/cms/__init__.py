"""CMS signatures (RFC 5652) and their profiles: CAdES (ETSI EN 319 122), PKCS#7, RFC 3161 tokens.

``ber`` reads and re-encodes values, ``structure`` names them, ``digests``, ``methods`` and
``certificates`` choose algorithm and key, ``verification`` checks one signer, ``contents`` finds
what it signed, ``stamps`` and ``archive`` its time-stamps, and ``examine`` makes evidence of a
whole file. Nothing here decides what a signature is worth.
"""
