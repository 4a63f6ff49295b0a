"""The owner's pages, and the rule table that all staff may read."""
