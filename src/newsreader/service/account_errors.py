"""What can prevent an exchange with the server of an account."""

from newsreader.errors import NewsreaderError
from newsreader.fetch_errors import FetchError
from newsreader.i18n import N_


class AccountRefusedError(FetchError):
    """The name or the password is wrong, or the server wants another one for programs."""

    message = N_("{host} did not accept the name or the password.")
    hint = N_(
        "Some servers have a password of their own for other programs: look in the settings of your account there."
    )
    kind = "log-in-refused"


class NoReaderServerError(FetchError):
    """Nothing at the address speaks the API."""

    message = N_("{address} does not speak the Google Reader API.")
    hint = N_(
        "Give the address that your server shows for other programs, such as https://rss.example/api/greader.php."
    )
    kind = "no-reader-server"


class NoFeverServerError(FetchError):
    """Nothing at the address speaks the other API."""

    message = N_("{address} does not speak the Fever API.")
    hint = N_("Give the address that your server shows for other programs, such as https://rss.example/api/fever.php.")
    kind = "no-reader-server"


class WrongServerAnswerError(FetchError):
    """The response is something else, such as the log-in page of a network."""

    message = N_("{host} sent something other than what was asked for.")
    hint = N_("Nothing was changed here. Try again later, or open the server in the browser to see what it says.")
    kind = "bad-answer"


class BrokenListError(FetchError):
    """A list of items has no end."""

    message = N_("{host} sent an endless list of items.")
    hint = N_("Nothing was changed here. Try again later.")
    kind = "bad-answer"


class UnsafeAccountError(NewsreaderError):
    """The password would go over a public network without encryption."""

    message = N_("{address} isn't encrypted: others could read the password on its way.")
    hint = N_("Use an address that begins with https://; http:// is for servers on your own network.")
    kind = "unsafe-account"
    exit_status = 2


class AccountHeldError(FetchError):
    """The answer would change much here at once."""

    message = N_("{host} would change {count} articles here at once, so nothing was changed.")
    hint = N_("If that is right, accept it: choose “accept…” in the palette, or run `newsreader accounts accept`.")
    kind = "held"


class NoAccountError(NewsreaderError):
    """No account has this name."""

    message = N_("There is no account {name}.")
    hint = N_("`newsreader accounts` lists them.")
    kind = "no-account"
    exit_status = 4


class NoAccountsYetError(NoAccountError):
    """There is no account at all."""

    message = N_("There are no accounts yet.")
    hint = N_("`newsreader accounts add ADDRESS` adds one.")


class SeveralAccountsError(NoAccountError):
    """More than one account fits."""

    message = N_("There are several accounts: {names}.")
    hint = N_("Name one of them.")


class NoPasswordKeptError(FetchError):
    """The password is not where it was stored."""

    message = N_("The password for {host} could not be read: {reason}.")
    hint = N_("Add the account again with newsreader accounts add.")
    kind = "no-password"


class NoKeyringError(NewsreaderError):
    """The package for the system's keyring is not installed, or there is no keyring."""

    message = N_("The system's keyring could not be used: {reason}.")
    hint = N_("Install newsreader with the extra keyring, name a --password-command, or leave both out.")
    kind = "keyring"
