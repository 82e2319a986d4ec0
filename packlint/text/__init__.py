"""Characters, secrets and misspellings."""
