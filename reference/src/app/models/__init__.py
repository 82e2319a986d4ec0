from __future__ import annotations

from app.models.base import Base
from app.models.order import Confirmation, Order, OrderLine, OrderStatus
from app.models.product import Product
from app.models.user import User

__all__ = [
    "Base",
    "Confirmation",
    "Order",
    "OrderLine",
    "OrderStatus",
    "Product",
    "User",
]
