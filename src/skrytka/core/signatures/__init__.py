"""Electronic signatures: evidence first, verdict after it, words last.

Layers, each in its own rooms, and imports go down only:

* reports   ``report`` (machine JSON), the Polish sentences of ``reasons``
* verdict   ``verdict`` (what may be said), ``checks`` (evidence, trust, time -> verdict)
* trust     ``trust`` (what the operator configured), ``paths`` (certificate paths at a given time)
* evidence  ``evidence`` (facts without a verdict), ``xmldsig`` (the decoder of XML signatures)
* sealing   ``signing`` (the key), ``sealing`` and ``seal_text`` (the pre-canonicalised template)

The decoder never decides; the checks never parse. Clock and trust are always arguments.
"""
