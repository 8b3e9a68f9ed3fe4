"""`python -m polyport_codegen`, the same as the command `polyport`."""

import sys

from .cli import main

sys.exit(main())
