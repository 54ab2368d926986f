"""`python -m photoclust` is the same as `photoclust`."""

import sys

from photoclust.cli import main

if __name__ == "__main__":
    sys.exit(main())
