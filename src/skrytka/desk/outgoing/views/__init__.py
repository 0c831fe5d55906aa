"""The pages of a letter that goes out, step by step."""
