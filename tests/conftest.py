"""No test needs a display. Small tensors are quicker on one thread, and one thread never waits for what else the machine does."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_NUM_THREADS", "1")  # read when torch is loaded, which no plugin does
