"""How calculations share the processor's cores."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from threadpoolctl import ThreadpoolController

CORES = 2  # what an ordinary PC has at least; more would cost memory

Item = TypeVar("Item")
Answer = TypeVar("Answer")


def in_turn_or_together(work: Callable[[Item], Answer], items: Iterable[Item], *, together: bool) -> list[Answer]:
    """Do the same work for every item, in turn or on two cores, and return the answers in the items' order.

    Meanwhile a product of matrices keeps to one core: ours are so narrow that threads of the linear algebra
    library wait for each other longer than they calculate (measured on two cores with one million events: twice
    the processor time, a quarter more time on the clock), and sums do not depend on the number of cores.

    Parameters
    ----------
    together
        Worth it where the work is long and in numpy, which lets go of the interpreter's lock.
    """
    with _libraries().limit(limits=1, user_api="blas"):
        if not together:
            return [work(item) for item in items]
        with ThreadPoolExecutor(CORES) as threads:
            return list(threads.map(work, items))


@cache
def _libraries() -> ThreadpoolController:
    from threadpoolctl import ThreadpoolController  # noqa: PLC0415 - a start that forecasts nothing needs none of it

    return ThreadpoolController()
