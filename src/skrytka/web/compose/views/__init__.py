"""The pages of the journey, by step."""
