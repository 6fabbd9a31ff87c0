"""Which addresses are private, which proxy is for which address, in which order addresses are tried."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader import connecting, system_network
from newsreader.connecting import Connections, look_up
from newsreader.networks import is_public

PROXY = "http://proxy.example:3128"


@pytest.mark.parametrize(
    "address",
    [
        *(
            "0.0.0.0",
            "0.1.2.3",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
        ),
        *("192.168.1.1", "192.0.0.8", "192.0.0.170", "192.0.2.1", "192.88.99.1", "198.51.100.1", "203.0.113.1"),
        *(
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fc00::1",
            "fe80::1",
            "fe80::1%2",
            "fec0::1",
            "ff02::1",
        ),
        *(
            "100::1",
            "2001:db8::1",
            "3fff::1",
            "3fff:fff::1",
            "5f00::1",
            "2001::1",
            "2001:10::1",
            "2001:20::1",
            "4000::1",
        ),
        *("::ffff:10.0.0.1", "::127.0.0.1", "::ffff:0:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1"),
        *(
            "2002:7f00:1::",
            "2002:c0a8:101::1",
            "2001:0:7f00:1::",
            "2001:0:808:808:0:0:80ff:fffe",
            "no-address",
            "",
            "1.2.3",
        ),
        *("2600::5efe:10.0.0.1", "2600::200:5efe:127.0.0.1", "2600::5efe:c0a8:101"),  # ISATAP
    ],
)
def test_private_addresses_are_known_in_every_disguise(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("93.184.216.34", "198.18.0.7", "1.1.1.1", "172.32.0.1", "100.128.0.1", "192.0.1.1", "2606:4700::1111"),
        *("2001:4860:4860::8888", "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"),
        *("2600::5efe:8.8.8.8", "2400:cb00::1", "3ffe::1"),
    ],
)
def test_public_addresses_are_known(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses())
def test_nothing_is_public_that_python_knows_to_be_private(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    is_for_benchmarks = address in ipaddress.ip_network("198.18.0.0/15")
    if address.is_private and not is_for_benchmarks and not getattr(address, "ipv4_mapped", None):
        assert not is_public(str(address))


@given(st.ip_addresses(v=4))
def test_an_ipv6_address_that_carries_an_ipv4_address_is_no_more_public_than_that(
    address: ipaddress.IPv4Address,
) -> None:
    number = int(address)
    carriers = [0xFFFF << 32 | number, number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80 | 1]
    for carrier in carriers:
        assert is_public(str(address)) or not is_public(str(ipaddress.IPv6Address(carrier)))


@given(st.ip_addresses(v=4))
def test_an_address_is_known_in_every_way_of_writing_it(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    short = f"{number >> 24}.{number & 0xFFFFFF}"
    for written in (str(address), str(number), hex(number), f"0{number:o}", short):
        assert system_network.literal_address(written) == address


@given(st.lists(st.sampled_from(["1.1.1.1", "2.2.2.2", "::1", "::2", "::3"]), unique=True))
def test_families_take_turns_and_no_address_is_lost(addresses: list[str]) -> None:
    mixed = connecting._families_in_turn(addresses)
    assert sorted(mixed) == sorted(addresses)
    assert mixed[:1] == addresses[:1]


@pytest.mark.parametrize(
    ("url", "exceptions", "expected"),
    [
        ("https://paper.example/", "", PROXY),
        ("http://paper.example:8080/", "", PROXY),
        ("https://paper.example/", "paper.example", None),
        ("https://www.paper.example/", ".paper.example", None),
        ("https://newspaper.example/", "paper.example", PROXY),
        ("https://paper.example/", "*", None),
        ("http://10.1.2.3/", "10.0.0.0/8", None),
        ("http://11.1.2.3/", "10.0.0.0/8, nonsense/99", PROXY),
        ("http://localhost:8000/", "", None),
        ("http://127.0.0.1:8000/", "", None),
        ("http://[::1]:8000/", "", None),
    ],
)
def test_the_environment_says_which_proxy_is_for_which_address(
    monkeypatch: pytest.MonkeyPatch, url: str, exceptions: str, expected: str | None
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name)
        monkeypatch.delenv(name.lower())
    monkeypatch.setenv("ALL_PROXY", PROXY)
    monkeypatch.setenv("all_proxy", PROXY)
    monkeypatch.setenv("no_proxy", exceptions)
    assert Connections(None, None, 5).proxy_for(url) == expected


def test_a_chosen_proxy_wins_over_the_environment() -> None:
    connections = Connections(None, "proxy.example:8080", 5)
    assert connections.proxy_for("https://paper.example/") == "http://proxy.example:8080"
    assert connections.proxy_for("https://localhost/") is None


@pytest.mark.parametrize("host", ["a" * 64 + ".localhost", "." * 3, "a..localhost"])
async def test_a_name_that_cannot_be_one_has_no_address(host: str) -> None:
    with pytest.raises((OSError, UnicodeError)):
        await look_up(host, 80)
