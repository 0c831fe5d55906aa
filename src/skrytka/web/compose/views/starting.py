"""„Załatw sprawę”: a new draft for the acting party, with its addressee where it is known."""
