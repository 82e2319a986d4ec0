from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Annotated

import typer
from pydantic import ValidationError

from app.core.config import get_settings
from app.core.errors import ConflictError
from app.core.logging import configure_logging
from app.repositories.user import UserRepository
from app.resources import open_resources
from app.schemas.user import UserCreate
from app.services.order import expire_unpaid
from app.services.user import UserService
from app.tasks.confirmation import resend

cli = typer.Typer(no_args_is_help=True, help="Operator commands.")

Minutes = Annotated[int, typer.Option(min=1, help="How long ago, in minutes.")]
BATCH = 20


# region: cli-command
@cli.command()
def create_admin(
    email: str,
    full_name: Annotated[str, typer.Option()] = "Administrator",
    password: Annotated[
        str, typer.Option(prompt=True, hide_input=True, envvar="ADMIN_PASSWORD")
    ] = "",
) -> None:
    """Create an administrator, under the same rules as any registration."""
    try:
        data = UserCreate.model_validate(
            {"email": email, "full_name": full_name, "password": password}
        )
        user_id = asyncio.run(_create_admin(data))
    except (ValidationError, ConflictError) as exc:
        typer.echo(f"Not created: {exc}", err=True)
        raise typer.Exit(code=1) from exc
    typer.echo(f"Created administrator {user_id}")


async def _create_admin(data: UserCreate) -> int:
    async with (
        open_resources(get_settings()) as resources,
        resources.database.unit_of_work() as uow,
    ):
        users = UserService(UserRepository(uow.session), resources.hasher)
        return (await users.register(data, is_admin=True)).id


# endregion: cli-command


# region: cli-sweep
@cli.command()
def expire_orders(older_than: Minutes = 30) -> None:
    """Give back the stock of orders that nobody has paid for."""
    count = asyncio.run(_expire_orders(timedelta(minutes=older_than)))
    typer.echo(f"Expired {count} orders")


async def _expire_orders(older_than: timedelta) -> int:
    total, after = 0, 0
    async with open_resources(get_settings()) as resources:
        while True:
            # Small transactions: customers wait for the rows that a batch has locked.
            async with resources.database.unit_of_work() as uow:
                sweep = await expire_unpaid(
                    uow,
                    resources.product_cache,
                    resources.payments,
                    older_than=older_than,
                    after=after,
                    limit=BATCH,
                )
            if not sweep.answered:
                return total
            total, after = total + sweep.expired, sweep.last


# endregion: cli-sweep


@cli.command()
def resend_confirmations(older_than: Minutes = 10) -> None:
    """Queue the confirmations that should have been sent by now."""
    count = asyncio.run(_resend_confirmations(timedelta(minutes=older_than)))
    typer.echo(f"Queued {count} confirmations")


async def _resend_confirmations(older_than: timedelta) -> int:
    async with open_resources(get_settings()) as resources:
        return await resend(resources, older_than=older_than)


@cli.callback()
def main_options() -> None:
    """Write logs as the service does."""
    configure_logging(get_settings().log_level)


def main() -> None:
    """Run the command line."""
    cli()
