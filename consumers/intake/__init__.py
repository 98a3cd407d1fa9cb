"""Where agents propose over HTTP, by a token, and look after what they have proposed.

    app.py          the application
    gate.py         nobody gets in without an agent's token
    routes.py       what an agent may ask for
    shapes.py       what is said, in both directions
    waiting.py      until something has become of it
    connections.py  to the ledger

An agent can only propose: this process's login is an agent's, and can decide nothing.
"""
