"""Electronic signatures: evidence first, verdict after it, words last.

Layers, each in its own rooms, and imports go down only:

* reports   ``report`` (machine JSON), ``etsi_report`` (TS 119 102-2)
* verdict   ``verdict`` (what is said), ``checks`` (evidence, trust, time -> verdict)
* trust     ``trust`` (what the operator configured), ``paths`` (certificate paths at a given time)
* evidence  ``evidence`` (facts without a verdict), read by ``xmldsig``, ``cms``, ``asic``, ``pdf``
* sealing   ``signing`` (the key), ``sealing`` and ``seal_text`` (the pre-canonicalised template)
* words     ``words`` and ``reasons``, which every layer speaks

The decoder never decides; the checks never parse. Clock and trust are always arguments.
"""
