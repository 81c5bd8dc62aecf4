"""The dispatcher with one promise broken, to prove that the harness notices.

python3 mutants.py --list                         every mutant, a line each; see Mutant.line
python3 mutants.py --mutant NAME --provider …     runs one; the other options are those of dispatcher.py
python3 mutants.py --describe NAME                prints a dispatcher.yaml that runs it
"""

import argparse
import importlib
import sys

import changed
from broken import mutants

FAMILIES = [
    "transport", "bodies_and_headers", "signatures", "limits", "retries", "endpoints", "crashes", "load", "records"
]

for family in FAMILIES:
    importlib.import_module(f"broken.{family}")


def main():
    own = argparse.ArgumentParser(add_help=False)
    own.add_argument("--list", action="store_true")
    own.add_argument("--mutant", choices=mutants)
    own.add_argument("--describe", choices=mutants)
    known, rest = own.parse_known_args()
    if known.list:
        for mutant in mutants.values():
            print(mutant.line())
    elif known.describe:
        print(changed.description("mutants.py", "mutant", known.describe), end="")
    elif known.mutant:
        changed.run(mutants[known.mutant].decision, rest)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
