"""Fixes: what each file shall be, and whether a fix takes something away."""
