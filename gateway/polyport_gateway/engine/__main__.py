"""`python -m polyport_gateway.engine`."""

import sys

from .process import main

sys.exit(main())
