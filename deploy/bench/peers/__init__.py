"""How each peer is used, at its fastest by its own documentation: one small file each.

They run in the environment of their peer, which has nothing of ours but these files, as
`fill N` to put N no-ops into its queue, and as `work` to be one of its workers: see
`deploy.bench.team` for what those say.
"""
