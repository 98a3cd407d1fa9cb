"""A soak under random faults, and a checker that believes the mail server alone.

    python -m tests.chaos --seconds 180 --seed 7

Real processes, an own PostgreSQL with fsync, an own broker.  What is killed, paused and
restarted, and when, is drawn from the seed before the first process starts.
"""
