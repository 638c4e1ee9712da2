"""The part of docs/access.md that says what API tokens are taken for."""

import re

from tests.config.access.table import PATH

ROW = re.compile(r"^\| `([a-z]+:[a-z]+)` \| `((?:GET|POST|PUT|PATCH|DELETE) [^`]+)` \|$", re.M)


def read_token_table() -> dict[str, str]:
    """Endpoint to scope, of those that take a token at all."""
    return {endpoint: scope for scope, endpoint in ROW.findall(PATH.read_text())}
