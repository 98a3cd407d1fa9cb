"""How people sign in to the console, and stay so for a while.

    ways.py        the ways that are configured, and when they may not be offered
    page.py        the page, with a button for each way: password, link, proxy
    link.py        a link for somebody, from the command line
    oidc.py        leaving for the provider, and coming back
    provider.py    what an OpenID Connect provider says, and what of it is believed
    proxies.py     what a reverse proxy says, and whether it is one of ours
    passwords.py   argon2id, and the same answer for everybody
    opening.py     a new session, its cookie, and whose it is afterwards
    asking.py      who is not signed in is asked to
    claims.py      whose claims they are, and whether that person may come in
    own.py         one's own sessions: looked at, ended
    paths.py       where somebody may be sent afterwards: nowhere but here

A browser holds a random secret, the database its SHA-256.  Nothing is done by GET, but for
the way back from the provider, which is bound to the browser that left and works once.
"""
