"""Refuse a Python that is too old, in words any Python can run."""

import sys

if sys.version_info < (3, 11):
    sys.stderr.write(
        "holdshort: Python 3.11 or newer is needed, this is %d.%d.\n"
        "  next: make PYTHON=/path/to/python3.11 %s\n"
        % (sys.version_info[0], sys.version_info[1], "install")
    )
    sys.exit(7)
