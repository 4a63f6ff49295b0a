"""The health check, by its link: one section a screen, read back, signed, answered in friendly words."""
