"""A process beside the web."""

import time

print("the worker works", flush=True)
while True:
    time.sleep(1)
