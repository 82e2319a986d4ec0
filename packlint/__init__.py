"""packlint predicts what the Claude Code client will do with a pack of agents and commands."""

__version__ = "0.1.0"
