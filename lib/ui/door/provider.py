"""The login provider of an office: OpenID Connect through Authlib, authorization code with PKCE."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, cast

from authlib.deprecate import AuthlibDeprecationWarning
from httpx import HTTPError
from joserfc.errors import JoseError

from lib.people.errors import NoRoleError, ProviderError
from lib.people.provider import identity

with warnings.catch_warnings():
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)  # it would rather have a successor of httpx
    from authlib.integrations.starlette_client import OAuth, OAuthError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from lib.people.accounts import Identity
    from lib.settings import ProviderSettings


class Provider:
    """Ask a provider who somebody is."""

    def __init__(self, chosen: ProviderSettings) -> None:
        self._groups_at = chosen.groups_at
        self._client: Any = OAuth().register(
            "dinas",
            server_metadata_url=chosen.metadata,
            client_id=chosen.client,
            client_secret=chosen.secret or None,
            client_kwargs={"scope": chosen.scope, "code_challenge_method": "S256"},
        )

    async def send(self, request: Request, back: str) -> Response:
        """Send a browser to the provider, which sends it back with a code.

        Raises
        ------
        ProviderError
            If it does not answer.
        """
        try:
            return cast("Response", await self._client.authorize_redirect(request, back))
        except (OAuthError, HTTPError, ValueError, RuntimeError) as error:
            raise ProviderError(cause=type(error).__name__) from error

    async def receive(self, request: Request) -> Identity:
        """Redeem the code that a browser came back with, and ask who it is.

        The groups are taken from the ID token and from userinfo, for many providers tell them there alone.

        Raises
        ------
        ProviderError
            If the provider refuses, does not answer, or contradicts itself.
        NoRoleError
            If no group of ours is among the groups.
        """
        try:
            token = await self._client.authorize_access_token(request)
            claims = dict(token.get("userinfo") or {})
            more = dict(await self._client.userinfo(token=token))
        except (OAuthError, HTTPError, JoseError, ValueError, KeyError, RuntimeError) as error:
            raise ProviderError(cause=type(error).__name__) from error
        if not claims.get("sub") or more.get("sub") != claims["sub"]:
            raise ProviderError(cause="sub")
        issuer, subject = str(claims.get("iss")), str(claims["sub"])
        found = identity(more | claims | _groups(claims, more, self._groups_at), groups_at=self._groups_at)
        if found is None:
            raise NoRoleError(issuer=issuer, subject=subject)
        return found


def _groups(claims: dict[str, Any], more: dict[str, Any], groups_at: str) -> dict[str, Any]:
    """Take the branch in which the groups stand from userinfo where it has one."""
    branch = groups_at.partition(".")[0]
    return {branch: more[branch]} if branch in more else {branch: claims.get(branch)}
