"""What agents are written in, each by its real package: told "held, not sent"."""
