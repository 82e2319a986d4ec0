from __future__ import annotations

from collections.abc import Set
from functools import partial

from app.core.cache import ModelCache
from app.core.database import UnitOfWork
from app.core.errors import NotFoundError
from app.models import Product
from app.repositories.page import Page
from app.repositories.product import ProductRepository
from app.schemas.product import ProductCreate, ProductRead, ProductUpdate
from app.services.versions import require_version


# region: service-class
class ProductService:
    """The catalogue."""

    def __init__(self, uow: UnitOfWork, cache: ModelCache[ProductRead]) -> None:
        self._uow = uow
        self._products = ProductRepository(uow.session)
        self._cache = cache

    async def get_page(self, *, cursor: str | None, limit: int) -> Page[Product]:
        """Read a page of the catalogue."""
        return await self._products.get_page(cursor=cursor, limit=limit)

    # endregion: service-class

    # region: cached-read
    async def read(self, product_id: int) -> ProductRead:
        """Show a product, from the cache if it is there.

        What is cached is the read model. An ORM object belongs to its session and must
        not outlive it, and a write must never start from a cached row.
        """

        async def load() -> ProductRead:
            return ProductRead.model_validate(await self._get(product_id))

        return await self._cache.get_or_load(product_id, load)

    def _invalidate_after_commit(self, product_id: int) -> None:
        self._uow.after_commit(partial(self._cache.invalidate, product_id))

    # endregion: cached-read

    # region: product-service
    async def create(self, data: ProductCreate) -> Product:
        """Add a product.

        Raises:
            ConflictError: The SKU is taken.
        """
        product = Product(
            sku=data.sku,
            name=data.name,
            description=data.description,
            price=data.price,
            stock=data.stock,
        )
        await self._products.add(product)
        return product

    async def update(
        self, product_id: int, changes: ProductUpdate, *, expected: Set[int] | None
    ) -> Product:
        """Apply the fields that were sent, and leave all others as they are.

        Raises:
            NotFoundError: There is no such product.
            StaleVersionError: The product is not in an expected version.
        """
        product = await self._get(product_id)
        require_version(product.version, expected, "The product")
        for name, value in changes.model_dump(exclude_unset=True).items():
            setattr(product, name, value)
        await self._products.save()
        self._invalidate_after_commit(product_id)
        return product

    # endregion: product-service

    async def delete(self, product_id: int, *, expected: Set[int] | None) -> None:
        """Remove a product that was never ordered.

        Raises:
            NotFoundError: There is no such product.
            ConflictError: There are orders for it.
            StaleVersionError: The product is not in an expected version.
        """
        product = await self._get(product_id)
        require_version(product.version, expected, "The product")
        await self._products.delete(product)
        self._invalidate_after_commit(product_id)

    # region: not-found
    async def _get(self, product_id: int) -> Product:
        product = await self._products.get(product_id)
        if product is None:
            detail = f"There is no product {product_id}"
            raise NotFoundError(detail)
        return product

    # endregion: not-found
