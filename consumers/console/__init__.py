"""The console: where people look at what agents propose, decide, and resolve what stranded.

    parts.py      what a console works with: reads, decisions, who is signed in
    guards.py     what every answer carries and every request must meet
    app.py        the application: its pages, and errors as pages
    page.py       how a page is drawn
    untrusted.py  agent-written HTML and files, for a browser that must not believe them
    live.py       signals to open pages that something has changed
    pages/        one file a screen: what it shows, and what may be done there
    templates/    how that looks; every action is a plain form, and nothing is done by GET
    static/       its style, its keys, and what it loads at build time

State lives in the database.  A console keeps nothing: several may run, and each may die.
"""
