"""Who keeps programs out is named: by the headers of a refusal, or by the page that comes with it."""

import pytest

from newsreader.walls import wall_vendor


@pytest.mark.parametrize(
    ("headers", "body", "vendor"),
    [
        ({"cf-mitigated": "challenge", "server": "cloudflare"}, b"", "Cloudflare"),
        ({"server": "cloudflare"}, b"<p>Access denied</p>", "Cloudflare"),
        ({"server": "DataDome"}, b"", "DataDome"),
        ({"set-cookie": "datadome=abc; Path=/"}, b"", "DataDome"),
        ({"server": "AkamaiGHost"}, b"Reference #18 errors.edgesuite.net", "Akamai"),
        ({"x-amzn-waf-action": "captcha"}, b"", "AWS WAF"),
        ({}, b"<script src='/_Incapsula_Resource?x'>", "Imperva"),
        ({}, b"<div id='px-captcha'>", "HUMAN"),
        ({"server": "nginx"}, b"<p>No cloudflare here: forbidden</p>", None),
        ({}, b"", None),
    ],
)
def test_a_wall_is_known_by_what_it_says_of_itself(headers: dict[str, str], body: bytes, vendor: str | None) -> None:
    assert wall_vendor(headers, body, is_sure=True) == vendor


def test_what_only_serves_a_site_is_no_wall_by_that() -> None:
    for headers in ({"server": "cloudflare"}, {"set-cookie": "__cf_bm=x"}, {"server": "AkamaiGHost"}):
        assert wall_vendor(headers, b"<p>Too busy</p>", is_sure=False) is None
    assert wall_vendor({"x-datadome": "protected"}, is_sure=False) == "DataDome"
