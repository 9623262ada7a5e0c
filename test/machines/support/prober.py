"""Asks a URL without pause until a file appears; prints how many requests it made and how many failed, then the failures."""

from __future__ import annotations

import os
import sys
import time
import urllib.request

url, until = sys.argv[1:3]
made, failures = 0, []
# No proxy between this machine and itself.
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

while not os.path.exists(until):
    made += 1
    try:
        opener.open(url, timeout=10).read()
    except OSError as problem:
        failures.append(f"{time.strftime('%X')} {problem}")
    time.sleep(0.02)

print(made, len(failures))
print("\n".join(failures[:20]))
