from django.db import models


class Corpus(models.TextChoices):
    """What can be searched."""

    CARDS = "CARDS"
    ADDRESSEES = "ADDRESSEES"


class SearchWord(models.Model):
    """A form of a word that leads to an indexed term; both folded.

    `is_seen`: the form itself stands in an indexed text, or is the lemma of one that does; typing
    mistakes are corrected towards these.
    """

    corpus = models.CharField(max_length=10, choices=Corpus)
    form = models.CharField(max_length=80)
    term = models.CharField(max_length=80)
    is_seen = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["corpus", "form", "term"], name="search_word_once"),
        ]
        indexes = [
            models.Index(
                fields=["corpus", "form"],
                condition=models.Q(is_seen=True),
                name="search_word_seen",
            ),
        ]


class SearchState(models.Model):
    """The edition of an index: `words_id` changes whenever the index does.

    Who changes the index holds this row until the transaction ends: one at a time.
    """

    corpus = models.CharField(max_length=10, choices=Corpus, primary_key=True)
    words_id = models.CharField(max_length=32, default="", blank=True)
