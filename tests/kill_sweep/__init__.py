"""A sender killed at one system call after another, from its claim to its receipt.

    python -m tests.kill_sweep

Linux and strace are needed: strace delivers SIGKILL at the entry of the N-th system call.
The mail sink is one oracle; where Debian's Postfix is installed, its log is another.
"""
