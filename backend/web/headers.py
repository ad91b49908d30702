"""What every answer carries to keep a browser from doing what it need not do."""

from __future__ import annotations

from backend.settings import Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
PERMISSIONS = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
    "microphone=(), midi=(), payment=(), usb=(), "
    "publickey-credentials-get=(self), publickey-credentials-create=(self)"
)


def security_headers(settings: Settings) -> list[tuple[bytes, bytes]]:
    """The headers of every answer. The referrer stays within our own site, so that link tokens do too."""
    headers = {
        "content-security-policy": POLICY,
        "permissions-policy": PERMISSIONS,
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }
    if settings.https:
        headers["strict-transport-security"] = "max-age=63072000; includeSubDomains"
    return [(name.encode(), value.encode()) for name, value in headers.items()]


OF_A_PART = (b"x-content-type-options", b"cross-origin-resource-policy", b"strict-transport-security")


def asset_headers(settings: Settings) -> list[tuple[bytes, bytes]]:
    """What of these means something beside a style, a script, a face or a picture, which are no
    documents: the rest weighs as much as a small file."""
    return [header for header in security_headers(settings) if header[0] in OF_A_PART]
