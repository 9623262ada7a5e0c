"""The environment of what we start: the release's, and from our own only what the machine must give."""

from __future__ import annotations

import os
from collections.abc import Mapping

from decant_runner import env_file as files

# As `machineNames` of src/act/host/passed-variables.ts.
MACHINE = frozenset(
    [
        *["PATH", "HOME", "USER", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR"],
        *["SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"],
        *["NODE_EXTRA_CA_CERTS", "GIT_SSL_CAINFO"],
        *["http_proxy", "https_proxy", "no_proxy", "all_proxy"],
        *["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY"],
    ]
)
_INSTALLERS = ("PIP_", "UV_", "NPM_CONFIG_", "npm_config_")


def composed(env: Mapping[str, str], env_file: str | None, build: bool) -> dict[str, str]:
    """`env` over the file over the machine's part of our own; the installers' settings only for a `build`.

    Raises OSError when the file can't be read.
    """
    values = {
        name: value
        for name, value in os.environ.items()
        if name in MACHINE or (build and name.startswith(_INSTALLERS))
    }
    if env_file is not None:
        values.update(files.read(env_file))
    values.update({name: _as_stored(value) for name, value in env.items()})
    return values


def _as_stored(value: str) -> str:
    """The text that becomes UTF-8 when a process gets it, whatever our own locale is."""
    return os.fsdecode(value.encode("utf-8", "surrogateescape"))
