"""Requests that arrive while others are in flight are done together in the next transaction.

A lone request goes at once and alone. While it is worked on, those that come wait; the first of them then
leads: its thread does the work of all that wait, and hands the lead on. See docs/adr/0009-joined-claims.md.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

_Asked = TypeVar("_Asked")
_Answered = TypeVar("_Answered")
# What is given the requests and, to be called when only waiting is left, how to let the next ones begin.
Work = Callable[[Sequence[_Asked], Callable[[], None]], Sequence[_Answered | None]]


class _Waiter(Generic[_Asked, _Answered]):
    """One request: woken when it is done, or when its turn to lead has come."""

    __slots__ = ("answer", "asked", "is_done", "woken")

    def __init__(self, asked: _Asked) -> None:
        self.asked = asked
        self.answer: _Answered | None = None
        self.is_done = False
        self.woken = threading.Semaphore(0)


class Joiner(Generic[_Asked, _Answered]):
    """Joins the requests of one process's threads; `lanes` groups are worked on at a time, each of `most`."""

    def __init__(self, *, most: int, lanes: int = 1) -> None:
        """Begin with nobody waiting."""
        self._most = most
        self._free_lanes = lanes
        self._waiting: deque[_Waiter[_Asked, _Answered]] = deque()
        self._lock = threading.Lock()

    def do(self, asked: _Asked, work: Work[_Asked, _Answered]) -> _Answered | None:
        """Return what `work` answers to this request, alone or among others.

        `work` returns an answer to each request it gets, None for one that has to be asked again alone.
        What it raises reaches the request that led; to the others the answer is None.
        """
        waiter = _Waiter[_Asked, _Answered](asked)
        with self._lock:
            is_leader = self._free_lanes > 0
            if is_leader:
                self._free_lanes -= 1
            else:
                self._waiting.append(waiter)
        if not is_leader:
            waiter.woken.acquire()
            if waiter.is_done:
                return waiter.answer
        return self._lead(waiter, work)

    def _lead(self, leader: _Waiter[_Asked, _Answered], work: Work[_Asked, _Answered]) -> _Answered | None:
        """Work for the leader and who waits, and hand the lane on."""
        with self._lock:
            others = min(len(self._waiting), self._most - 1)
            joined = [leader, *(self._waiting.popleft() for _ in range(others))]
        is_lane_held = True

        def hand_on() -> None:
            nonlocal is_lane_held
            if is_lane_held:
                is_lane_held = False
                self._hand_on()

        try:
            answers = work([waiter.asked for waiter in joined], hand_on)
            for waiter, answer in zip(joined, answers, strict=True):
                waiter.answer = answer
        finally:
            hand_on()
            for waiter in joined[1:]:
                waiter.is_done = True
                waiter.woken.release()
        return leader.answer

    def _hand_on(self) -> None:
        """Wake the next leader, or leave the lane free."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().woken.release()
            else:
                self._free_lanes += 1
