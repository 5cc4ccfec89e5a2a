"""Carry out one command: `python -m lib.commands`, where nothing was put on the path."""

import sys

from lib.commands.parser import main

sys.exit(main())
