"""Requests over HTTPS: webhooks, and mail by the APIs of providers.

Read in this order: `events` (how far an attempt can come), `verdict` (what each event means
there), `exchange` (the order of things), `connecting` and `guard` (to whom), `wire` and
`answer` (what is said and heard), `request` (which bytes leave), `repeating` (when they may
leave again).  `webhooks` is the channel of requests, by the `destinations` of a file;
`providers` is that of mail.
"""
