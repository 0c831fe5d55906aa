"""The embedded database: Django's SQLite, with the writers of this process standing in line."""
