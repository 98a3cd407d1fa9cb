"""The embedded stack: a database, a broker and a mail server for one machine.

Everything listens on the loopback or on a Unix socket, needs no root, and ends with
the process that started it, whatever ends that process.
"""
