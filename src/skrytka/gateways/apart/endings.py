"""How a process of that kind says why it ended: its status is all it says then."""

import signal

RETIRED = 0
OUT_OF_MEMORY = 97
FAULT = 98
OUT_OF_TIME = -signal.SIGPROF
