"""Who keeps programs out of a site: by the headers of a refusal, and by the page that comes with it."""

from collections.abc import Mapping

# Of each vendor: headers whose presence tells, beginnings of header values, and words of the page.
_BY_HEADER = {
    "cf-mitigated": "Cloudflare", "x-datadome": "DataDome", "x-dd-b": "DataDome", "x-datadome-cid": "DataDome",
    "x-amzn-waf-action": "AWS WAF", "x-sucuri-id": "Sucuri", "x-sucuri-block": "Sucuri", "x-iinfo": "Imperva",
    "x-px-uuid": "HUMAN", "x-px-block": "HUMAN", "x-kpsdk-ct": "Kasada", "x-vercel-mitigated": "Vercel",
    "x-wallarm-waf-check": "Wallarm",
}  # fmt: skip
_BY_SERVER = {
    "cloudflare": "Cloudflare", "akamaighost": "Akamai", "akamainetstorage": "Akamai", "ddos-guard": "DDoS-Guard",
    "sucuri": "Sucuri", "qrator": "Qrator", "datadome": "DataDome", "imperva": "Imperva", "variti": "Variti",
    "stormwall": "StormWall", "stackpath": "StackPath", "wallarm": "Wallarm",
}  # fmt: skip
_BY_COOKIE = {
    "datadome=": "DataDome", "__cf_bm=": "Cloudflare", "cf_chl": "Cloudflare", "incap_ses": "Imperva",
    "visid_incap": "Imperva",
    "ak_bmsc=": "Akamai", "_abck=": "Akamai", "bm_sz=": "Akamai", "_px": "HUMAN", "aws-waf-token=": "AWS WAF",
    "__ddg": "DDoS-Guard", "sucuri_": "Sucuri", "qrator_": "Qrator", "reese84=": "Imperva",
}  # fmt: skip
_BY_WORDS = {
    b"/cdn-cgi/challenge-platform/": "Cloudflare", b"challenges.cloudflare.com": "Cloudflare",
    b"captcha-delivery.com": "DataDome", b"_incapsula_resource": "Imperva", b"incapsula incident id": "Imperva",
    b"px-captcha": "HUMAN", b"perimeterx": "HUMAN", b"errors.edgesuite.net": "Akamai", b"awswaf.com": "AWS WAF",
    b"sucuri website firewall": "Sucuri", b"ddos-guard": "DDoS-Guard", b"geo.captcha": "DataDome", b"kpsdk": "Kasada",
    b"__qrator": "Qrator", b"wordfence": "Wordfence", b"anubis_challenge": "Anubis", b"/.within.website/": "Anubis",
    b"vercel security checkpoint": "Vercel", b"f5_cspm": "F5", b"the requested url was rejected": "F5",
}  # fmt: skip


def wall_vendor(headers: Mapping[str, str], start: bytes = b"", *, is_sure: bool) -> str | None:
    """Return whose wall refused a request; None where nothing tells.

    Args:
        headers: Of the refusal, their names in lower case.
        start: The beginning of its body.
        is_sure: It is a refusal, so that who serves the site is who refused; else the site itself may be busy.
    """
    for name, vendor in _BY_HEADER.items():
        if name in headers:
            return vendor
    words = start.lower()
    for mark, vendor in _BY_WORDS.items():
        if mark in words:
            return vendor
    if not is_sure:
        return None
    server, cookie = headers.get("server", "").strip().lower(), headers.get("set-cookie", "").lower()
    for beginning, vendor in _BY_COOKIE.items():
        if cookie.startswith(beginning):
            return vendor
    return next((vendor for beginning, vendor in _BY_SERVER.items() if server.startswith(beginning)), None)
