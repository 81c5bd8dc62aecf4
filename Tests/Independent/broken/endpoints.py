"""Who gets what."""

from dataclasses import replace

import promises
from broken import mutant


@mutant("endpoint.starts-deactivated", "oneclickcontractor/held-back")
class StartsActive:
    """A new endpoint is off until it is switched on."""

    starts_active = True


@mutant("endpoint.activation-delivery", "oneclickcontractor/activation")
class SwitchesOnSilently:
    """Switching an endpoint on brings a delivery to it."""

    def when_switched_on(self, endpoint):
        return None


@mutant("endpoint.disabled-gets-nothing", "contentspal/toggle")
class IgnoresTheToggle:
    """An endpoint that is off gets nothing."""

    def is_wanted(self, endpoint, type, source):
        return super().is_wanted(replace(endpoint, active=True), type, source)


@mutant("retry.stops-when-disabled", "oneclickcontractor/disabled-while-waiting", reported="svix/svix-webhooks#1511")
class FinishesWhatItBegan:
    """What waits for an endpoint that is switched off is given up."""

    drops_waiting = False


@mutant("endpoint.subscription", "claimable/subscription jobber/chosen-topics")
class IgnoresSubscriptions:
    """An endpoint gets the events it chose, and no others."""

    def is_wanted(self, endpoint, type, source):
        return super().is_wanted(replace(endpoint, events=None), type, source)


@mutant("endpoint.subscription", "claimable/subscription")
class SubscribesToKinds:
    """An endpoint that chose an event did not choose its relatives."""

    def is_wanted(self, endpoint, type, source):
        kinds = {chosen.split(".")[0] for chosen in endpoint.events or []}
        events = [name for name in self.events if name.split(".")[0] in kinds]
        return super().is_wanted(replace(endpoint, events=events), type, source)


@mutant("endpoint.gates", "contentspal/other-organization jobber/read-scope siteservicesnow/not-the-moment")
class OpensGates:
    """What is not to be published is held back."""

    def is_held_back(self, type, payload, closed_gates):
        return super().is_held_back(type, payload, ())


@mutant("endpoint.gates", "claimable/source-filter")
class IgnoresSources:
    """An endpoint that takes events of the user interface only gets none of the API's."""

    def is_wanted(self, endpoint, type, source):
        return super().is_wanted(replace(endpoint, source=None), type, source)


@mutant("body.conditional-fields", "contentspal/unwatched-change")
class TellsOfEveryChange:
    """A change to what is not watched is no event."""

    def is_held_back(self, type, payload, closed_gates):
        return promises.Promises.is_held_back(self, type, payload, closed_gates)
