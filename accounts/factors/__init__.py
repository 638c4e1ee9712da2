"""Second factors: codes of an app, passkeys, recovery codes; who must have one, and resetting."""
