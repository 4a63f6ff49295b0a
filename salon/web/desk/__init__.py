"""The reception desk: the day's list, one visit, a new visit."""
