"""Products under the same kill: who sends a mail twice, who loses one, who asks a person.

    python -m tests.peers

Every contestant is installed from the package index into an environment of its own, below
`.peers/`.  It is not part of `make test`: it needs that index and half an hour.
"""
