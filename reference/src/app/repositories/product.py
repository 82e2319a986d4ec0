from __future__ import annotations

from decimal import Decimal

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import OrderLine, Product
from app.repositories.errors import conflict_when, flush_current
from app.repositories.page import Page, fetch_page


# region: product-reads
class ProductRepository:
    """Products in PostgreSQL; it flushes and never commits."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, product_id: int) -> Product | None:
        """Find a product by id."""
        return await self._session.get(Product, product_id)

    async def get_page(self, *, cursor: str | None, limit: int) -> Page[Product]:
        """Read a page of the catalogue, newest first."""
        return await fetch_page(
            self._session,
            select(Product),
            key=(Product.created_at, Product.id),
            cursor=cursor,
            limit=limit,
        )

    # endregion: product-reads

    # region: product-writes
    async def add(self, product: Product) -> None:
        """Store a new product.

        Raises:
            ConflictError: The SKU is taken.
        """
        by_sku = select(exists().where(Product.sku == product.sku))

        async def taken() -> bool:
            return bool(await self._session.scalar(by_sku))

        async with conflict_when(self._session, taken, "This SKU is already taken"):
            self._session.add(product)

    async def save(self) -> None:
        """Write what has been changed.

        Raises:
            StaleVersionError: The product was changed in the meantime.
        """
        await flush_current(self._session, "The product")

    # endregion: product-writes

    async def delete(self, product: Product) -> None:
        """Remove a product that was never ordered.

        Raises:
            ConflictError: There are orders for it.
            StaleVersionError: The product was changed in the meantime.
        """
        ordered_lines = select(exists().where(OrderLine.product_id == product.id))

        async def ordered() -> bool:
            return bool(await self._session.scalar(ordered_lines))

        detail = "There are orders for this product"
        async with conflict_when(self._session, ordered, detail):
            await self._session.delete(product)
            await self.save()

    # region: atomic-stock
    async def take_stock(self, product_id: int, quantity: int) -> Decimal | None:
        """Take pieces if enough are left, and return the price of one.

        Test and change are one statement: PostgreSQL lets concurrent orders for a row
        wait for each other, and each looks at what the one before left. The version
        grows too, so that nobody who has read the old stock can write it back.
        """
        return await self._session.scalar(
            update(Product)
            .where(Product.id == product_id, Product.stock >= quantity)
            .values(stock=Product.stock - quantity, version=Product.version + 1)
            .returning(Product.price)
            .execution_options(synchronize_session=False)
        )

    # endregion: atomic-stock

    async def return_stock(self, product_id: int, quantity: int) -> None:
        """Put pieces back that an expired order had held."""
        await self._session.execute(
            update(Product)
            .where(Product.id == product_id)
            .values(stock=Product.stock + quantity, version=Product.version + 1)
            .execution_options(synchronize_session=False)
        )
