"""Makes attempts when they are due. One thread sleeps until the next is; each attempt has a thread of its own."""

import collections
import secrets
import threading
import time

from promises import Event
from sending import Order

SECONDS_TO_FINISH = 5


class Schedule:
    """The deliveries of a store, made as a provider promises."""

    def __init__(self, store, promises, trust_store=None, allow_loopback=False):
        self.store = store
        self.promises = promises
        self.tls = promises.tls(trust_store)
        self.allow_loopback = allow_loopback
        self.changed = threading.Condition()
        self.under_way = collections.Counter()
        self.stopping = False
        self._take_back()

    def _take_back(self):
        """Decides about what the process before this one was doing when it ended."""
        with self.store.transaction():
            for delivery, number in self.store.run("select id, attempts from delivery where state = 'sending'"):
                again = self.promises.is_repeated(number)
                self.store.run(
                    "update attempt set outcome = 'interrupted', error = 'the dispatcher ended meanwhile' "
                    "where delivery = ? and number = ?", delivery, number,
                )
                self.store.run(
                    "update delivery set state = ?, due = ? where id = ?",
                    "pending" if again else "failed", time.time() if again else None, delivery,
                )
            for delivery, due in self.store.run("select id, due from delivery where state = 'pending'"):
                due = self.promises.due_after_crash(due)
                self.store.run("update delivery set due = ? where id = ?", due, delivery)

    def publish(self, type, payload, source=None, closed_gates=()):
        """Accepts an event and returns its id. When this returns, the event is on the disk with its deliveries."""
        now = time.time()
        with self.store.transaction():
            occurrence = self.promises.occurrence(type, payload)
            known = occurrence and self.store.find_event(occurrence)
            if known:
                return known
            identifier = self.promises.event_id()
            held_back = self.promises.is_held_back(type, payload, closed_gates)
            envelope = self.promises.envelope(type, payload, source, identifier, now)
            event = Event(identifier, type, self.promises.body(envelope), now)
            self.store.put_event(event, None if held_back else occurrence)
            for endpoint in [] if held_back else self.store.endpoints():
                if self.promises.is_wanted(endpoint, type, source):
                    self.store.put_delivery("dlv_" + secrets.token_hex(12), event, endpoint, now)
        self.wake()
        return identifier

    def switch_on(self, identifier):
        """Switches an endpoint on, and tells it so where that is promised."""
        with self.store.transaction():
            for endpoint in self.store.endpoints(identifier):
                self.store.run("update endpoint set active = 1 where id = ?", identifier)
                greeting = None if endpoint.active else self.promises.when_switched_on(endpoint)
                if greeting:
                    self._greet(endpoint, *greeting)
        self.wake()

    def _greet(self, endpoint, type, payload):
        now = time.time()
        event = Event(self.promises.event_id(), type, self.promises.body(payload), now)
        self.store.put_event(event, None)
        self.store.put_delivery("dlv_" + secrets.token_hex(12), event, endpoint, now)

    def wake(self):
        """Lets the schedule look again."""
        with self.changed:
            self.changed.notify_all()

    def run(self):
        """Begins what is due, and sleeps until something will be or until something changes."""
        with self.changed:
            while not self.stopping:
                now = time.time()
                for attempt in self._claim(now):
                    threading.Thread(target=self._make, args=[attempt], daemon=True).start()
                # What was due at that moment waits for an attempt to end, and not for a time.
                (due,), = self.store.run("select min(due) from delivery where state = 'pending' and due > ?", now)
                self.changed.wait(None if due is None else max(0, due - time.time()))

    def _claim(self, now):
        """Takes what is due, as much of each endpoint's as it has places free, so that none holds up another."""
        claimed = []
        with self.store.transaction():
            for (endpoint,) in self.store.run(
                "select distinct endpoint from delivery where state = 'pending' and due <= ?", now
            ):
                free = self.promises.at_one_endpoint - self.under_way[endpoint]
                rows = self.store.run(
                    "select id from delivery where state = 'pending' and endpoint = ? and due <= ? "
                    "order by due, rowid limit ?", endpoint, now, free,
                )
                claimed += [self.store.begin(delivery, now) for (delivery,) in rows]
                self.under_way[endpoint] += len(rows)
        return claimed

    def _make(self, attempt):
        promises = self.promises
        order = Order(
            attempt.endpoint.url, promises.headers(attempt), attempt.event.body, promises.deadline(), self.tls,
            allow_loopback=self.allow_loopback,
        )
        outcome = promises.exchange(order, attempt)
        succeeded = promises.succeeded(outcome)
        ended_at = time.time()
        with self.store.transaction():
            due = None if succeeded else promises.next_attempt(attempt, outcome, ended_at)
            state = "delivered" if succeeded else "failed" if due is None else "pending"
            is_off = not any(known.active for known in self.store.endpoints(attempt.endpoint.id))
            if state == "pending" and is_off and promises.drops_waiting:
                state, due = "cancelled", None
            named = "succeeded" if succeeded else outcome.failure or "failed"
            self.store.end(attempt, outcome, named, state, due)
        print(promises.said(attempt, outcome), flush=True)
        with self.changed:
            self.under_way[attempt.endpoint.id] -= 1
            self.changed.notify_all()

    def stop(self):
        """Begins nothing more, and gives what is under way some time to end."""
        with self.changed:
            self.stopping = True
            self.changed.notify_all()
            self.changed.wait_for(lambda: not any(self.under_way.values()), SECONDS_TO_FINISH)
