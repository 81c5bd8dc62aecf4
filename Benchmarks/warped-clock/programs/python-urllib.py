"""Delivers one event with urllib and time.sleep: 30 s limit, retries after 5 and 10 minutes."""

import os
import time
import urllib.error
import urllib.request


def attempt(url):
    request = urllib.request.Request(
        url, data=b'{"id":"evt_1"}', headers={"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as refusal:
        return refusal.code
    except OSError as failure:
        return type(failure).__name__


def main():
    url = os.environ["HOOK_URL"]
    for pause in (300, 600, None):
        started = time.monotonic()
        outcome = attempt(url)
        print(f"{outcome} after {time.monotonic() - started:.3f} s", flush=True)
        if outcome == 200 or pause is None:
            break
        time.sleep(pause)


main()
