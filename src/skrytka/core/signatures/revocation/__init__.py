"""CRLs and OCSP responses: read, matched with a certificate and verified. Nothing is fetched."""
