"""Signatures: HMAC-SHA256 with the secret used as the text it is, and the two ways the providers write it."""

import base64
import hashlib
import hmac


def digest(secret, content):
    """The 32 bytes of the HMAC of some bytes."""
    return hmac.new(secret.encode(), content, hashlib.sha256).digest()


def in_hex(secret, content):
    """64 lower-case hexadecimal digits."""
    return digest(secret, content).hex()


def in_base64(secret, content):
    """44 characters of the standard alphabet, padding included."""
    return base64.b64encode(digest(secret, content)).decode()


def basic(user, password):
    """The value of an Authorization header by RFC 7617."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
