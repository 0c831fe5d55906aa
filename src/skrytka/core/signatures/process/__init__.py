"""The processes of ETSI EN 319 102-1 over plain facts: no cryptography, no parsing, no clock."""
