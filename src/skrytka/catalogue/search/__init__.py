"""Search that survives inflection, missing diacritics and typing mistakes, alike on both engines.

Polish grammar is settled when a text is indexed: its words are stored without diacritics together
with their lemmas, and every inflected form of those lemmas is kept in a table of words. A question
therefore needs no dictionary, only that table, and a web process never loads one.
"""
