"""People, organisations, institutions, boxes, mandates and roles."""
