"""Why an address could not be fetched: an error for every kind of failure."""

from datetime import datetime, timedelta

from newsreader.errors import NewsreaderError, NoMemoryError, TooManyFilesError, UnexpectedError
from newsreader.i18n import N_
from newsreader.moments import local
from newsreader.text import line
from newsreader.urls import host_of, shown

LONGEST_REST = timedelta(days=366)  # that a site is granted


class FetchError(NewsreaderError):
    """An address could not be fetched. There is a subclass for every kind of failure.

    Attributes:
        url: The address asked for, without password.
        status: The HTTP status, if a response came.
        retry_after: When the site allows another try; aware, UTC.
        headers: Those of the response's headers that explain it.
        tried: What was tried in turn and with what result, one line each.
    """

    exit_status = 3

    def __init__(
        self,
        url: str,
        *,
        at: str | None = None,
        status: int | None = None,
        retry_after: datetime | None = None,
        headers: tuple[tuple[str, str], ...] = (),
        tried: tuple[str, ...] = (),
        **words: str,
    ) -> None:
        """Make the error.

        Args:
            url: The address asked for.
            at: Where it was redirected to, if that is what failed: its host is the one that the message names.
            status: As the attribute.
            retry_after: As the attribute.
            headers: As the attribute.
            tried: As the attribute.
            words: What else the message of the kind holds.
        """
        self.url = shown(url)
        self.status = status
        self.retry_after = retry_after
        self.headers = headers
        self.tried = tried
        scheme = "http" if (at or url).startswith("http:") else "https"
        super().__init__(address=shown(url), host=line(host_of(at or url)), scheme=scheme, status=str(status), **words)


class NoNetworkError(FetchError):
    """This computer has no network."""

    message = N_("There is no network to fetch {address} from.")
    hint = N_("Connect and try again; what is stored can be read meanwhile.")
    kind = "offline"


class UnknownHostError(FetchError):
    """The name of the host has no address."""

    message = N_("There is no site named {host}.")
    hint = N_("Check the spelling of the address; if it is right, the network's name server may be failing.")
    kind = "dns"


class NameServerError(UnknownHostError):
    """Nobody says whether the host has an address."""

    message = N_("Nobody could say where {host} is.")
    hint = N_("The network's name server does not answer as it should: check the connection, or try again in a while.")


class NoAddressError(FetchError):
    """What is to be fetched has no usable address."""

    message = N_("{address} isn't a web address.")
    hint = N_("The page that names it may be set up wrongly: open that in the browser.")
    kind = "invalid-address"


class RefusedError(FetchError):
    """The connection failed."""

    message = N_("{host} cannot be reached: {reason}.")
    hint = N_("The site may be down: try again later, or open it in the browser.")
    kind = "refused"


class NoTLSError(FetchError):
    """The host does not speak TLS, or not with us."""

    message = N_("{host} offers no secure connection: {reason}.")
    hint = N_("Type the address with http:// if you trust the way to this site.")
    kind = "tls"


class CertificateError(FetchError):
    """The host cannot prove who it is."""

    message = N_("{host} cannot prove that it is {host}: {reason}.")
    hint = N_("Check this computer's clock and network; someone may be listening, so nothing was sent.")
    kind = "tls"


class FetchTimeoutError(FetchError):
    """The time was up before the whole response had come."""

    message = N_("{host} sent no complete response within {seconds} seconds.")
    hint = N_("Try again, or open it in the browser.")
    kind = "timeout"


class ForbiddenError(FetchError):
    """401, 403 and the like."""

    message = N_("The site answered {status}: it refuses this program.")
    hint = N_("Open it in the browser.")
    kind = "forbidden"


class WallError(FetchError):
    """A service that keeps programs out of sites refused the request."""

    message = N_("{host} answered {status}: {vendor} keeps programs out of it.")
    hint = N_("Open it in the browser; a feed of the site, or your browser's session there, may get past.")
    kind = ForbiddenError.kind


class PasswordError(FetchError):
    """401: the page has a password."""

    message = N_("The site answered {status}: it asks for a name and a password.")
    hint = N_("Type them in the address, as {scheme}://name:password@{host}/, or open it in the browser.")
    kind = "forbidden"


class NotFoundError(FetchError):
    """404 and 410."""

    message = N_("The site answered {status}: there is no such page.")
    hint = N_("Check the address; the page may have been moved or taken down.")
    kind = "not-found"


class BusyError(FetchError):
    """429 and 503."""

    message = N_("The site answered {status}: it is overloaded.")
    hint = N_("Try again in a few minutes.")
    kind = "busy"


class BusyUntilError(FetchError):
    """429 and 503, with the time of the next try."""

    message = BusyError.message
    hint = N_("The site asks not to try again before {time}.")
    kind = BusyError.kind


class ServerError(FetchError):
    """500 and up."""

    message = N_("The site answered {status}: the server has an internal error.")
    hint = N_("Try again later.")
    kind = "server-error"


class HTTPStatusError(FetchError):
    """Any other status that brings no page."""

    message = N_("The site answered {status} {reason} in place of a page.")
    hint = N_("Open it in the browser.")
    kind = "http-error"


class TooLargeError(FetchError):
    """The response is larger than the limit."""

    message = N_("{address} is larger than {limit} MB.")
    hint = N_("Open it in the browser.")
    kind = "too-large"


class NotAPageError(FetchError):
    """The response has a type that is not supported."""

    message = N_("{address} is not a page to read: its type is {type}.")
    hint = N_("Open it in the browser.")
    kind = "not-a-page"


class EmptyError(FetchError):
    """A successful response without a body."""

    message = N_("{host} sent an empty page.")
    hint = N_("Try again, or open it in the browser.")
    kind = "empty"


class RedirectsError(FetchError):
    """The redirects do not end."""

    message = N_("{host} redirected more than {limit} times.")
    hint = N_("The site may want a log-in: open it in the browser.")
    kind = "redirects"


class RefusedRedirectError(FetchError):
    """A redirect leads to something other than a web address, or to one that cannot be requested."""

    message = N_("{host} redirects to {target}, which was refused: only web addresses are opened.")
    hint = N_("The site may be set up wrongly: open it in the browser.")
    kind = "refused-redirect"


class NoTargetError(FetchError):
    """A redirect does not say where to."""

    message = N_("{host} redirects, but does not say where to.")
    hint = N_("The site may be set up wrongly: open it in the browser.")
    kind = "refused-redirect"


class PrivateNetworkError(FetchError):
    """A page led to a private network, which only the reader may ask for."""

    message = N_("{target} is on a private network; pages may not link there.")
    hint = N_("Type that address yourself if you trust it.")
    kind = "private-network"


class ProxyFailedError(FetchError):
    """The proxy did not do its work."""

    message = N_("The proxy {proxy} failed: {reason}.")
    hint = N_("Check the proxy in the settings, or in the variables HTTPS_PROXY and ALL_PROXY.")
    kind = "proxy"


class BadAnswerError(FetchError):
    """The response breaks off or violates HTTP."""

    message = N_("{host} sent a response that cannot be used: {reason}.")
    hint = N_("Try again, or open it in the browser.")
    kind = "bad-answer"


class UnknownCodingError(FetchError):
    """The response is compressed in a way that was not requested and is not supported."""

    message = N_("{host} compressed its response as {coding}, which newsreader did not ask for and cannot read.")
    hint = N_("Open it in the browser; the site ignores what programs say they can read.")
    kind = "unknown-coding"


class NoMoreFilesError(FetchError):
    """The system gives this program no more open files, of which a connection is one."""

    message = TooManyFilesError.message
    hint = TooManyFilesError.hint
    kind = TooManyFilesError.kind


class NoMoreMemoryError(FetchError):
    """The system has no memory or no threads left for this program."""

    message = NoMemoryError.message
    hint = NoMemoryError.hint
    kind = NoMemoryError.kind


class UnexpectedFetchError(FetchError):
    """A fault of this program while fetching, which nobody foresaw; it has been logged whole."""

    message = N_("{host} could not be fetched: something unexpected went wrong in newsreader ({reason}).")
    hint = N_("Please report it, with what --debug-log FILE writes when it happens again.")
    kind = UnexpectedError.kind


def clock_time(time: datetime, now: datetime) -> str:
    """Return a future time in words: the time of day, with the date if it is not near."""
    near = timedelta(0) <= time - now < timedelta(hours=20)
    return local(time).strftime("%H:%M" if near else "%Y-%m-%d %H:%M")
