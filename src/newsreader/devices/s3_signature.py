"""Signatures of requests to S3 and to what speaks it (AWS Signature Version 4), with one header of hashes.

Signed here and not by a library: small ones state no licence or are no longer maintained, and boto3 brings 20 MB.
"""

import hmac
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from hashlib import sha256
from urllib.parse import quote, urlsplit

from newsreader.values import dataclass

_ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class S3Keys:
    """Who signs, and for where.

    Attributes:
        key_id: The access key's public half.
        secret: Its secret half.
        region: Such as "eu-central-1"; servers that people run themselves often take "us-east-1".
    """

    key_id: str
    secret: str = field(repr=False)
    region: str = "us-east-1"


def canonical_query(parameters: Mapping[str, str]) -> str:
    """Return a query as it is signed, and sent: sorted, all but letters, digits and "-._~" percent-encoded."""
    return "&".join(sorted(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in parameters.items()))


def signed_headers(
    keys: S3Keys, method: str, url: str, headers: Mapping[str, str], body: bytes, now: datetime
) -> dict[str, str]:
    """Return the headers of a request, with those that sign it.

    Args:
        keys: Who signs.
        method: Of HTTP.
        url: As it is sent: path percent-encoded once, query as `canonical_query` writes it.
        headers: Those to be signed, beside the host.
        body: What is sent; empty for nothing.
        now: Aware.
    """
    parts, moment = urlsplit(url), now.strftime("%Y%m%dT%H%M%SZ")
    body_hash = sha256(body).hexdigest()
    sent = {**headers, "x-amz-content-sha256": body_hash, "x-amz-date": moment}
    signed = {name.lower(): " ".join(value.split()) for name, value in {**sent, "host": parts.netloc}.items()}
    names = ";".join(sorted(signed))
    lines = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
    request = "\n".join((method, parts.path or "/", parts.query, lines, names, body_hash))
    scope = f"{moment[:8]}/{keys.region}/s3/aws4_request"
    to_sign = "\n".join((_ALGORITHM, moment, scope, sha256(request.encode()).hexdigest()))
    signature = _hmac(_signing_key(keys, moment[:8]), to_sign).hex()
    credential = f"{_ALGORITHM} Credential={keys.key_id}/{scope},SignedHeaders={names},Signature={signature}"
    return {**sent, "Authorization": credential}


def _signing_key(keys: S3Keys, day: str) -> bytes:
    key = f"AWS4{keys.secret}".encode()
    for words in (day, keys.region, "s3", "aws4_request"):
        key = _hmac(key, words)
    return key


def _hmac(key: bytes, words: str) -> bytes:
    return hmac.digest(key, words.encode(), "sha256")
