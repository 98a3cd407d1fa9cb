"""Propose from within what agents are written in: thin, and each imports its framework alone.

    mcp.py            a server of the Model Context Protocol: `holdshort mcp`
    langchain.py      tools for LangChain
    langgraph.py      a node that waits for a person, and proposes once
    openai_agents.py  tools for the OpenAI Agents SDK
    pydantic_ai.py    a toolset for Pydantic AI
    django.py         an EMAIL_BACKEND, inside the caller's transaction
    tools.py          what all but Django offer: propose, get, list, edit, withdraw, wait
    asking.py         what a model says to them
    acting.py         what they do
    saying.py         what a model is told, in sentences
    ways.py           to Holdshort: by the database
    intake.py         to Holdshort: over HTTP

No tool approves, sends or resolves, and nothing here holds a credential of any channel.
"""
