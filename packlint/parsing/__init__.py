"""Readers of YAML, Markdown, JSON, TOML and shell text that keep places."""
