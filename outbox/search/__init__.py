"""Find intents by what one line of words and filters asks for."""
