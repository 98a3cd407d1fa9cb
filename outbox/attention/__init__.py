"""Whether people look before they say yes: what keeps them awake, and what shows it.

    decoys.py    known-bad items among the others; approved, they still never leave
    looking.py   since when somebody has something open, as the server has served it
    reviewers.py how each person decides: how often yes, how fast, what they missed
    tables.py    the tables, as SQLAlchemy sees them

The rules are in the database, as what the policy in force says of `attention`.  Whoever says
nothing decides nothing, and nothing of it counts against them.
"""
