"""Logging in at the site of a source, by the site's own form: once, with what the reader types or a command prints."""

from dataclasses import field
from urllib.parse import urlsplit

from newsreader.cookies import Cookie, SiteSession, same_site
from newsreader.errors import NewsreaderError
from newsreader.i18n import N_
from newsreader.login_form import LoginForm
from newsreader.sandbox import Sandbox
from newsreader.service.network import Network
from newsreader.service.site_passwords import SitePasswords, goes_safely
from newsreader.service.site_sessions import SiteSessions
from newsreader.service.trust_policy import TrustPolicy
from newsreader.source_values import Source
from newsreader.text import line
from newsreader.urls import normalise_url, shown, split_credentials
from newsreader.values import dataclass


class NoLoginFormError(NewsreaderError):
    """A page has no log-in form that can be filled."""

    message = N_("{address} shows no log-in form.")
    hint = N_("Name the page that has it, or log in with the browser and take its cookies.")
    kind = "no-log-in-form"
    exit_status = 4


class UnsafeLoginFormError(NewsreaderError):
    """A form would send the password to another host, or unencrypted."""

    message = N_("The log-in form of {host} sends what is typed to {target}, so it is not filled.")
    hint = N_("Passwords only go to the site itself, over https. Log in with the browser and take its cookies.")
    kind = "unsafe-log-in-form"
    exit_status = 4


class LoginRefusedError(NewsreaderError):
    """The site shows its form again."""

    message = N_("{host} did not accept the name or the password.")
    hint = N_("Try again; if it asks for more than these, log in with the browser and take its cookies.")
    kind = "log-in-refused"
    exit_status = 4


@dataclass(frozen=True, slots=True)
class LoginPage:
    """A log-in form as it came, with the cookies that its site has set."""

    url: str
    host: str
    form: LoginForm = field(repr=False)
    cookies: tuple[Cookie, ...] = field(repr=False)


class SiteLogin:
    """Fills log-in forms. Name and password are sent to the source's own host alone, and kept nowhere."""

    def __init__(
        self,
        network: Network,
        sandbox: Sandbox,
        trust_policy: TrustPolicy,
        site_sessions: SiteSessions,
        site_passwords: SitePasswords,
    ) -> None:
        self._network = network
        self._sandbox = sandbox
        self._trust_policy = trust_policy
        self._site_sessions = site_sessions
        self._site_passwords = site_passwords

    async def find_form(self, source: Source, address: str | None = None) -> LoginPage:
        """Return the log-in form of a source's page, or of another page of its site.

        Raises:
            NoLoginFormError, UnsafeLoginFormError: there is none that may be filled.
            FetchError, ExtractionError, InvalidURLError: the page cannot be fetched.
        """
        url, _ = split_credentials(normalise_url(address or source.url))
        host = urlsplit(source.url).hostname or ""
        trust = await self._trust_policy.trust_for(url, typed=True)
        response, cookies = await self._network.exchange(url, settings=source.settings, trust=trust)
        form = await self._sandbox.login_form(response)
        if form is None:
            raise NoLoginFormError(address=shown(url))
        target = urlsplit(form.action).hostname or ""
        if not same_site(target, host) or not goes_safely(form.action):
            raise UnsafeLoginFormError(host=line(host, 100), target=shown(form.action))
        return LoginPage(response.final_url, host, form, cookies)

    async def password_for(self, page: LoginPage) -> tuple[str, str] | None:
        """Return name and password from the reader's command for the host; None where there is no command.

        Raises:
            PasswordCommandError: the command prints none.
        """
        return await self._site_passwords.ask(page.form.action)

    async def log_in(self, source: Source, page: LoginPage, user: str, password: str) -> SiteSession:
        """Send the filled form, and give the source the session that the site opens.

        Raises:
            LoginRefusedError: the site shows its form again.
            NoCookiesError, NoHostError, StoreError: as `SiteSessions.take_cookies_txt`.
            FetchError, ExtractionError: there is no response.
        """
        trust = await self._trust_policy.trust_for(page.form.action, typed=True)
        own = tuple(each for each in page.cookies if each.fits_host(urlsplit(page.form.action).hostname or ""))
        response, cookies = await self._network.exchange(
            page.form.action,
            form=page.form.filled(user, password),
            cookies=own,
            settings=source.settings,
            trust=trust,
        )
        if await self._sandbox.login_form(response) is not None:
            self._site_passwords.forget(page.form.action)
            raise LoginRefusedError(host=line(page.host, 100))
        set_later = {(each.host, each.path, each.name) for each in cookies}
        earlier = tuple(each for each in own if (each.host, each.path, each.name) not in set_later)
        return await self._site_sessions.take_log_in(source, (*earlier, *cookies))
