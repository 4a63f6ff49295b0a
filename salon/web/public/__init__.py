"""Pages for anybody: the salons, a menu, booking."""
