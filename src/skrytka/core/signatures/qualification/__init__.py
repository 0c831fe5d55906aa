"""What a certificate and a signature are worth by eIDAS (ETSI TS 119 615 clauses 4.4 to 4.6).

``facts`` are plain values; ``certificates`` judges a certificate over them at a time;
``signatures`` judges a signature; ``assess`` gathers the facts from certificates and a snapshot.
"""
