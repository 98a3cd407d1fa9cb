"""What must not grow: with very many finished intents, or while a transaction idles."""
