"""Keys: one table, every layout, the reader's own."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.keys import _character_to_key

from newsreader.key_names import aliases, key_name, latin_key, shown_key
from newsreader.keymap import ACTION, ACTIONS, PRESETS, Where, check_bindings, preset_bindings, with_layouts

# The keys that the table of the interface's specification names.
SPECIFIED = (
    *"jkgGbJKnpNhl[]/SfuoOsmAUtrRD.aE1234xi+-zLe|yY:?q",
    *("down", "up", "home", "end", "ctrl+d", "ctrl+u", "space", "pagedown", "pageup", "tab", "enter", "backspace"),
    *("ctrl+p", "f1", "ctrl+q", "ctrl+z", "escape"),
)


def test_every_specified_key_has_an_action() -> None:
    bound = {key for action in ACTIONS for key in action.keys}
    assert {key_name(key) for key in SPECIFIED} <= bound


def test_actions_have_names_of_their_own_and_descriptions_of_one_line() -> None:
    assert len(ACTION) == len(ACTIONS)
    for action in ACTIONS:
        assert action.name == action.name.lower().replace(" ", "-").replace("_", "-")
        assert action.description
        assert len(action.description) < 70


@pytest.mark.parametrize("preset", PRESETS)
def test_no_preset_gives_one_key_two_meanings_in_one_place(preset: str) -> None:
    bindings = preset_bindings(preset)
    assert set(bindings) == set(ACTION)
    for place in (Where.LIST, Where.ARTICLE, Where.FIND):
        keys = [key for name, keys in bindings.items() if ACTION[name].where & place for key in keys]
        assert sorted(keys) == sorted(set(keys))
    assert all(key_name(key) == key for keys in bindings.values() for key in keys)


def test_newsboat_readers_find_their_keys() -> None:
    bindings = preset_bindings("newsboat")
    assert bindings["toggle-read"] == ("N",)
    assert "C" in bindings["mark-source-read"]
    assert "Q" in bindings["quit"]
    assert bindings["pane-right"] == ()
    assert bindings["next-article"] == ("J",)


# --- names of keys ---


@pytest.mark.parametrize("character", [*string.ascii_letters, *string.digits, *string.punctuation, " ", "ж", "І", "№"])
def test_characters_are_named_as_textual_names_them(character: str) -> None:
    assert key_name(character) == _character_to_key(character)


@pytest.mark.parametrize("character", string.printable[:-5])
def test_the_shown_key_of_a_character_is_the_character(character: str) -> None:
    name = key_name(character)
    assert name is not None
    assert shown_key(name) == ("Space" if character == " " else character)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ctrl+D", "ctrl+d"),
        ("ctrl + d", "ctrl+d"),
        ("control+d", "ctrl+d"),
        ("^D", "ctrl+d"),
        ("shift+j", "J"),
        ("Shift+Tab", "shift+tab"),
        ("PgDn", "pagedown"),
        ("Esc", "escape"),
        ("return", "enter"),
        ("F12", "f12"),
        ("slash", "slash"),
        ("ctrl+/", "ctrl+slash"),
        ("ctrl++", "ctrl+plus"),
        ("shift+ctrl+left", "ctrl+shift+left"),
        ("space", "space"),
        ("jj", None),
        ("", None),
        ("\t", None),
        ("\x1b", None),
        ("hyper+j", None),
        ("shift+/", None),
        ("f99", None),
        ("+", "plus"),
        ("ctrl+", None),
    ],
)
def test_keys_are_understood_as_people_write_them(written: str, name: str | None) -> None:
    assert key_name(written) == name


@given(st.text(max_size=12))
def test_any_text_is_a_key_or_none(written: str) -> None:
    name = key_name(written)
    assert name is None or key_name(name) == name


@pytest.mark.parametrize(
    ("key", "shown"),
    [("ctrl+d", "Ctrl+D"), ("pagedown", "PgDn"), ("f1", "F1"), ("shift+tab", "Shift+Tab"), ("down", "↓"), ("J", "J")],
)
def test_keys_are_shown_as_people_know_them(key: str, shown: str) -> None:
    assert shown_key(key) == shown


# --- layouts ---


@pytest.mark.parametrize(
    ("key", "latin"),
    [
        ("о", "j"),
        ("л", "k"),
        ("О", "J"),
        ("ы", "s"),
        ("і", "s"),
        ("І", "S"),
        ("х", "left_square_bracket"),
        ("ъ", "right_square_bracket"),
        ("ї", "right_square_bracket"),
        ("Ж", "colon"),
        ("ctrl+в", "ctrl+d"),
        ("ю", "full_stop"),
        ("є", "apostrophe"),
        ("ґ", "backslash"),
        ("ξ", "j"),
        ("κ", "k"),
        ("Ξ", "J"),
        ("ς", "w"),
        ("ctrl+δ", "ctrl+d"),
        ("ח", "j"),
        ("ל", "k"),
        ("ד", "s"),
        ("ץ", "full_stop"),
        ("j", "j"),
        ("escape", "escape"),
        ("slash", "slash"),
    ],
)
def test_a_letter_of_another_alphabet_is_the_key_at_its_place(key: str, latin: str) -> None:
    assert latin_key(key) == latin


def test_every_letter_key_has_its_place_in_those_layouts() -> None:
    for letter in string.ascii_letters:
        assert aliases(letter)
        assert all(latin_key(alias) == letter for alias in aliases(letter))
    assert set(aliases("s")) == {"ы", "і", "σ", "ד"}
    assert aliases("ctrl+d") == ("ctrl+в", "ctrl+δ", "ctrl+ג")
    assert aliases("escape") == ()


def test_keys_of_other_layouts_join_the_bindings_and_take_nothing_away() -> None:
    bindings = with_layouts(preset_bindings())
    assert bindings["save"] == ("s", "ы", "і", "σ", "ד")
    assert bindings["help"] == ("question_mark", "f1")  # the comma at its place in those layouts has an action
    assert with_layouts({"help": ("question_mark",)})["help"] == ("question_mark", "comma")
    assert bindings["find"] == ("slash",)
    assert bindings["show-arrived"] == ("full_stop", "ю", "ץ")
    assert bindings["commands"][:2] == ("colon", "ctrl+p")
    own, _ = check_bindings({"help": ["?"], "search": ["ы", "S"], "find": [","]})
    assert "ы" not in with_layouts(own)["save"]
    assert with_layouts(own)["help"] == ("question_mark",)


# --- the reader's own keys ---


def test_the_readers_keys_replace_the_default_ones() -> None:
    bindings, problems = check_bindings({"next_article": ["ctrl+n", "Ctrl+N", ">"], "undo": []})
    assert problems == ()
    assert bindings["next-article"] == ("ctrl+n", "greater_than_sign")
    assert bindings["undo"] == ()
    assert bindings["save"] == ("s",)


def test_a_key_given_to_another_action_leaves_its_default_one() -> None:
    bindings, problems = check_bindings({"refresh": ["s"]})
    assert problems == ()
    assert bindings["refresh"] == ("s",)
    assert bindings["save"] == ()


def test_actions_that_never_meet_may_share_a_key() -> None:
    bindings, problems = check_bindings({"read": ["l"], "next-match": ["l"]})
    assert problems == ()
    assert bindings["read"] == bindings["next-match"] == ("l",)
    assert bindings["pane-right"] == ()


@pytest.mark.parametrize(
    ("user", "kind", "words"),
    [
        ({"next-artikle": ["x"]}, "config-unknown-action", ("next-artikle", "next-article")),
        ({"zzzz": ["x"]}, "config-unknown-action", ("zzzz",)),
        ({"save": ["hyper+x"]}, "config-unknown-key", ("save", "hyper+x")),
        ({"save": ["w", "xx", "ctrl+"]}, "config-unknown-key", ("save", "xx", "ctrl+")),
        ({"save": ["w"], "undo": ["w"]}, "config-taken-key", ("save", "undo", "w")),
        ({"save": ["esc"]}, "config-reserved-key", ("save", "close", "esc")),
        ({"\x1b]52;c;x\x07evil": ["x"]}, "config-unknown-action", ("evil",)),
    ],
)
def test_what_is_wrong_is_named_and_the_rest_applies(
    user: dict[str, list[str]], kind: str, words: tuple[str, ...]
) -> None:
    bindings, problems = check_bindings({**user, "help": ["?"]})
    assert {problem.kind for problem in problems} == {kind}
    said = " ".join(problem.message + problem.advice for problem in problems)
    assert all(word in said for word in words)
    assert "\x1b" not in said
    assert bindings["help"]


def test_nobody_is_locked_in() -> None:
    bindings, _ = check_bindings({"quit": ["Q"], "close": [], "save": ["ctrl+q", "escape"]})
    assert bindings["quit"] == ("Q", "ctrl+q")
    assert bindings["close"] == ("escape",)
    assert bindings["save"] == ()


def test_an_unknown_preset_is_the_default_one() -> None:
    assert preset_bindings("vi") == preset_bindings("default")


@given(
    st.dictionaries(
        st.sampled_from([*ACTION, "other"]),
        st.lists(st.sampled_from(["a", "b", "ctrl+q", "esc", "ж", "?", "??"]), max_size=3),
    ),
    st.sampled_from(sorted(PRESETS)),
)
def test_whatever_is_configured_no_key_has_two_meanings_in_one_place(user: dict[str, list[str]], preset: str) -> None:
    bindings, _ = check_bindings(user, preset)
    for place in (Where.LIST, Where.ARTICLE, Where.FIND):
        keys = [key for name, keys in with_layouts(bindings).items() if ACTION[name].where & place for key in keys]
        assert sorted(keys) == sorted(set(keys))
    assert "ctrl+q" in bindings["quit"]
