"""How long each screen takes to read, with very many intents stored."""
