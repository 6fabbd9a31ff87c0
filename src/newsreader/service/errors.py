"""What can prevent what a front end asks for."""

from newsreader.errors import NewsreaderError
from newsreader.fetch_errors import FetchError
from newsreader.i18n import N_


class NotStoredError(NewsreaderError):
    """There is no copy of the page to be read without the network."""

    message = N_("{address} has not been read before, so there is no copy of it.")
    hint = N_("Connect to the network and open it once; after that it can be read offline.")
    kind = "not-stored"
    exit_status = 3


class NotSavedError(NewsreaderError):
    """An address is not in the library."""

    message = N_("{address} is not among the saved articles.")
    hint = N_("`newsreader saved` lists them.")
    kind = "not-saved"
    exit_status = 3


class NothingToSaveError(NewsreaderError):
    """The page holds no article that could be saved."""

    message = N_("There is no article at {address} to save.")
    hint = N_("Open one of its headlines and save that.")
    kind = "nothing-to-save"
    exit_status = 4


class NothingToExportError(NewsreaderError):
    """The page holds no article that could be exported."""

    message = N_("There is no article at {address} to export.")
    hint = N_("Open one of its headlines and export that.")
    kind = "nothing-to-export"
    exit_status = 4


class NoRuleError(NewsreaderError):
    """No block has been chosen for a site."""

    message = N_("There is no rule for {host}.")
    hint = N_("`newsreader rules` lists them.")
    kind = "no-rule"
    exit_status = 4


class NoMoreError(NewsreaderError):
    """The next page of a list holds no list."""

    message = N_("{address} holds no more headlines.")
    hint = N_("What is listed stays; o opens the page in the browser.")
    kind = "no-more"
    exit_status = 4


class FileError(NewsreaderError):
    """A file that was named as an address cannot be read."""

    message = N_("Could not read {address}: {reason}.")
    hint = N_("Check the path and its permissions.")
    kind = "file"
    exit_status = 3


class NoTextError(FileError):
    """A file that was named as an address is empty, a program, a picture or the like."""

    message = N_("{address} holds no text: there is nothing in it to read.")
    hint = N_("Pages, feeds and texts can be read here; other files open in the programs that they are for.")
    kind = "no-text"
    exit_status = 4


class LargeFileError(FileError):
    """A file that was named as an address is larger than a page may be."""

    message = N_("{address} is larger than {limit} MB.")
    hint = N_("Open it in the browser.")
    kind = "file-too-large"
    exit_status = 4


class NoSourceError(NewsreaderError):
    """No source has a name."""

    message = N_("No source matches {name}.")
    hint = N_("`newsreader sources list` names them: by address, host or title.")
    kind = "no-source"
    exit_status = 4


class SeveralSourcesError(NoSourceError):
    """A name is that of several sources."""

    message = N_("{name} matches {count} sources.")
    hint = N_("Give the address of one: {addresses}")
    kind = "several-sources"


class NoHeadlinesError(NewsreaderError):
    """A page that is followed, or is to be followed, shows no headlines."""

    message = N_("There are no headlines at {address}.")
    hint = N_("Open it to see what it shows now; X chooses the block that is its list.")
    kind = "no-headlines"
    exit_status = 4


class HostRestsError(FetchError):
    """A host asked to be left alone, so it was not asked."""

    message = N_("{host} asked to be left alone until {time}.")
    hint = N_("It will be asked again after that.")
    kind = "left-alone"


class HostRefusesError(FetchError):
    """A host refused a request of this run, so it was not asked again."""

    message = N_("{host} answered {status} before, so it is not asked again for now.")
    hint = N_("The next run asks it again.")
    kind = "left-alone"


class NotRunningAloneError(NewsreaderError):
    """Another program is doing the same work."""

    message = N_("Another newsreader is syncing just now.")
    hint = N_("Its results will be here when it has finished.")
    kind = "sync-running"
    exit_status = 6


class NoTagError(NewsreaderError):
    """No story has a tag."""

    message = N_("Nothing has the tag “{tag}”.")
    hint = N_("`newsreader tag` lists the tags.")
    kind = "no-tag"
    exit_status = 4


class NoQueryRuleError(NewsreaderError):
    """No rule has a number."""

    message = N_("There is no rule number {number}.")
    hint = N_("`newsreader rules` lists them.")
    kind = "no-query-rule"
    exit_status = 4


class SameRuleError(NewsreaderError):
    """There is such a rule already."""

    message = N_("This rule exists already: {query}")
    hint = N_("`newsreader rules` lists them.")
    kind = "same-rule"
    exit_status = 2


class NoRuleLineError(NewsreaderError):
    """A line is not an exported rule."""

    message = N_("This isn't a rule: {text}")
    hint = N_(
        'A rule is a line like {{"action": "hide", "query": "title:quota"}}; `newsreader rules export` prints them.'
    )
    kind = "no-rule-line"
    exit_status = 2


class EmptyRuleError(NewsreaderError):
    """A rule would be about everything, or about nothing."""

    message = N_("A rule needs words or filters; one that tags needs a tag too.")
    hint = N_("For instance title:quota, or source:bbc -storm.")
    kind = "empty-rule"
    exit_status = 2
