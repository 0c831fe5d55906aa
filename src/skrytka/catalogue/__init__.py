"""Service cards, their forms, and the search that finds them and the addressees."""
