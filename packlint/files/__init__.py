"""Looks at the disk, each made once, and files put in place in one step."""
