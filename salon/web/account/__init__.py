"""Signing in and out, and choosing the salon to work in."""
