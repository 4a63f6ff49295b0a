"""The client's own visit, by her link."""
