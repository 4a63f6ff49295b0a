"""The product's heart: plain functions and frozen values, no Flask, no SQL, no clock."""
