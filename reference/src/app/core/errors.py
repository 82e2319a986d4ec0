from __future__ import annotations


# region: domain-errors
class DomainError(Exception):
    """A rule of the business said no.

    Services and repositories raise these; they know nothing of HTTP, because the same
    code runs in Celery tasks and operator commands. `code` is the stable name that a
    client may rely on, the message is for people.
    """

    code = "domain-error"
    retry_after: int | None = None

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class NotFoundError(DomainError):
    """The thing asked for does not exist, or is not the caller's to see."""

    code = "not-found"


class ConflictError(DomainError):
    """The request contradicts what is stored, such as an address already taken."""

    code = "conflict"


class StaleVersionError(DomainError):
    """The caller decided on the basis of a version that is no longer the current."""

    code = "stale-version"


# endregion: domain-errors


class OutOfStockError(ConflictError):
    """Fewer pieces are left than were ordered."""

    code = "out-of-stock"


class AuthenticationError(DomainError):
    """Nobody has been proven to be calling."""

    code = "unauthenticated"


class PermissionDeniedError(DomainError):
    """The caller is known, and may not do this."""

    code = "permission-denied"


class PaymentDeclinedError(DomainError):
    """The provider looked at the payment and refused it; asking again is useless."""

    code = "payment-declined"


class UpstreamUnavailableError(DomainError):
    """A service we depend on cannot answer now; asking later may help."""

    code = "upstream-unavailable"

    def __init__(self, detail: str, *, retry_after: int) -> None:
        super().__init__(detail)
        self.retry_after = retry_after
