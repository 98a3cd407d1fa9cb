"""What so many intents a month take: planned and simulated from what was measured."""
