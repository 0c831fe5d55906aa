"""„Powiadom znajomego”: a link to the page of an institution, and nothing else, to one address."""
