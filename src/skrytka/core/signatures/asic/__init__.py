"""The decoder of ASiC containers (ETSI EN 319 162-1, TS 102 918) and signed OpenDocument packages.

Rules, in the order in which they are applied; each has a reason code:

1. the ZIP structure is read by us, from both of its sides, and has one reading only (``ZIP-*``);
2. the kind is told by ``mimetype``; where it is missing or misplaced the container is readable and
   says so (``ASIC-MIMETYPE``); packages of other kinds are refused by name (``NOT-ASIC``);
3. a signature in XML is bound to the entries that its references name, a signature in CMS to its
   manifest and the entries that the manifest names, or to the one payload of an ASiC-S container;
   every digest is compared (``ASIC-MANIFEST``, ``REF-NOT-FOUND``, ``REF-DIGEST``);
4. an ASiC-S container has one payload, at its root (``ASIC-STRUCTURE``);
5. every payload that a signature leaves out is told (``ASIC-UNCOVERED``).
"""
