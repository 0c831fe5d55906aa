"""What `skrytka bench` measures: one module a bench, and what several of them need."""
