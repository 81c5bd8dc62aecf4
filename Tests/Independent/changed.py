"""Runs the dispatcher with one decision changed: a class is put before the promises of a provider."""

import pathlib

import dispatcher
from schedule import Schedule

FOLDER = pathlib.Path(__file__).resolve().parent


def description(program, option, name):
    """The text of a dispatcher.yaml for a changed dispatcher, which can stand anywhere."""
    text = (FOLDER / "dispatcher.yaml").read_text()
    text = text.replace('dispatcher.py"\n', f'{program}"\n    - --{option}={name}\n')
    text = text.replace("dispatcher: Independent dispatcher", f"dispatcher: Independent dispatcher, {name}")
    return text.replace("{folder}", str(FOLDER))


def provider(decision, correct):
    """The class of a provider with a decision before its own."""
    return type(correct.__name__, (decision, correct), {})


def run(decision, arguments):
    """Runs a changed dispatcher. A decision may also change the schedule, by a method that is given the class of it."""
    options = dispatcher.arguments().parse_args(arguments)
    promises = provider(decision, dispatcher.promises(options.provider))(options.variant)
    scheduling = promises.scheduling(Schedule) if hasattr(promises, "scheduling") else Schedule
    dispatcher.run(options, promises, scheduling)
