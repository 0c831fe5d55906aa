"""Terms of deliveries that are to come: a calendar, and files for other programs."""
