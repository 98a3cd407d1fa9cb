"""How each contestant is used, as its own documentation shows: one small module each.

    python -m tests.peers.adapters.NAME hand-in | work | books

They run in the environment of their contestant, which has nothing of ours but these files.
"""
