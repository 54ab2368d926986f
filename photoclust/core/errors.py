"""Two kinds of failure: what the user can act on, and everything else (a bug)."""


class UserError(Exception):
    """Something the user can act on; the message is one clear sentence shown to them as it is."""


class Cancelled(Exception):  # noqa: N818 - it is no error
    """A job stopped because it was asked to; what it had committed stays."""
