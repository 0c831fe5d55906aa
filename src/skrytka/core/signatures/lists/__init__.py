"""Trusted lists of ETSI TS 119 612: bytes in, a snapshot of trust services out.

Nothing here fetches, stores or reads a clock. A list is read from its verified payload only; what
is wrong with it is an enumerated `ListFault` with a Polish sentence. ``taking`` accepts one list,
``pivots`` follows the announcements of new signers of the list of lists, ``snapshot`` puts lists
together, ``query`` answers who vouched for a certificate at a time.
"""
