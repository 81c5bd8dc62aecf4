"""A webhook dispatcher that keeps what one of five providers promises; nothing but Python's standard library.

python3 dispatcher.py --provider jobber --store FILE [--variant era-b] [--port N] [--trust-store PEM] [--allow-loopback]
"""

import argparse
import importlib
import os
import signal
import threading

from api import API, server
from schedule import Schedule
from store import Store

PROVIDERS = ["claimable", "contentspal", "jobber", "oneclickcontractor", "siteservicesnow"]


def arguments():
    parser = argparse.ArgumentParser(description="Keeps what a provider promises about its webhooks.")
    parser.add_argument("--provider", choices=PROVIDERS, required=True)
    parser.add_argument("--variant", action="append", default=[], help="an edition or reading; may be repeated")
    parser.add_argument("--store", required=True, help="the file that events and deliveries are kept in")
    parser.add_argument("--port", type=int, default=0, help="of the interface at 127.0.0.1; 0 takes any")
    parser.add_argument("--trust-store", help="a PEM file with the authorities to trust in place of the system's")
    parser.add_argument("--allow-loopback", action="store_true", help="deliver to this machine too")
    return parser


def promises(provider):
    """The class that states what a provider promises."""
    return importlib.import_module(f"providers.{provider}").Provider


def run(options, promises, scheduling=Schedule):
    """Runs until SIGTERM or SIGINT."""
    # Only the wait at the end takes them; every thread that is started from here on has them blocked.
    signals = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    store = Store(options.store)
    schedule = scheduling(store, promises, options.trust_store, options.allow_loopback)
    interface = server(API(schedule), options.port)
    threading.Thread(target=schedule.run, daemon=True).start()
    threading.Thread(target=interface.serve_forever, args=[None], daemon=True).start()
    print("listening on http://127.0.0.1:%d" % interface.server_port, flush=True)
    signal.sigwait(signals)
    interface.socket.close()
    schedule.stop()
    store.close()
    # Attempts that are still under way are dealt with at the next start.
    os._exit(0)


if __name__ == "__main__":
    options = arguments().parse_args()
    run(options, promises(options.provider)(options.variant))
