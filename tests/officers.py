"""People of an office, as tests need them."""

from lib.people.actor import Actor, Grant, Role, Scope

EVERYWHERE = Scope()


def officer(name: str = "penguji", role: Role = Role.ANALYST, scope: Scope = EVERYWHERE) -> Actor:
    """Give someone by the name that journals know; by default an analyst of every region."""
    return Actor(name, name.capitalize(), (Grant(role, scope),))
