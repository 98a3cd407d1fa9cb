"""What a mail hides is found; a clean mail is left in peace."""
