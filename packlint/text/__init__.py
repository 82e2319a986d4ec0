"""What holds for any text: characters, wildcards, secrets and misspellings."""
