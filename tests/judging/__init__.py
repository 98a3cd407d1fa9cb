"""The scorers that are built in, beside the rules: tests/unit/test_rules.py."""
